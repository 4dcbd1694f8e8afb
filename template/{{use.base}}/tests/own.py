"""What your own code needs in tests. No update of the template changes this file."""

from collections.abc import Mapping
from typing import Final

from tests.support.session import Isolation, Server

OWN_PLUGINS: Final[list[str]] = []
"""Modules of fixtures, such as "tests.support.things"; nothing else imports them."""

OWN_VARIABLES: Final[Mapping[str, str]] = {}
"""Environment variables of the whole session."""

OWN_SERVERS: Final[list[Server]] = []
"""What runs beside the service during the whole session."""

OWN_ISOLATIONS: Final[list[Isolation]] = []
"""What undoes a test's changes, or puts a fake into the state."""
