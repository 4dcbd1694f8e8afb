"""Who opens a socket."""

from pydantic import BaseModel


class Visitor(BaseModel):
    """Anybody, by a name made up for the socket."""

    name: str
