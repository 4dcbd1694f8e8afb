"""What a database may do to a transaction besides refusing it."""

from app.core.errors import UnavailableError


class AbortedError(UnavailableError):
    """It was ended for the sake of another one; as a whole, it may be tried again."""
