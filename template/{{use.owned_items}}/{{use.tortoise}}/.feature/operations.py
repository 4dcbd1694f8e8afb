        ops.CreateModel(
            name="Item",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="owner_id",
                        null=True,
                        related_name="items",
                        on_delete=fields.SET_NULL,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("description", fields.CharField(null=True, max_length=1000)),
                ("price_cents", fields.IntField()),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "items",
                "unique_together": (("owner", "name"),),
                "table_description": "What is for sale",
            },
        ),
