"""Fixtures for the model."""

from collections.abc import AsyncGenerator

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Auth

from app.api.v1.predictions import router
from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import open_client
from tests.support.model import FakeModel
from tests.support.weather import FakeUpstreams


@pytest.fixture
def fake_model(state: State) -> FakeModel:
    """What answers in place of the model."""
    upstreams = state["upstreams"]
    assert isinstance(upstreams, FakeUpstreams)
    fake = FakeModel()
    upstreams.answers["model"] = fake.answer
    return fake


@pytest.fixture
def let_in(settings: Settings) -> FastAPI:
    """The application, to whom it does not matter who asks."""
    app = create_app(settings)
    for each in router.dependencies:
        if each.dependency is not None:
            app.dependency_overrides[each.dependency] = let_anybody_in
    return app


async def let_anybody_in() -> None:
    """Look at nothing, so that many can ask at once: a test has one connection for all of them."""


@pytest.fixture
async def anybody(let_in: FastAPI, state: State) -> AsyncGenerator[AsyncClient]:
    """A client of it, who says nothing of who it is."""
    async with open_client(let_in, state) as client:
        client.auth = Auth()
        yield client
