"""What clients say."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Room = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9._-]{0,63}$")]
Text = Annotated[str, Field(min_length=1)]


class Message(BaseModel):
    """Any of them: one with a ``ref`` is answered by ``done`` or ``failed`` with the same."""

    model_config = ConfigDict(extra="forbid")

    ref: Annotated[str | None, Field(max_length=64)] = None


class Join(Message):
    """Hear what is said in a room from now on; answered with who is there."""

    type: Literal["join"]
    room: Room


class Leave(Message):
    """Hear no more of it."""

    type: Literal["leave"]
    room: Room


class Say(Message):
    """Say something to all in a room."""

    type: Literal["say"]
    room: Room
    text: Text


class Typing(Message):
    """Let a room know that something is about to be said."""

    type: Literal["typing"]
    room: Room
