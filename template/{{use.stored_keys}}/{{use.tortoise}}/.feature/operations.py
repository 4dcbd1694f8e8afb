        ops.CreateModel(
            name="ApiKey",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("subject", fields.CharField(db_index=True, max_length=100)),
                ("name", fields.CharField(max_length=100)),
                ("prefix", fields.CharField(unique=True, max_length=12)),
                ("digest", fields.CharField(max_length=64)),
                ("scopes", fields.CharField(max_length=2000)),
                ("created_at", fields.DatetimeField(auto_now_add=True)),
                ("expires_at", fields.DatetimeField(null=True)),
                ("revoked_at", fields.DatetimeField(null=True)),
                ("last_used_at", fields.DatetimeField(null=True)),
            ],
            options={
                "table": "api_keys",
                "table_description": "What proves programs",
            },
        ),
