"""Nobody is sent mail after mail because a stranger asks for it (OWASP API4:2023, API6:2023)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import AsyncClient, Response

from app.core.lifespan import State
from tests.support.auth import ANONYMOUS, AUTH, login, register
from tests.support.mailbox import Mailbox
from tests.support.mails import token_for
from tests.support.users import EMAIL, PASSWORD, add_user

NEW_PASSWORD = "eight lazy otters"


@pytest.fixture(autouse=True)
def _interval(state: State) -> None:
    """Let an hour be between two mails."""
    settings = state["settings"]
    auth = settings.auth.model_copy(update={"mail_interval": timedelta(hours=1)})
    state["settings"] = replace(settings, auth=auth)


async def send(client: AsyncClient, path: str, **body: str) -> Response:
    """Send a body without credentials."""
    return await client.post(f"{AUTH}/{path}", json=body, auth=ANONYMOUS)


async def test_password_reset(client: AsyncClient, state: State, mailbox: Mailbox) -> None:
    await add_user(state, EMAIL)

    answers = [await send(client, "password-reset", email=EMAIL) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202] * 3
    assert len(mailbox) == 1
    confirmation = {"token": token_for(mailbox, EMAIL), "password": NEW_PASSWORD}
    assert (await send(client, "password-reset/confirm", **confirmation)).status_code == 204


async def test_registration(client: AsyncClient, mailbox: Mailbox) -> None:
    """The password is that of the request whose token was sent, not a stranger's."""
    await register(client)
    assert (await register(client, password=NEW_PASSWORD)).status_code == 202

    assert len(mailbox) == 1
    assert (await send(client, "verify", token=token_for(mailbox, EMAIL))).status_code == 204
    assert (await login(client)).status_code == 200


async def test_registration_of_an_account(
    client: AsyncClient, state: State, mailbox: Mailbox
) -> None:
    """Whoever has forgotten that there is one can set a password at once."""
    await add_user(state, EMAIL, password=PASSWORD)
    for _ in range(3):
        await register(client, password=NEW_PASSWORD)

    assert len(mailbox) == 1
    assert (await login(client)).status_code == 200
    confirmation = {"token": token_for(mailbox, EMAIL), "password": NEW_PASSWORD}
    assert (await send(client, "password-reset/confirm", **confirmation)).status_code == 204
    assert (await login(client, password=NEW_PASSWORD)).status_code == 200


async def test_each_account_for_itself(client: AsyncClient, state: State, mailbox: Mailbox) -> None:
    await add_user(state, EMAIL)
    for email in (EMAIL, "bob@example.com"):
        await register(client, email=email)

    assert [mail.to for mail in mailbox] == [EMAIL, "bob@example.com"]
