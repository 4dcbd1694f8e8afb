    "create-admin": create_admin,
