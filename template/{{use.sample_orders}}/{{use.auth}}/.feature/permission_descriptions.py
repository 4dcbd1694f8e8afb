    Permission.PRODUCTS_WRITE: "Add and change products",
    Permission.ORDERS_READ: "See one's own orders",
    Permission.ORDERS_WRITE: "Submit orders, and cancel one's own",
