"""The table of who likes what."""

from sqlmodel import Field, SQLModel

from app.models.types import Key


class Favourite(SQLModel, table=True):
    """Somebody likes an article; it goes with either."""

    __tablename__ = "favourites"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    profile_id: int = Field(
        foreign_key="profiles.id", ondelete="CASCADE", primary_key=True, sa_type=Key
    )
    article_id: int = Field(
        foreign_key="articles.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Key
    )
