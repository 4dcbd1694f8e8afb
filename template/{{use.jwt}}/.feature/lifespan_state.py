    tokens: Tokens
    passwords: Passwords
