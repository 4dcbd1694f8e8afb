"""What anybody may call of your own. No update of the template changes this file."""

from typing import Final

OWN_PUBLIC: Final[set[tuple[str, str]]] = set()
"""Method and path, such as ("GET", "/api/v1/things"); the method may be WEBSOCKET, or MOUNT."""
