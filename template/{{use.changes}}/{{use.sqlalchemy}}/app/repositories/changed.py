"""Changes that depend on what is stored."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update

from app.core.database.session import Session


async def changed(session: Session, statement: Update | Delete) -> int:
    """Run it, and count the rows that it met."""
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
