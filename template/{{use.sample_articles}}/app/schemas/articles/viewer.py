"""Who looks at articles, and whose they see."""

from dataclasses import dataclass
from enum import StrEnum


class Sees(StrEnum):
    """Whose drafts somebody sees, and whose articles they may change."""

    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks. Every query for articles takes one, and finds what they may see.

    ``profile_id`` is None as long as they have not chosen a handle.
    """

    user_id: int
    profile_id: int | None
    sees: Sees

    def may_change(self, author_id: int | None) -> bool:
        """Whether what somebody wrote is theirs to change."""
        return self.sees is Sees.ALL or (author_id is not None and author_id == self.profile_id)
