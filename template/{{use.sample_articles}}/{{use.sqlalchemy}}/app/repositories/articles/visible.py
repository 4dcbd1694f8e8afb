"""Which articles somebody may see: the one condition in every query for them."""

from sqlalchemy import ColumnElement, and_, or_, true

from app.models.articles.article import Article
from app.schemas.articles.viewer import Sees, Viewer


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """What is not deleted, and is published or theirs to see (OWASP API1:2023)."""
    is_seen = or_(Article.published_at.is_not(None), theirs(viewer))
    return and_(Article.is_live.is_(True), is_seen)


def theirs(viewer: Viewer) -> ColumnElement[bool]:
    """What they may change."""
    return true() if viewer.sees is Sees.ALL else Article.author_id == viewer.profile_id
