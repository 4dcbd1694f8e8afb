"""What clients are told."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.core.live.rooms import Presence
from app.schemas.sockets.received import Room

Id = Annotated[str, Field(description="Come back with the last one: nothing is missed.")]


class Welcome(BaseModel):
    """Comes first. When the socket breaks, or ends with 1012, wait ``come_back_ms``."""

    type: Literal["welcome"] = "welcome"
    name: str
    come_back_ms: int


class Members(BaseModel):
    """Who is in a room that was joined: the first hundred names, and how many there are."""

    type: Literal["members"] = "members"
    room: Room
    members: list[str]
    total: int


class Done(BaseModel):
    """A message with this ``ref`` was carried out."""

    type: Literal["done"] = "done"
    ref: str


class Failed(BaseModel):
    """A message was not carried out."""

    type: Literal["failed"] = "failed"
    code: str
    detail: str
    ref: str | None = None


class Heartbeat(BaseModel):
    """Nothing was said meanwhile; all up to ``id`` is known."""

    type: Literal["heartbeat"] = "heartbeat"
    id: Id


class Nothing(BaseModel):
    """No more is told."""


class Reset(BaseModel):
    """Something was missed that is not there any more: read anew what you show."""

    type: Literal["reset"] = "reset"
    id: Id
    data: Nothing


class Remark(BaseModel):
    """What somebody said in a room."""

    room: Room
    by: str
    text: str
    at: datetime


class Said(BaseModel):
    """Something was said in a room, also by oneself."""

    type: Literal["said"] = "said"
    id: Id
    data: Remark


class Joined(BaseModel):
    """Somebody came to a room."""

    type: Literal["joined"] = "joined"
    id: Id
    data: Presence


class Left(BaseModel):
    """Somebody has gone; who was cut off has some seconds to come back."""

    type: Literal["left"] = "left"
    id: Id
    data: Presence


class Types(BaseModel):
    """Somebody is about to say something: believe it for five seconds."""

    type: Literal["typing"] = "typing"
    id: Id
    data: Presence
