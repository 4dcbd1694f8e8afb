    configured_key,
