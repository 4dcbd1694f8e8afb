        ops.CreateModel(
            name="File",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("stored_name", fields.CharField(unique=True, max_length=32)),
{{- gather("file_operation.py", of="stored_files") }}
                ("name", fields.CharField(max_length=255)),
                ("content_type", fields.CharField(max_length=127)),
                ("size", fields.BigIntField()),
                ("sha256", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "table": "files",
                "table_description": "What is known of files",
            },
        ),
