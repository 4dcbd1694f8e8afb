from app.api.v1.orders import router as orders_router
from app.api.v1.products import router as products_router
