    orders_router,
    products_router,
