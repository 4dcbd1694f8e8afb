"""What has to be opened, and closed at the end."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

from app.config.settings import Settings

Resource = Callable[[Settings], AbstractAsyncContextManager[Mapping[str, object]]]
"""Yields what the state gets of it."""
