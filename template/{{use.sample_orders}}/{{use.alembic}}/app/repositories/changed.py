"""Changes that depend on what is stored."""

from sqlalchemy import Delete, Update

from app.core.database.session import Session, database_errors


async def changed(session: Session, statement: Update | Delete) -> int:
    """Run it, and count the rows that it met."""
    with database_errors():
        connection = await session.connection()
        return (await connection.execute(statement)).rowcount
