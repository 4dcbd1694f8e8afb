        ops.CreateModel(
            name="Item",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                ("name", fields.CharField(unique=True, max_length=100)),
                ("description", fields.CharField(null=True, max_length=1000)),
                ("price_cents", fields.IntField()),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "items",
                "table_description": "What is for sale",
            },
        ),
