"""An open socket, for the route."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, WebSocket
from redis.exceptions import RedisError
from starlette.websockets import WebSocketDisconnect

from app.core.errors import UnavailableError
from app.core.lifespan import state_of
from app.core.live.event import Position
from app.core.live.news import News
from app.core.live.origin import check_origin
from app.core.live.publisher import Publisher
from app.core.live.rooms import Seat
from app.core.live.window import Window
from app.dependencies.live import window_of
from app.dependencies.tickets import tickets_of
from app.dependencies.visitor import hearer_of
from app.schemas.sockets.received import Room
from app.schemas.sockets.visitor import Visitor
from app.services.sockets.conversation import Conversation
from app.services.sockets.handlers import HANDLERS


@dataclass(frozen=True, slots=True)
class SocketWire:
    """A socket of Starlette's."""

    socket: WebSocket

    async def receive(self) -> str | None:
        """Wait for a message."""
        message = await self.socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"], message.get("reason"))
        return message.get("text")

    async def send(self, text: str) -> None:
        """Send one."""
        await self.socket.send_text(text)


async def get_visit(
    socket: WebSocket, ticket: Annotated[str, Query(max_length=100)] = ""
) -> Visitor:
    """Take the ticket of whoever may use it."""
    state = state_of(socket)
    check_origin(socket.headers, state["settings"].http.cors_origins)
    return Visitor.model_validate_json(await tickets_of(state).take(ticket))


async def end_of(window: Window) -> Position:
    """Find out where one begins who has heard nothing, before it joins a room."""
    try:
        return (await window.read(None)).end
    except RedisError as error:
        raise UnavailableError("Nothing can be heard now.") from error


async def get_conversation(
    socket: WebSocket,
    visitor: Annotated[Visitor, Depends(get_visit)],
    last_id: Annotated[str | None, Query(max_length=100)] = None,
) -> AsyncGenerator[Conversation]:
    """Take a seat for as long as the socket is open, or refuse before it opens."""
    state = state_of(socket)
    hub, window = state["live"], window_of(state)
    heard = Position.read(last_id) if last_id else await end_of(window)
    with hub.listening(await hearer_of(visitor, socket)) as listener:
        yield Conversation(
            visitor=visitor,
            wire=SocketWire(socket),
            handlers=HANDLERS,
            news=News(listener, hub, window, heard),
            seat=Seat(hub.audience, listener),
            attendance=state["attendance"],
            publisher=Publisher(window),
            settings=state["settings"],
        )


async def get_rooms(
    room: Annotated[list[Room] | None, Query(max_length=1000)] = None,
) -> list[str]:
    """Read which rooms it is to be in from the beginning."""
    return room or []


RoomsDep = Annotated[list[str], Depends(get_rooms)]
