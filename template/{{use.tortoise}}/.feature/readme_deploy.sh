.venv/bin/python -m migrations.upgrade
