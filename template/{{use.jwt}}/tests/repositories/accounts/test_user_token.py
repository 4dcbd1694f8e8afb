"""app.repositories.accounts.user_token: tokens that work once."""

import pytest

from app.core.database.session import Session, transaction
from app.core.errors import ConflictError
from app.core.lifespan import State
from app.models.utc import utc_now
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.user_token import Purpose
from tests.support.stored import HOUR, store_token, store_user

VERIFY, RESET = Purpose.VERIFY_EMAIL, Purpose.RESET_PASSWORD


async def is_there(session: Session, digest: str, purpose: Purpose = VERIFY) -> bool:
    """Look for a token."""
    return await UserTokenRepository(session).find(digest, purpose, utc_now()) is not None


class TestAdd:
    async def test_read_back(self, state: State) -> None:
        before = utc_now()
        async with transaction(state["database"]) as session:
            user = await store_user(session)
            await store_token(session, user, digest="one", expires_at=before + HOUR)

        async with transaction(state["database"]) as session:
            found = await UserTokenRepository(session).find("one", VERIFY, before)

        assert found is not None
        assert (found.user_id, found.expires_at) == (user.id, before + HOUR)
        assert before <= found.created_at <= utc_now()

    @pytest.mark.parametrize("values", [{"digest": "another"}, {"digest": "one", "purpose": RESET}])
    async def test_taken(self, state: State, values: dict[str, object]) -> None:
        """One of each purpose, and one of each digest."""
        async with transaction(state["database"]) as session:
            user = await store_user(session)
            await store_token(session, user, digest="one")

        with pytest.raises(ConflictError):
            async with transaction(state["database"]) as session:
                await store_token(session, user, **values)

    async def test_one_of_each_purpose(self, session: Session) -> None:
        user = await store_user(session)

        for purpose in Purpose:
            await store_token(session, user, digest=purpose.value, purpose=purpose)

        assert await is_there(session, "verify_email", VERIFY)
        assert await is_there(session, "reset_password", RESET)


class TestFind:
    async def test_for_another_purpose(self, session: Session) -> None:
        await store_token(session, await store_user(session), digest="one")

        assert not await is_there(session, "one", RESET)

    async def test_another_digest(self, session: Session) -> None:
        await store_token(session, await store_user(session), digest="one")

        assert not await is_there(session, "two")

    async def test_expired(self, session: Session) -> None:
        token = await store_token(session, await store_user(session), digest="one")

        assert await UserTokenRepository(session).find("one", VERIFY, token.expires_at) is None


class TestWasAddedSince:
    async def test_only_the_users_own_of_that_purpose(self, session: Session) -> None:
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        token = await store_token(session, user)
        tokens, before = UserTokenRepository(session), token.created_at - HOUR

        assert await tokens.was_added_since(user.id, VERIFY, before)
        assert not await tokens.was_added_since(user.id, VERIFY, token.created_at)
        assert not await tokens.was_added_since(user.id, RESET, before)
        assert not await tokens.was_added_since(stranger.id, VERIFY, before)


class TestUseUp:
    async def test_once(self, session: Session) -> None:
        user = await store_user(session)
        token = await store_token(session, user, digest="one")
        await store_token(session, user, digest="two", purpose=RESET)
        tokens = UserTokenRepository(session)

        results = [await tokens.use_up(token.id) for _ in range(2)]

        assert results == [True, False]
        assert not await is_there(session, "one")
        assert await is_there(session, "two", RESET)


class TestDiscard:
    async def test_only_what_is_named(self, session: Session) -> None:
        user, stranger = await store_user(session), await store_user(session, "bob@example.com")
        await store_token(session, user, digest="one")
        await store_token(session, user, digest="two", purpose=RESET)
        await store_token(session, stranger, digest="three")

        await UserTokenRepository(session).discard(user.id, VERIFY)

        assert not await is_there(session, "one")
        assert await is_there(session, "two", RESET)
        assert await is_there(session, "three")

    async def test_all_purposes(self, session: Session) -> None:
        user = await store_user(session)
        for purpose in Purpose:
            await store_token(session, user, digest=purpose.value, purpose=purpose)

        await UserTokenRepository(session).discard(user.id, *Purpose)

        assert not await is_there(session, "verify_email", VERIFY)
        assert not await is_there(session, "reset_password", RESET)


class TestDeleteExpired:
    async def test_only_those(self, session: Session) -> None:
        now = utc_now()
        user = await store_user(session)
        expired = await store_token(session, user, expires_at=now)
        good = await store_token(session, user, purpose=RESET)
        tokens = UserTokenRepository(session)

        await tokens.delete_expired(now)

        assert not await tokens.use_up(expired.id)
        assert await tokens.use_up(good.id)
