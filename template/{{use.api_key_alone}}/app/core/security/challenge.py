"""How a client is asked to prove who it is."""

from typing import Final

CHALLENGE: Final = "ApiKey"
"""The value of WWW-Authenticate (RFC 9110, section 11.6.1)."""
