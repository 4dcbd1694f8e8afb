from app.api.checks.broker import check_broker
