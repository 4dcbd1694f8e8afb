from app.tasks.idempotency_key import purge_idempotency_keys
from app.tasks.order import confirm_order, expire_orders
