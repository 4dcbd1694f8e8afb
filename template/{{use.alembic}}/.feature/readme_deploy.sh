.venv/bin/alembic upgrade head
