"""app.schemas.permissions: what somebody may be allowed to do."""

import pytest

from app.schemas.permissions.base import find_permission, permissions


class TestPermissions:
    def test_each_has_a_name_of_its_own(self) -> None:
        assert sorted({*permissions()}) == sorted(permissions())

    def test_each_says_what_it_allows(self) -> None:
        assert all(permission.description for permission in permissions())


class TestFindPermission:
    def test_known(self) -> None:
        assert [find_permission(each.value) for each in permissions()] == [*permissions()]

    def test_unknown(self) -> None:
        with pytest.raises(ValueError, match="There is no permission to:fly, only "):
            find_permission("to:fly")
