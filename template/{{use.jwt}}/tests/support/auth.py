"""Signing in as a client does."""

from typing import Final

from httpx2 import AsyncClient, Auth, Response

from app.schemas.accounts.auth import TokenPair
from tests.support.users import EMAIL, PASSWORD

AUTH: Final = "/api/v1/auth"
ME: Final = "/api/v1/users/me"
ANONYMOUS: Final = Auth()
"""Adds nothing to a request."""


async def login(client: AsyncClient, email: str = EMAIL, password: str = PASSWORD) -> Response:
    """Send the form."""
    form = {"username": email, "password": password}
    return await client.post(f"{AUTH}/login", data=form, auth=ANONYMOUS)


async def sign_in(client: AsyncClient, email: str = EMAIL, password: str = PASSWORD) -> TokenPair:
    """Send the form, and succeed."""
    response = await login(client, email, password)
    assert response.status_code == 200
    return TokenPair.model_validate(response.json())


async def refresh(client: AsyncClient, token: str) -> Response:
    """Exchange a refresh token."""
    return await client.post(f"{AUTH}/refresh", json={"refresh_token": token}, auth=ANONYMOUS)


async def register(client: AsyncClient, email: str = EMAIL, password: str = PASSWORD) -> Response:
    """Ask for an account."""
    body = {"email": email, "password": password}
    return await client.post(f"{AUTH}/register", json=body, auth=ANONYMOUS)
