                ("owner", fields.CharField(db_index=True, max_length=100)),
