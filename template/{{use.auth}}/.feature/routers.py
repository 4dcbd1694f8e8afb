    principal.router,
