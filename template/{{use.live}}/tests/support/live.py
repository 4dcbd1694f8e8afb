"""The state of a service that really commits, for tests with many clients at the same time."""

import pytest

from app.core.database.session import Database
from app.core.lifespan import State


@pytest.fixture
def live_state(opened: State, database: Database) -> State:
    """What a live client's service holds; its database is emptied at the end."""
    state = opened.copy()
    state["database"] = database
    return state
