"""Somebody beside the one whom the tests are signed in as."""

from httpx2 import Auth

from app.core.lifespan import State
from tests.support.users import signed_in


async def customer(state: State) -> Auth:
    """Make a user, who may order, and change no product."""
    _, bearer = await signed_in(state)
    return bearer
