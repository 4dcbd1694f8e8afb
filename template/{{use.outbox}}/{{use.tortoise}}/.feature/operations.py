        ops.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("task", fields.CharField(max_length=100)),
                ("arguments", fields.TextField()),
                ("context", fields.TextField()),
                ("created_at", fields.DatetimeField()),
                ("due_at", fields.DatetimeField(null=True, db_index=True)),
                ("finished_at", fields.DatetimeField(null=True, db_index=True)),
            ],
            options={
                "table": "outbox",
                "table_description": "Tasks that were handed in",
            },
        ),
