"""Messages to one user."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.schemas.sockets.received import Message, Text
from app.schemas.sockets.sent import Id


class Tell(Message):
    """Say something to one user, wherever it is connected."""

    type: Literal["tell"]
    to: Annotated[str, Field(min_length=1, max_length=128)]
    text: Text


class Whisper(BaseModel):
    """What somebody said to one user."""

    by: str
    text: str
    at: datetime


class Told(BaseModel):
    """Something was said to you alone."""

    type: Literal["told"] = "told"
    id: Id
    data: Whisper
