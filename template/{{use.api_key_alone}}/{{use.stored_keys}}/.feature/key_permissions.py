    KEYS_WRITE = "keys:write"
