    "create-key": create_key,
    "list-keys": list_keys,
    "revoke-key": revoke_key,
