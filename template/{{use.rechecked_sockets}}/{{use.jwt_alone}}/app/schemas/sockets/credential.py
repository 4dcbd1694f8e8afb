"""What a socket was opened with."""

from app.core.security.tokens import Claims

Shown = Claims
