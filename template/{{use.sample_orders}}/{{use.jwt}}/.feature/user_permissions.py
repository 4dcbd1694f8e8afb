            Permission.ORDERS_READ,
            Permission.ORDERS_WRITE,
