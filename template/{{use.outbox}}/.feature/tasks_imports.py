from app.tasks.outbox import purge_outbox, sweep_outbox
