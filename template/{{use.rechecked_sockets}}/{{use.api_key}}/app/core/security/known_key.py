"""A key that was shown before, without its secret."""

from dataclasses import dataclass
from typing import Self

from app.core.security.keys import Key


@dataclass(frozen=True, slots=True)
class KnownKey(Key):
    """A key of which only the digest was kept, as the service keeps it anyway."""

    kept: str

    @classmethod
    def of(cls, key: Key) -> Self:
        """Forget its secret."""
        return cls(key.prefix, "", key.digest)

    @property
    def digest(self) -> str:
        """What was kept."""
        return self.kept
