        ops.CreateModel(
            name="Notification",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("recipient", fields.CharField(db_index=True, max_length=100)),
                ("kind", fields.CharField(max_length=64)),
                ("text", fields.CharField(max_length=500)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("read_at", fields.DatetimeField(null=True)),
            ],
            options={
                "table": "notifications",
                "table_description": "What somebody is told",
            },
        ),
