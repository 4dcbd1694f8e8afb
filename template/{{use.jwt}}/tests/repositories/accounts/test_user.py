"""app.repositories.accounts.user: users, and what goes with them."""

import asyncio
from datetime import UTC

import pytest

from app.core.database.session import Database, Session, transaction
from app.core.errors import ConflictError
from app.core.lifespan import State
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.role import Role
from app.schemas.accounts.user import UserQuery
from tests.support.database import execute
from tests.support.stored import store_session, store_token, store_user
from tests.support.users import EMAIL

LOOKALIKES = ["adà@example.com", "ada@exämple.com", "ADA@example.com"]


async def emails(session: Session, **query: object) -> list[str]:
    """List the e-mails of the users that a query finds."""
    found = await UserRepository(session).list(UserQuery.model_validate(query))
    assert found.total == len(found.items)
    return [user.email for user in found.items]


class TestGetByEmail:
    async def test_found(self, session: Session) -> None:
        user = await store_user(session)

        found = await UserRepository(session).get_by_email(EMAIL)

        assert found is not None
        assert found.id == user.id

    @pytest.mark.parametrize("email", LOOKALIKES)
    async def test_not_one_that_looks_alike(self, session: Session, email: str) -> None:
        """Some databases see no difference between letters with and without an accent."""
        await store_user(session)

        assert await UserRepository(session).get_by_email(email) is None


class TestAdd:
    async def test_read_back(self, state: State) -> None:
        before = utc_now()
        async with transaction(state["database"]) as session:
            stored = await store_user(session, verified_at=before)

        async with transaction(state["database"]) as session:
            user = await UserRepository(session).get(stored.id)

        assert user is not None
        assert (user.email, user.role, user.is_active) == (EMAIL, Role.USER, True)
        assert user.verified_at == before
        assert before <= user.created_at <= user.updated_at <= utc_now()
        assert user.created_at.tzinfo is UTC

    async def test_email_is_taken(self, state: State) -> None:
        async with transaction(state["database"]) as session:
            await store_user(session)

        with pytest.raises(ConflictError) as refusal:
            async with transaction(state["database"]) as session:
                await store_user(session)

        assert refusal.value.code == "already_exists"

    @pytest.mark.parametrize("email", LOOKALIKES)
    async def test_email_that_looks_alike(self, session: Session, email: str) -> None:
        users = [await store_user(session), await store_user(session, email)]

        assert await emails(session) == [user.email for user in users]


class TestLock:
    async def test_unknown(self, session: Session) -> None:
        assert await UserRepository(session).lock(0) is None

    async def test_as_it_is_now(self, session: Session) -> None:
        user = await store_user(session)
        await execute(session, f"UPDATE users SET password_hash = 'new' WHERE id = {user.id}")  # noqa: S608

        locked = await UserRepository(session).lock(user.id)

        assert locked is not None
        assert locked.password_hash == "new"

    async def test_no_change_is_lost(self, database: Database) -> None:
        async with transaction(database) as session:
            user_id = (await store_user(session, password_hash="")).id

        async def write(letter: str) -> None:
            async with transaction(database) as session:
                user = await UserRepository(session).lock(user_id)
                assert user is not None
                values = {"password_hash": user.password_hash + letter}
                await UserRepository(session).update(user, values)

        await asyncio.gather(*(write(letter) for letter in "abcdefgh"))

        async with transaction(database) as session:
            user = await UserRepository(session).get(user_id)
        assert user is not None
        assert sorted(user.password_hash) == list("abcdefgh")


class TestUpdate:
    async def test_read_back(self, state: State) -> None:
        async with transaction(state["database"]) as session:
            user = await store_user(session, verified_at=utc_now())
            values = {"role": Role.ADMIN, "is_active": False, "verified_at": None}
            await UserRepository(session).update(user, values)

        async with transaction(state["database"]) as session:
            found = await UserRepository(session).get(user.id)

        assert found is not None
        assert (found.role, found.is_active, found.verified_at) == (Role.ADMIN, False, None)
        assert user.updated_at == found.updated_at > found.created_at


class TestList:
    async def test_filters(self, session: Session) -> None:
        await store_user(session, "ada@example.com", role=Role.ADMIN)
        await store_user(session, "bob@example.com", is_active=False)
        await store_user(session, "eve_1@example.org")

        assert await emails(session, email="EXAMPLE.com") == ["ada@example.com", "bob@example.com"]
        assert await emails(session, email="e_1") == ["eve_1@example.org"]
        assert await emails(session, role="admin") == ["ada@example.com"]
        assert await emails(session, is_active=False) == ["bob@example.com"]

    async def test_order(self, session: Session) -> None:
        for name in ("bob", "ada", "eve"):
            await store_user(session, f"{name}@example.com")

        assert [each[:3] for each in await emails(session, sort="email")] == ["ada", "bob", "eve"]
        assert [each[:3] for each in await emails(session, sort="-id")] == ["eve", "ada", "bob"]


class TestDeletion:
    """No command of the service deletes users; whoever does, in the database, leaves nothing."""

    async def test_takes_along_what_is_theirs(self, session: Session) -> None:
        users = [await store_user(session), await store_user(session, "bob@example.com")]
        for user in users:
            await store_session(session, user)
            await store_token(session, user)

        await execute(session, f"DELETE FROM users WHERE id = {users[0].id}")  # noqa: S608

        for table in ("user_sessions", "user_tokens"):
            rows = await execute(session, f"SELECT user_id FROM {table}")  # noqa: S608
            assert rows == [(users[1].id,)]
