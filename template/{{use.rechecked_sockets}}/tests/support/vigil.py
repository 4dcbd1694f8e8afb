"""Credentials that are looked up when a test says so."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from app.core.lifespan import State
from app.core.live.vigil import Vigil


@asynccontextmanager
async def still(state: State) -> AsyncGenerator[None]:
    """Have nothing asked of the database but by the test."""
    state["vigil"] = Vigil(timedelta(minutes=1))
    yield


async def look(state: State) -> None:
    """Look all up once."""
    vigil = state["vigil"]
    for watched in [*vigil.watched.values()]:
        await vigil.look_at(watched)
