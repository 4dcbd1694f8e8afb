from app.models.item import Item
