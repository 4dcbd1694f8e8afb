"""What the commands for keys share."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.config.settings import load_settings
from app.core.database.session import Session, open_database, transaction


@asynccontextmanager
async def database_session() -> AsyncGenerator[Session]:
    """Open the service's database, and commit at the end."""
    settings = load_settings().database
    async with open_database(settings) as database, transaction(database) as session:
        yield session
