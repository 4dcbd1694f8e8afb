    (create_api_keys, drop_api_keys),
