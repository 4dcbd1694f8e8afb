"""What a socket was opened with."""

from app.core.security.known_key import KnownKey
from app.core.security.tokens import Claims

Shown = Claims | KnownKey
