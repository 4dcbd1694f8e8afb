"""What is done with messages about rooms."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from pydantic import BaseModel

from app.core.live.pace import now
from app.core.live.rooms import Presence, topic_of
from app.core.live.socket_errors import (
    ClosedRoomError,
    MessageTooLargeError,
    NotInRoomError,
    TooManyRoomsError,
)
from app.schemas.sockets.received import Join, Leave, Message, Say, Typing
from app.schemas.sockets.sent import Members, Remark
from app.services.sockets.conversation import Conversation, Handler
from app.services.sockets.entrance import may_join

LISTED: Final = 100
NEVER: Final = -inf
TYPING: Final = timedelta(seconds=3)
"""How often a room is told that somebody still types."""


async def join(conversation: Conversation, message: Join) -> None:
    """Hear a room, be seen in it, and be told who else is there."""
    room = message.room
    if not may_join(conversation.visitor, room):
        raise ClosedRoomError
    if room not in conversation.rooms and len(conversation.rooms) >= limit_of(conversation):
        raise TooManyRoomsError
    conversation.seat.join(room)
    conversation.rooms.setdefault(room, NEVER)
    names = await conversation.attendance.enter(room, conversation.entry)
    await conversation.send(Members(room=room, members=names[:LISTED], total=len(names)))


def limit_of(conversation: Conversation) -> int:
    """Say in how many rooms one socket may be."""
    return conversation.settings.sockets.rooms


async def leave(conversation: Conversation, message: Leave) -> None:
    """Hear no more of a room, and be seen there no more."""
    check_is_in(conversation, message.room)
    del conversation.rooms[message.room]
    conversation.seat.leave(message.room)
    await conversation.attendance.leave(message.room, conversation.entry)


async def say(conversation: Conversation, message: Say) -> None:
    """Say something to all in a room."""
    check_is_in(conversation, message.room)
    by, at = conversation.visitor.name, datetime.now(UTC)
    remark = Remark(room=message.room, by=by, text=message.text, at=at)
    await publish(conversation, topic_of(message.room), "said", remark)


async def show_typing(conversation: Conversation, message: Typing) -> None:
    """Let the room know, but not with each key."""
    room = message.room
    check_is_in(conversation, room)
    if now() - conversation.rooms[room] >= TYPING.total_seconds():
        conversation.rooms[room] = now()
        shown = Presence(room=room, by=conversation.visitor.name)
        await publish(conversation, topic_of(room), "typing", shown)


def check_is_in(conversation: Conversation, room: str) -> None:
    """Raise NotInRoomError for a room that was not joined."""
    if room not in conversation.rooms:
        raise NotInRoomError


async def publish(conversation: Conversation, topic: str, kind: str, body: BaseModel) -> None:
    """Say it in all processes; raise MessageTooLargeError for more than ``LIVE_MAX_SIZE``."""
    try:
        await conversation.publisher.publish(topic, kind, body)
    except ValueError as error:
        raise MessageTooLargeError from error


ROOM_HANDLERS: Final[Mapping[type[Message], Handler]] = {
    Join: join,
    Leave: leave,
    Say: say,
    Typing: show_typing,
}
