    Permission.USERS_READ: "See all users",
    Permission.USERS_WRITE: "Change the roles of users, and deactivate them",
