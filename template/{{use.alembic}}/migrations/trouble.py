"""What went wrong, without a traceback."""

from sqlalchemy.exc import DBAPIError

from app.core.errors import UnavailableError


def explain(error: BaseException) -> str:
    """Give what the database said, and to what; what the service calls a conflict came of it."""
    cause = error.__cause__ if not isinstance(error, UnavailableError) else None
    if not isinstance(error, DBAPIError) and isinstance(cause, DBAPIError):
        error = cause
    if not isinstance(error, DBAPIError):
        return str(error)
    said = str(error.orig).rpartition(">: ")[2]
    statement, _, more = str(error.statement).strip().partition("\n")
    return f"{said} (in: {statement}{' ...' if more else ''})"
