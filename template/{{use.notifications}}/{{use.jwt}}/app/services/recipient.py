"""Who can be notified: users."""

import re
from typing import Final

from app.core.database.session import Session
from app.repositories.accounts.user import UserRepository

ID: Final = re.compile("[1-9][0-9]{0,17}")


async def is_known(subject: str, session: Session) -> bool:
    """Tell whether it is a user who is not deactivated."""
    if not ID.fullmatch(subject):
        return False
    user = await UserRepository(session).get(int(subject))
    return user is not None and user.is_active
