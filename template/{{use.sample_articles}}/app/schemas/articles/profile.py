"""People as others see them: a user's e-mail is nobody else's business."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.core.http.request_model import RequestModel
from app.schemas.articles.names import Handle
from app.schemas.text import Text

Bio = Annotated[Text, StringConstraints(max_length=300)]


class ProfileWrite(RequestModel):
    """By which name somebody is known, and what they say of themselves."""

    handle: Handle
    bio: Bio = ""


class AuthorRead(BaseModel):
    """Who wrote something."""

    model_config = ConfigDict(from_attributes=True)

    handle: str


class Reach(BaseModel):
    """How many follow somebody, and whether whoever asks does."""

    followers: int
    following: int
    articles: int
    is_followed: bool


class ProfileRead(BaseModel):
    """Somebody, and how many read them."""

    handle: str
    bio: str
    created_at: datetime
    reach: Reach
