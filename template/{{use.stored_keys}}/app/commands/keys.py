"""What the commands for keys share."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.config.database import DatabaseSettings
from app.config.settings import load_section
from app.core.database.session import Session, open_database, transaction


@asynccontextmanager
async def database_session() -> AsyncGenerator[Session]:
    """Open the service's database, and commit at the end."""
    settings = load_section(DatabaseSettings)
    async with open_database(settings) as database, transaction(database) as session:
        yield session
