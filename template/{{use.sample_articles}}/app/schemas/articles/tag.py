"""Tags as clients see them."""

from pydantic import BaseModel, ConfigDict

from app.schemas.page import PageQuery


class TagRead(BaseModel):
    """A tag, and how many articles have it that whoever asks may see."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    articles: int


class TagQuery(PageQuery):
    """Which tags: the most used ones come first."""
