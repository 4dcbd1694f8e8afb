"""How the command `tortoise` reaches the database: with the service's own settings and client."""

from typing import Final

from app.config.database import DatabaseSettings
from app.config.settings import load_section
from app.core.database.session import orm_config

TORTOISE_ORM: Final = orm_config(load_section(DatabaseSettings).for_migrations())
