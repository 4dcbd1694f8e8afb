        "owner": "owner",
