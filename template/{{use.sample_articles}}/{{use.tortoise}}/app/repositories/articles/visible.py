"""Which articles somebody may see: the one condition in every query for them."""

from tortoise.expressions import Q

from app.schemas.articles.viewer import Sees, Viewer


def visible(viewer: Viewer) -> Q:
    """What is not deleted, and is published or theirs to see (OWASP API1:2023)."""
    if viewer.sees is Sees.ALL:
        return Q(is_live=True)
    is_seen = Q(published_at__not_isnull=True) | Q(author_id=viewer.profile_id)
    return Q(is_live=True) & is_seen


def theirs(viewer: Viewer) -> Q:
    """What they may change."""
    return Q() if viewer.sees is Sees.ALL else Q(author_id=viewer.profile_id)
