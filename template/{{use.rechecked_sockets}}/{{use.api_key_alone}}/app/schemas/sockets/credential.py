"""What a socket was opened with."""

from app.core.security.known_key import KnownKey

Shown = KnownKey
