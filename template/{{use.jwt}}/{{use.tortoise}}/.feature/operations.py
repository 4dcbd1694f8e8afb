        ops.CreateModel(
            name="User",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                ("email", fields.CharField(unique=True, max_length=254)),
                ("password_hash", fields.CharField(max_length=255)),
                ("role", fields.CharField(max_length=20)),
                ("is_active", fields.BooleanField(default=True)),
                ("verified_at", fields.DatetimeField(null=True)),
            ],
            options={
                "table": "users",
                "table_description": "Who signs in",
            },
        ),
        ops.CreateModel(
            name="UserSession",
            fields=[
                ("id", fields.CharField(primary_key=True, max_length=32)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        related_name="sessions",
                        on_delete=fields.CASCADE,
                        db_index=True,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now_add=True)),
                ("refresh_digest", fields.CharField(max_length=64)),
                ("expires_at", fields.DatetimeField(db_index=True)),
                ("last_used_at", fields.DatetimeField(auto_now_add=True)),
                ("revoked_at", fields.DatetimeField(null=True)),
                ("address", fields.CharField(max_length=45)),
            ],
            options={
                "table": "user_sessions",
                "table_description": "What began with a sign-in",
            },
        ),
        ops.CreateModel(
            name="UserToken",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        related_name="tokens",
                        on_delete=fields.CASCADE,
                    ),
                ),
                ("purpose", fields.CharField(max_length=20)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("expires_at", fields.DatetimeField(db_index=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True)),
            ],
            options={
                "table": "user_tokens",
                "unique_together": (("user", "purpose"),),
                "table_description": "Tokens that are sent by e-mail",
            },
        ),
        ops.CreateModel(
            name="LoginFailure",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("account", fields.CharField(db_index=True, max_length=64)),
                ("address", fields.CharField(db_index=True, max_length=45)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "table": "login_failures",
                "table_description": "Sign-ins that have not succeeded",
            },
        ),
