"""How a client is asked to prove who it is."""

from typing import Final

CHALLENGE: Final = "Bearer"
"""The value of WWW-Authenticate (RFC 9110, section 11.6.1; RFC 6750, section 3)."""
