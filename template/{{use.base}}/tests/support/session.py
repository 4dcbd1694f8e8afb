"""What goes on around the tests."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager

from app.core.lifespan import State

Server = Callable[[], AbstractContextManager[Mapping[str, str]]]
"""Runs beside the service during the whole session, and yields environment variables."""

Isolation = Callable[[State], AbstractAsyncContextManager[None]]
"""Changes the state for the length of a test."""
