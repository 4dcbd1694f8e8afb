    "create-key": create_key,
