from app.models.idempotency_key import IdempotencyKey
from app.models.order import Order
from app.models.order_line import OrderLine
from app.models.product import Product
