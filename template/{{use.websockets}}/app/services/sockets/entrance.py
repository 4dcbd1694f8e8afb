"""Who may join which room: edit this."""

from typing import Final

from app.schemas.sockets.visitor import Visitor

OWN: Final = "of-"


def may_join(visitor: Visitor, room: str) -> bool:
    """Let everybody into every room, but into ``of-NAME`` only whoever has that name."""
    return not room.startswith(OWN) or room == f"{OWN}{visitor.name}"
