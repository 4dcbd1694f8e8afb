from app.config.celery import CelerySettings
