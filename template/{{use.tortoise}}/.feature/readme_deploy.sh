.venv/bin/tortoise upgrade
