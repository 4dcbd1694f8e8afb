from app.models.outbox import OutboxMessage
