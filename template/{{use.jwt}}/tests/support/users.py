"""Users for tests, made without what takes time: most of them have no password."""

from collections.abc import Generator
from datetime import timedelta
from typing import Final
from uuid import uuid4

from httpx2 import Auth, Request, Response

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.tokens import Tokens
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.role import Role
from app.services.accounts.session_tokens import SessionTokens

ADDRESS: Final = "127.0.0.1"
EMAIL: Final = "ada@example.com"
PASSWORD: Final = "seven lazy otters"
NO_HASH: Final = "none"


class Bearer(Auth):
    """Send an access token with each request."""

    def __init__(self, token: str) -> None:
        self.token = token

    def auth_flow(self, request: Request) -> Generator[Request, Response]:
        """Add the header (RFC 6750, section 2.1)."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        yield request


async def add_user(
    state: State,
    email: str | None = None,
    *,
    role: Role = Role.USER,
    password: str | None = None,
    is_verified: bool = True,
) -> User:
    """Store a user; without a password, nobody signs in with one."""
    password_hash = NO_HASH if password is None else await state["passwords"].hash(password)
    async with transaction(state["database"]) as session:
        return await UserRepository(session).add(
            {
                "email": email or f"{uuid4().hex}@example.com",
                "password_hash": password_hash,
                "role": role,
                "is_active": True,
                "verified_at": utc_now() if is_verified else None,
            }
        )


async def find_user(state: State, email: str = EMAIL) -> User:
    """Read a user as stored."""
    async with transaction(state["database"]) as session:
        user = await UserRepository(session).get_by_email(email)
    assert user is not None
    return user


async def begin_session(
    state: State, user: User, address: str = ADDRESS, **settings: timedelta
) -> TokenPair:
    """Sign a user in without a password; ``settings`` are other lifetimes of tokens."""
    auth = state["settings"].auth.model_copy(update=settings)
    tokens = SessionTokens(Tokens(auth), auth)
    async with transaction(state["database"]) as session:
        return await tokens.begin(session, user.id, address)


async def signed_in(state: State, role: Role = Role.USER) -> tuple[User, Bearer]:
    """Make a user, and what a client sends to be that user."""
    user = await add_user(state, role=role)
    pair = await begin_session(state, user)
    return user, Bearer(pair.access_token)
