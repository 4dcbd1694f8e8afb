        ops.CreateModel(
            name="Product",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                ("name", fields.CharField(unique=True, max_length=100)),
                ("price_cents", fields.IntField()),
                ("stock", fields.IntField()),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "products",
                "table_description": "What is for sale, and how much of it",
            },
        ),
        ops.CreateModel(
            name="Order",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
{{- gather("order_operation.py", of="sample_orders") }}
                ("status", fields.CharField(db_index=True, max_length=20)),
                ("total_cents", fields.BigIntField()),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "orders",
                "table_description": "What somebody wants",
            },
        ),
        ops.CreateModel(
            name="OrderLine",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                (
                    "order",
                    fields.ForeignKeyField(
                        "models.Order",
                        source_field="order_id",
                        related_name="lines",
                        on_delete=fields.CASCADE,
                    ),
                ),
                (
                    "product",
                    fields.ForeignKeyField(
                        "models.Product",
                        source_field="product_id",
                        related_name="lines",
                        on_delete=fields.RESTRICT,
                        db_index=True,
                    ),
                ),
                ("quantity", fields.IntField()),
                ("price_cents", fields.IntField()),
            ],
            options={
                "table": "order_lines",
                "unique_together": (("order", "product"),),
                "table_description": "What was ordered",
            },
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("request_digest", fields.CharField(max_length=64)),
                ("answer", fields.TextField()),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "table": "idempotency_keys",
                "table_description": "Requests that were answered",
            },
        ),
