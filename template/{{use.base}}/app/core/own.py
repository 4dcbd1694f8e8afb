"""Resources of your own. No update of the template changes this file."""

from typing import Final, TypedDict

from app.core.resource import Resource


class OwnState(TypedDict):
    """What they add to the state."""


OWN_RESOURCES: Final[list[Resource]] = []
"""They open after all others."""
