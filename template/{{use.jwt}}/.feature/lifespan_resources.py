    tokens_resource,
    passwords_resource,
