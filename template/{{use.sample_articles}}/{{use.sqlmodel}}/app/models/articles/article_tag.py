"""The table of which article has which tag."""

from sqlmodel import Field, SQLModel

from app.models.types import Key


class ArticleTag(SQLModel, table=True):
    """An article has a tag; it goes with either."""

    __tablename__ = "article_tags"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    article_id: int = Field(
        foreign_key="articles.id", ondelete="CASCADE", primary_key=True, sa_type=Key
    )
    tag_id: int = Field(
        foreign_key="tags.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Key
    )
