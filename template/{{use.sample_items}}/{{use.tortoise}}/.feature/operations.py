        ops.CreateModel(
            name="Item",
            fields=[
                ("id", BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("created_at", UtcDatetimeField(auto_now=False, auto_now_add=True, db_index=True)),
                ("updated_at", UtcDatetimeField(auto_now=True, auto_now_add=False)),
                ("name", CharField(unique=True, max_length=100)),
                ("description", CharField(null=True, max_length=1000)),
                ("price_cents", IntField()),
                ("version", IntField(default=1)),
            ],
            options={
                "table": "items",
                "app": "models",
                "pk_attr": "id",
                "table_description": "What is for sale",
            },
            bases=["Timestamped", "Model"],
        ),
