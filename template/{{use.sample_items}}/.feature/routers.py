    items.router,
