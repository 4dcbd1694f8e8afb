"""Settings of your own. No update of the template changes this file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """A field for each section, as in ``Settings``."""
