    (create_users, drop_users),
    (create_user_sessions, drop_user_sessions),
    (create_user_tokens, drop_user_tokens),
    (create_login_failures, drop_login_failures),
