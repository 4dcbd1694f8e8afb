    principal_router,
