    api_keys_router,
