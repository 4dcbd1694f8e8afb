"""The errors of sockets.

AppError
├── InvalidTicketError       403
├── ForeignOriginError       403
├── ClosedRoomError          403
├── ConflictError            409
│   ├── NotInRoomError
│   └── TooManyRoomsError
├── MessageTooLargeError     413
├── NotUnderstoodError       422
├── TooManyMessagesError     429
└── UnavailableError         503
    └── TooSlowError
"""

from http import HTTPStatus

from app.core.errors import AppError, ConflictError, UnavailableError


class InvalidTicketError(AppError):
    """No ticket, or none that is good any more."""

    status = HTTPStatus.FORBIDDEN
    code = "invalid_ticket"

    def __init__(self) -> None:
        super().__init__("Get a ticket: each is good for one socket, and for a moment.")


class ForeignOriginError(AppError):
    """A page of somebody else's, in the browser of whoever looks at it."""

    status = HTTPStatus.FORBIDDEN
    code = "foreign_origin"

    def __init__(self) -> None:
        super().__init__("Pages of this origin may not open sockets.")


class NotInRoomError(ConflictError):
    """Who has not joined a room can say nothing in it."""

    code = "not_in_room"

    def __init__(self) -> None:
        super().__init__("Join the room first.")


class NotUnderstoodError(AppError):
    """What is no message."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "validation_failed"


class ClosedRoomError(AppError):
    """A room that is not for everybody."""

    status = HTTPStatus.FORBIDDEN
    code = "closed_room"

    def __init__(self) -> None:
        super().__init__("You may not join this room.")


class TooManyRoomsError(ConflictError):
    """One socket is in enough rooms."""

    code = "too_many_rooms"

    def __init__(self) -> None:
        super().__init__("Leave another room first.")


class MessageTooLargeError(AppError):
    """More than is passed on."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "content_too_large"

    def __init__(self) -> None:
        super().__init__("The message is too large.")


class TooManyMessagesError(AppError):
    """A client that floods."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_messages"

    def __init__(self) -> None:
        super().__init__("These are too many messages.")


class TooSlowError(UnavailableError):
    """A client that does not take what it is told."""

    code = "too_slow"

    def __init__(self) -> None:
        super().__init__("Too much waits for you: come back with your last id.")
