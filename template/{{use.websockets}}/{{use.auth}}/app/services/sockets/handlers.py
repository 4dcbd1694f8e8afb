"""What is done with each kind of message."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from app.core.live.event import own
from app.schemas.sockets.direct import Tell, Whisper
from app.schemas.sockets.received import Message
from app.services.sockets.conversation import Conversation, Handler
from app.services.sockets.rooms import ROOM_HANDLERS, publish


async def tell(conversation: Conversation, message: Tell) -> None:
    """Say something to one user, whether or not it is connected, or is anybody at all."""
    whisper = Whisper(by=conversation.visitor.name, text=message.text, at=datetime.now(UTC))
    await publish(conversation, own(message.to), "told", whisper)


HANDLERS: Final[Mapping[type[Message], Handler]] = {**ROOM_HANDLERS, Tell: tell}
