    sweep_outbox,
    purge_outbox,
