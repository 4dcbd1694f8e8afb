    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
