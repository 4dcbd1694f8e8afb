"""All messages of sockets; ``type`` tells which one it is."""

from typing import Annotated

from pydantic import Field

from app.schemas.sockets.direct import Tell, Told
from app.schemas.sockets.received import Join, Leave, Say, Typing
from app.schemas.sockets.sent import (
    Done,
    Failed,
    Heartbeat,
    Joined,
    Left,
    Members,
    Reset,
    Said,
    Types,
    Welcome,
)

Received = Annotated[Join | Leave | Say | Typing | Tell, Field(discriminator="type")]
Sent = Annotated[
    Welcome | Members | Done | Failed | Heartbeat | Reset | Said | Joined | Left | Types | Told,
    Field(discriminator="type"),
]
