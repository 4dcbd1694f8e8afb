"""app.repositories.accounts.user_session: sessions that begin, go on and end."""

from datetime import UTC

from app.core.database.session import Session, transaction
from app.core.lifespan import State
from app.models.utc import utc_now
from app.repositories.accounts.user_session import UserSessionRepository
from tests.support.stored import HOUR, store_session, store_user
from tests.support.users import ADDRESS

UNKNOWN = "0" * 32


class TestAdd:
    async def test_read_back(self, state: State) -> None:
        before = utc_now()
        async with transaction(state["database"]) as session:
            user = await store_user(session)
            await store_session(session, user, expires_at=before + HOUR)

        async with transaction(state["database"]) as session:
            (found,) = await UserSessionRepository(session).list_open(user.id, before)

        assert (found.user_id, found.address, found.revoked_at) == (user.id, ADDRESS, None)
        assert before <= found.created_at <= utc_now()
        assert before <= found.last_used_at <= utc_now()
        assert found.expires_at == before + HOUR
        assert found.expires_at.tzinfo is UTC


class TestFindUser:
    async def test_open(self, session: Session) -> None:
        user = await store_user(session)
        await store_user(session, "bob@example.com")
        user_session = await store_session(session, user)

        found = await UserSessionRepository(session).find_user(user_session.id, utc_now())

        assert found is not None
        assert found.id == user.id

    async def test_unknown(self, session: Session) -> None:
        await store_session(session, await store_user(session))

        assert await UserSessionRepository(session).find_user(UNKNOWN, utc_now()) is None

    async def test_expired(self, session: Session) -> None:
        user_session = await store_session(session, await store_user(session))
        sessions = UserSessionRepository(session)

        assert await sessions.find_user(user_session.id, user_session.expires_at) is None

    async def test_revoked(self, session: Session) -> None:
        """Another session of the same user goes on."""
        user = await store_user(session)
        ended, other = await store_session(session, user), await store_session(session, user)
        sessions = UserSessionRepository(session)

        await sessions.revoke(ended.id, user.id, utc_now())

        assert await sessions.find_user(ended.id, utc_now()) is None
        assert await sessions.find_user(other.id, utc_now()) is not None

    async def test_deactivated(self, session: Session) -> None:
        user = await store_user(session, is_active=False)
        user_session = await store_session(session, user)

        assert await UserSessionRepository(session).find_user(user_session.id, utc_now()) is None


class TestListOpen:
    async def test_newest_first(self, session: Session) -> None:
        now = utc_now()
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        await store_session(session, stranger)
        await store_session(session, user, revoked_at=now)
        await store_session(session, user, expires_at=now)
        older = await store_session(session, user, created_at=now - HOUR)
        newer = await store_session(session, user, created_at=now)

        found = await UserSessionRepository(session).list_open(user.id, now)

        assert [each.id for each in found] == [newer.id, older.id]


class TestRotate:
    async def test_once(self, session: Session) -> None:
        user_session = await store_session(session, await store_user(session))
        sessions = UserSessionRepository(session)

        results = [
            await sessions.rotate(user_session.id, old, new, utc_now())
            for old, new in (("first", "second"), ("first", "third"), ("second", "third"))
        ]

        assert results == [True, False, True]

    async def test_remembers_when(self, state: State) -> None:
        later = utc_now() + HOUR / 2
        async with transaction(state["database"]) as session:
            user = await store_user(session)
            user_session = await store_session(session, user)
            await UserSessionRepository(session).rotate(user_session.id, "first", "next", later)

        async with transaction(state["database"]) as session:
            (found,) = await UserSessionRepository(session).list_open(user.id, later)
        assert found.last_used_at == later

    async def test_only_that_session(self, session: Session) -> None:
        user = await store_user(session)
        one, other = await store_session(session, user), await store_session(session, user)
        sessions = UserSessionRepository(session)

        await sessions.rotate(one.id, "first", "second", utc_now())

        assert await sessions.rotate(other.id, "first", "second", utc_now())

    async def test_ended(self, session: Session) -> None:
        now = utc_now()
        user = await store_user(session)
        revoked = await store_session(session, user, revoked_at=now)
        expired = await store_session(session, user, expires_at=now)
        sessions = UserSessionRepository(session)

        for ended in (revoked, expired):
            assert not await sessions.rotate(ended.id, "first", "second", now)


class TestRevoke:
    async def test_once(self, session: Session) -> None:
        user = await store_user(session)
        user_session = await store_session(session, user)
        sessions = UserSessionRepository(session)

        results = [await sessions.revoke(user_session.id, user.id, utc_now()) for _ in range(2)]

        assert results == [True, False]

    async def test_of_another_user(self, session: Session) -> None:
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        user_session = await store_session(session, user)
        sessions = UserSessionRepository(session)

        assert not await sessions.revoke(user_session.id, stranger.id, utc_now())
        assert await sessions.find_user(user_session.id, utc_now()) is not None


class TestRevokeAll:
    async def test_only_their_own(self, session: Session) -> None:
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        own = [await store_session(session, user) for _ in range(2)]
        foreign = await store_session(session, stranger)
        sessions = UserSessionRepository(session)

        await sessions.revoke_all(user.id, utc_now())

        for each in own:
            assert await sessions.find_user(each.id, utc_now()) is None
        assert await sessions.find_user(foreign.id, utc_now()) is not None


class TestHasAddress:
    async def test_of_this_user(self, session: Session) -> None:
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        await store_session(session, user, address="192.0.2.1", revoked_at=utc_now())
        sessions = UserSessionRepository(session)

        assert await sessions.has_address(user.id, "192.0.2.1")
        assert not await sessions.has_address(user.id, "192.0.2.10")
        assert not await sessions.has_address(stranger.id, "192.0.2.1")


class TestDeleteExpired:
    async def test_only_those(self, session: Session) -> None:
        now = utc_now()
        user = await store_user(session)
        await store_session(session, user, address="192.0.2.1", expires_at=now)
        await store_session(session, user, address="192.0.2.2")
        sessions = UserSessionRepository(session)

        await sessions.delete_expired(now)

        assert not await sessions.has_address(user.id, "192.0.2.1")
        assert await sessions.has_address(user.id, "192.0.2.2")
