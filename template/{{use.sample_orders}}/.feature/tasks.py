    confirm_order,
    expire_orders,
    purge_idempotency_keys,
