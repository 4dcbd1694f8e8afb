from app.core.publisher import Publisher, publisher_resource
