"""What holds for everything that is done with articles."""

from collections.abc import Generator
from contextlib import contextmanager

from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError
from app.schemas.articles.viewer import Viewer


def author_of(viewer: Viewer) -> int:
    """Give the profile of whoever asks; raise ConflictError as long as they have none."""
    if viewer.profile_id is None:
        raise ConflictError(
            "Choose a handle first: PUT /api/v1/profiles/me.", code="profile_required"
        )
    return viewer.profile_id


def must_be_theirs(viewer: Viewer, author_id: int | None) -> None:
    """Refuse to change what somebody else wrote. Others' drafts are not even found."""
    if not viewer.may_change(author_id):
        raise ForbiddenError("Somebody else wrote this.")


def no_article() -> NotFoundError:
    """Say that there is none, or none that whoever asks may see: it looks the same."""
    return NotFoundError("There is no such article.", code="article_not_found")


def no_profile() -> NotFoundError:
    """Say that nobody has the handle."""
    return NotFoundError("There is nobody of this name.", code="profile_not_found")


@contextmanager
def taken(code: str, detail: str) -> Generator[None]:
    """Say clearly what the database refuses."""
    try:
        yield
    except ConflictError as error:
        raise ConflictError(detail, code=code) from error
