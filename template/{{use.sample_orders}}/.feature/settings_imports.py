from app.config.orders import OrderSettings
