"""Somebody who is notified."""

from dataclasses import dataclass

from httpx2 import Auth

from app.core.lifespan import State
from tests.support.users import signed_in


@dataclass(frozen=True)
class Recipient:
    """Somebody, and what they show to be that."""

    subject: str
    auth: Auth


async def add_recipient(state: State) -> Recipient:
    """Make a user who may do what everybody may."""
    user, bearer = await signed_in(state)
    return Recipient(str(user.id), bearer)
