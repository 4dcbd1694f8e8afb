"""/api/v1/auth: many requests at the same time, each with a connection of its own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable

import pytest
from httpx2 import AsyncClient, Response

from app.core.database.session import transaction
from app.core.lifespan import State
from app.models.accounts.user import User
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.role import Role
from app.schemas.accounts.user_token import Purpose
from app.services.accounts.mailed_token import MailedTokens
from app.services.accounts.registration import RegistrationService
from tests.support.auth import ANONYMOUS, AUTH, ME, login, refresh
from tests.support.mailbox import Mailbox
from tests.support.users import (
    EMAIL,
    PASSWORD,
    Bearer,
    add_user,
    begin_session,
    find_user,
    signed_in,
)

CLIENTS = 10
USERS = "/api/v1/users"


async def statuses(requests: Iterable[Awaitable[Response]]) -> Counter[int]:
    """Send all at once, and count the answers of each kind."""
    return Counter(response.status_code for response in await asyncio.gather(*requests))


@pytest.fixture
async def user(live_state: State) -> User:
    """Somebody who is stored for all to see."""
    return await add_user(live_state, EMAIL, password=PASSWORD)


@pytest.fixture
async def token(live_state: State, user: User, purpose: Purpose) -> str:
    """A token from an e-mail."""
    tokens = MailedTokens(live_state["settings"].auth)
    async with transaction(live_state["database"]) as session:
        return await tokens.issue(session, user.id, purpose)


class TestRefresh:
    @pytest.mark.parametrize("clients", [2, CLIENTS])
    async def test_exactly_one_succeeds(
        self, live_client: AsyncClient, live_state: State, user: User, clients: int
    ) -> None:
        pair = await begin_session(live_state, user)

        answers = await asyncio.gather(
            *(refresh(live_client, pair.refresh_token) for _ in range(clients))
        )

        counts = Counter(answer.status_code for answer in answers)
        assert counts == {200: 1, 401: clients - 1}
        winner = next(answer for answer in answers if answer.status_code == 200)
        stolen = TokenPair.model_validate(winner.json())
        response = await live_client.get(ME, auth=Bearer(stolen.access_token))
        assert response.status_code == 401, "one of them may be a thief"


class TestLogin:
    async def test_no_more_guesses_than_allowed(
        self, live_client: AsyncClient, live_state: State, user: User
    ) -> None:
        """Sending all guesses at the same time is no way around the limit."""
        limit = live_state["settings"].auth.login_limit_per_pair

        counts = await statuses(
            login(live_client, user.email, "a wrong password") for _ in range(4 * limit)
        )

        assert counts[401] + counts[429] == 4 * limit
        assert counts[401] <= limit

    async def test_twenty_users(self, live_client: AsyncClient, live_state: State) -> None:
        emails = [f"{number}@example.com" for number in range(20)]
        for email in emails:
            await add_user(live_state, email, password=PASSWORD)

        counts = await statuses(login(live_client, email) for email in emails)

        assert counts == {200: 20}


class TestAdministrators:
    async def test_who_demote_each_other(self, live_client: AsyncClient, live_state: State) -> None:
        administrators = [await signed_in(live_state, Role.ADMIN) for _ in range(2)]
        (ada, as_ada), (bea, as_bea) = administrators

        counts = await statuses(
            live_client.patch(f"{USERS}/{other.id}", json={"role": "user"}, auth=bearer)
            for other, bearer in ((bea, as_ada), (ada, as_bea))
        )

        left = [await live_client.get(USERS, auth=bearer) for _, bearer in administrators]
        assert counts[200] == 1
        assert sorted(response.status_code for response in left) == [200, 403]

    async def test_who_close_their_accounts(
        self, live_client: AsyncClient, live_state: State
    ) -> None:
        users = [await add_user(live_state, role=Role.ADMIN, password=PASSWORD) for _ in range(3)]
        pairs = [await begin_session(live_state, user) for user in users]

        counts = await statuses(
            live_client.post(
                f"{ME}/deactivate",
                json={"password": PASSWORD},
                auth=Bearer(pair.access_token),
            )
            for pair in pairs
        )

        assert counts == {204: 2, 409: 1}


class TestRegister:
    async def test_an_email_is_taken_once(self, live_state: State) -> None:
        mailbox = Mailbox()
        tokens = MailedTokens(live_state["settings"].auth)
        service = RegistrationService(
            live_state["database"], live_state["passwords"], tokens, mailbox
        )

        await asyncio.gather(*(service.register(EMAIL, f"hash {each}") for each in range(CLIENTS)))

        assert (await find_user(live_state)).verified_at is None
        assert 1 <= len(mailbox) <= CLIENTS


class TestMailedToken:
    @pytest.mark.parametrize("purpose", [Purpose.VERIFY_EMAIL])
    async def test_verifies_once(self, live_client: AsyncClient, token: str) -> None:
        counts = await statuses(
            live_client.post(f"{AUTH}/verify", json={"token": token}, auth=ANONYMOUS)
            for _ in range(CLIENTS)
        )

        assert counts == {204: 1, 400: CLIENTS - 1}

    @pytest.mark.parametrize("purpose", [Purpose.RESET_PASSWORD])
    async def test_sets_one_password(self, live_client: AsyncClient, token: str) -> None:
        bodies = [
            {"token": token, "password": f"{number} lazy otters"} for number in range(CLIENTS)
        ]

        counts = await statuses(
            live_client.post(f"{AUTH}/password-reset/confirm", json=body, auth=ANONYMOUS)
            for body in bodies
        )

        assert counts == {204: 1, 400: CLIENTS - 1}
