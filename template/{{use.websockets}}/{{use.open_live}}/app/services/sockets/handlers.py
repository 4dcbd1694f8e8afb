"""What is done with each kind of message."""

from typing import Final

from app.services.sockets.rooms import ROOM_HANDLERS

HANDLERS: Final = ROOM_HANDLERS
