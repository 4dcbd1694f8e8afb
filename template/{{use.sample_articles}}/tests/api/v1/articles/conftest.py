"""Two authors and an editor."""

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.articles import author


@pytest.fixture
async def ada(client: AsyncClient, state: State) -> Auth:
    """Somebody who writes."""
    return await author(client, state, "ada")


@pytest.fixture
async def bob(client: AsyncClient, state: State) -> Auth:
    """Somebody else who writes."""
    return await author(client, state, "bob")


@pytest.fixture
async def editor(client: AsyncClient, state: State) -> Auth:
    """Somebody who sees everybody's drafts."""
    return await author(client, state, "editor", Role.ADMIN)
