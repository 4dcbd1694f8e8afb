"""app.services.api_key: nobody gives what they do not have."""

import pytest

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.access import ForbiddenError
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import NewKey, OwnedKeyQuery
from app.schemas.permissions.base import Permission, permissions
from app.schemas.principal import Principal
from app.services.api_key import ApiKeyService


class TestGive:
    @pytest.mark.parametrize("scope", permissions())
    async def test_beyond_the_maker(self, state: State, scope: Permission) -> None:
        maker = Principal("1", frozenset(permissions()) - {scope})
        body = NewKey(name="reports", scopes=frozenset(permissions()))

        async with transaction(state["database"]) as session:
            keys = ApiKeyRepository(session)
            with pytest.raises(ForbiddenError) as refused:
                await ApiKeyService(keys).give(maker, "1", body)

            assert refused.value.code == "scope_not_allowed"
            assert scope in refused.value.detail
            assert (await keys.list(OwnedKeyQuery(subject="1"))).total == 0
