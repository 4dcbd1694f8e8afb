    ("GET", "/healthz"),
    ("GET", "/readyz"),
