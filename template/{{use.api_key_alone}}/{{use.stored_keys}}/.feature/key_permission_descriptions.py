    Permission.KEYS_WRITE: "See all keys, make new ones and revoke them",
