"""Changes that depend on what is stored."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update

from app.core.database.session import Session


async def hits(session: Session, statement: Update | Delete) -> bool:
    """Run it, and tell whether there was a row that it changed."""
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount > 0
