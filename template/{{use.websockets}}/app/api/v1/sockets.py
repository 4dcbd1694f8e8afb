"""/live/tickets and /live/ws."""

from typing import Final

from fastapi import APIRouter, WebSocket, status

from app.api.errors import problems
from app.api.socket_messages import described
from app.core.errors import UnavailableError
from app.dependencies.conversation import ConversationDep
from app.dependencies.sockets import RoomsDep
from app.dependencies.tickets import TicketsDep
from app.dependencies.visitor import REFUSALS, VisitorDep
from app.schemas.sockets.ticket import TicketRead

router = APIRouter(prefix="/live", tags=["live"])

COME_BACK: Final = status.WS_1012_SERVICE_RESTART


@router.post(
    "/tickets",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*REFUSALS, UnavailableError),
    callbacks=described(),
)
async def give_ticket(visitor: VisitorDep, tickets: TicketsDep) -> TicketRead:
    """Get a ticket for one socket at `/api/v1/live/ws?ticket=` (RFC 6455).

    It is good once, and for a moment. To miss nothing, a client that comes back adds `last_id`, and
    `room` for each room that it was in. The messages are listed as callbacks.
    """
    ticket = await tickets.give(visitor.model_dump_json())
    return TicketRead(ticket=ticket, expires_in=round(tickets.ttl.total_seconds()))


@router.websocket("/ws")
async def converse(socket: WebSocket, conversation: ConversationDep, rooms: RoomsDep) -> None:
    """Talk until the client leaves, or its time is over."""
    await socket.accept()
    await conversation.run(rooms)
    await socket.close(COME_BACK, "expired")
