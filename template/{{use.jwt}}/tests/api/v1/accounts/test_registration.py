"""/api/v1/auth: what is proven by e-mail."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.mail.mailer import AbsentMailer
from app.schemas.accounts.role import PERMISSIONS, Role
from app.schemas.accounts.user_token import Purpose
from app.services.accounts.mailed_token import MailedTokens
from tests.support.auth import ANONYMOUS, AUTH, ME, login, refresh, register, sign_in
from tests.support.mailbox import Mailbox
from tests.support.mails import token_for
from tests.support.users import EMAIL, PASSWORD, Bearer, add_user, find_user

NEW_PASSWORD = "eight lazy otters"


async def verify(client: AsyncClient, token: str) -> int:
    """Send a token back, as the reader of the e-mail does."""
    body = {"token": token}
    return (await client.post(f"{AUTH}/verify", json=body, auth=ANONYMOUS)).status_code


async def ask(client: AsyncClient, email: str = EMAIL) -> int:
    """Ask for a new password."""
    body = {"email": email}
    response = await client.post(f"{AUTH}/password-reset", json=body, auth=ANONYMOUS)
    return response.status_code


async def confirm(client: AsyncClient, token: str, password: str = NEW_PASSWORD) -> int:
    """Set a new password."""
    body = {"token": token, "password": password}
    response = await client.post(f"{AUTH}/password-reset/confirm", json=body, auth=ANONYMOUS)
    return response.status_code


async def issue_expired(state: State, purpose: Purpose) -> str:
    """Make a token that was good until now."""
    expired = {"verification_ttl": timedelta(0), "password_reset_ttl": timedelta(0)}
    tokens = MailedTokens(state["settings"].auth.model_copy(update=expired))
    user = await find_user(state)
    async with transaction(state["database"]) as session:
        return await tokens.issue(session, user.id, purpose)


class TestRegister:
    async def test_not_before_the_email_is_proven(
        self, client: AsyncClient, mailbox: Mailbox
    ) -> None:
        response = await register(client)

        assert response.status_code == 202
        assert (await login(client)).status_code == 401
        assert await verify(client, token_for(mailbox, EMAIL)) == 204
        assert (await login(client)).status_code == 200

    async def test_only_a_user(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        await register(client, email="Ada@Example.COM")
        await verify(client, token_for(mailbox, EMAIL))

        bearer = Bearer((await sign_in(client)).access_token)
        me = (await client.get("/api/v1/me", auth=bearer)).json()
        assert me == {
            "subject": str((await find_user(state)).id),
            "permissions": sorted(PERMISSIONS[Role.USER]),
        }

    async def test_known(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        """OWASP API2:2023: the answer is alike, and only the reader of the mail learns more."""
        await add_user(state, EMAIL, password=PASSWORD)

        known = await register(client, password=NEW_PASSWORD)
        unknown = await register(client, email="bob@example.com", password=NEW_PASSWORD)

        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        assert "account already" in mailbox.to(EMAIL)[0].subject
        assert len(mailbox.to(EMAIL)) == len(mailbox.to("bob@example.com")) == 1
        assert (await login(client)).status_code == 200

    async def test_international_domain(self, client: AsyncClient, mailbox: Mailbox) -> None:
        await register(client, email="Ada@Bücher.example")

        assert await verify(client, token_for(mailbox, "ada@xn--bcher-kva.example")) == 204
        for email in ("ada@bücher.example", "ADA@xn--bcher-kva.example"):
            assert (await login(client, email)).status_code == 200

    async def test_again(self, client: AsyncClient, mailbox: Mailbox) -> None:
        await register(client)
        first = token_for(mailbox, EMAIL)
        await register(client, password=NEW_PASSWORD)

        assert await verify(client, first) == 400
        assert await verify(client, token_for(mailbox, EMAIL)) == 204
        assert (await login(client)).status_code == 401
        assert (await login(client, password=NEW_PASSWORD)).status_code == 200

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", "ada"),
            ("email", "ada@example"),
            ("email", "\0@example.com"),
            ("email", "ädä@example.com"),
            ("email", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.com"),
            ("email", ["ada@example.com"]),
            ("password", "short"),
            ("password", "password1234"),
            ("password", "x" * 1001),
            ("password", None),
            ("role", "admin"),
            ("is_active", True),
            ("verified_at", "2026-01-01T00:00:00Z"),
        ],
    )
    async def test_invalid(
        self, client: AsyncClient, mailbox: Mailbox, field: str, value: object
    ) -> None:
        """OWASP API3:2023: what somebody must not choose is refused, not ignored."""
        body = {"email": EMAIL, "password": PASSWORD, field: value}

        response = await client.post(f"{AUTH}/register", json=body, auth=ANONYMOUS)

        assert response.status_code == 422
        assert response.json()["errors"][0]["location"] == ["body", field]
        assert mailbox == []

    async def test_password_is_not_the_email(self, client: AsyncClient) -> None:
        response = await register(
            client, email="somebody.long@example.com", password="somebody.long"
        )

        assert response.status_code == 422
        assert "somebody" not in response.text

    async def test_no_mail(self, client: AsyncClient, state: State) -> None:
        state["mailer"] = AbsentMailer()

        response = await register(client)

        assert response.status_code == 503
        assert response.json()["code"] == "mail_unavailable"
        assert (await client.get(ME)).status_code == 200


class TestVerify:
    async def test_once(self, client: AsyncClient, mailbox: Mailbox) -> None:
        await register(client)
        token = token_for(mailbox, EMAIL)

        assert [await verify(client, token), await verify(client, token)] == [204, 400]

    async def test_expired(self, client: AsyncClient, state: State) -> None:
        await register(client)

        assert await verify(client, await issue_expired(state, Purpose.VERIFY_EMAIL)) == 400

    async def test_token_of_another_purpose(self, client: AsyncClient, mailbox: Mailbox) -> None:
        await register(client)
        await ask(client)

        assert await verify(client, token_for(mailbox, EMAIL)) == 400

    @pytest.mark.parametrize(("token", "status"), [("", 400), ("x", 400), ("\0", 422)])
    async def test_no_token(self, client: AsyncClient, token: str, status: int) -> None:
        assert await verify(client, token) == status


class TestPasswordReset:
    async def test_known_or_not(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        """OWASP API2:2023."""
        await add_user(state, EMAIL)

        assert [await ask(client), await ask(client, "bob@example.com")] == [202, 202]
        assert [mail.to for mail in mailbox] == [EMAIL]

    async def test_unverified(self, client: AsyncClient, mailbox: Mailbox) -> None:
        """Who has the token reads the e-mail, whoever chose the password before."""
        await register(client)
        verification = token_for(mailbox, EMAIL)
        await ask(client)

        assert await confirm(client, token_for(mailbox, EMAIL)) == 204
        assert (await login(client, password=NEW_PASSWORD)).status_code == 200
        assert await verify(client, verification) == 400

    async def test_no_mail(self, client: AsyncClient, state: State) -> None:
        state["mailer"] = AbsentMailer()

        assert await ask(client) == 503

    async def test_nothing_else(self, client: AsyncClient) -> None:
        body = {"email": EMAIL, "password": NEW_PASSWORD}

        response = await client.post(f"{AUTH}/password-reset", json=body, auth=ANONYMOUS)

        assert response.status_code == 422


class TestPasswordResetConfirm:
    async def test_ends_all_sessions_at_once(
        self, client: AsyncClient, state: State, mailbox: Mailbox
    ) -> None:
        """ASVS 7.4.3."""
        await add_user(state, EMAIL, password=PASSWORD)
        pair = await sign_in(client)
        await ask(client)

        assert await confirm(client, token_for(mailbox, EMAIL)) == 204

        assert (await client.get(ME, auth=Bearer(pair.access_token))).status_code == 401
        assert (await refresh(client, pair.refresh_token)).status_code == 401
        assert (await login(client)).status_code == 401
        assert (await login(client, password=NEW_PASSWORD)).status_code == 200

    async def test_once(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        await add_user(state, EMAIL)
        await ask(client)
        token = token_for(mailbox, EMAIL)

        assert [await confirm(client, token), await confirm(client, token)] == [204, 400]

    async def test_only_the_newest(
        self, client: AsyncClient, state: State, mailbox: Mailbox
    ) -> None:
        await add_user(state, EMAIL)
        await ask(client)
        older = token_for(mailbox, EMAIL)
        await ask(client)

        assert await confirm(client, older) == 400
        assert await confirm(client, token_for(mailbox, EMAIL)) == 204

    async def test_expired(self, client: AsyncClient, state: State) -> None:
        await add_user(state, EMAIL)

        assert await confirm(client, await issue_expired(state, Purpose.RESET_PASSWORD)) == 400

    async def test_token_of_another_purpose(self, client: AsyncClient, mailbox: Mailbox) -> None:
        await register(client)

        assert await confirm(client, token_for(mailbox, EMAIL)) == 400

    async def test_a_refused_password_leaves_the_token(
        self, client: AsyncClient, state: State, mailbox: Mailbox
    ) -> None:
        email = "somebody.long@example.com"
        await add_user(state, email)
        await ask(client, email)
        token = token_for(mailbox, email)

        assert await confirm(client, token, "somebody.long") == 422
        assert await confirm(client, token) == 204

    async def test_lets_the_user_try_again(
        self, client: AsyncClient, state: State, mailbox: Mailbox
    ) -> None:
        await add_user(state, EMAIL, password=PASSWORD)
        for _ in range(state["settings"].auth.login_limit_per_pair):
            await login(client, password="a wrong password")
        assert (await login(client)).status_code == 429

        await ask(client)
        await confirm(client, token_for(mailbox, EMAIL))

        assert (await login(client, password=NEW_PASSWORD)).status_code == 200
