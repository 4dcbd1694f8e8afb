    (create_outbox, drop_outbox),
