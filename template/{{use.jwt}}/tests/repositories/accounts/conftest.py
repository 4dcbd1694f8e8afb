"""What tests of the repositories share."""

from collections.abc import AsyncGenerator

import pytest

from app.core.database.session import Session, transaction
from app.core.lifespan import State


@pytest.fixture
async def session(state: State) -> AsyncGenerator[Session]:
    """A transaction, of which nothing is left after the test."""
    async with transaction(state["database"]) as session:
        yield session
