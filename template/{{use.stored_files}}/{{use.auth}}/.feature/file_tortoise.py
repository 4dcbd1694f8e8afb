    owner = CharField(max_length=100, db_index=True)
