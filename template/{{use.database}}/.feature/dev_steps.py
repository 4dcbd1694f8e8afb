    answering_database,
