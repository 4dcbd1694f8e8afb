"""app.schemas.permissions: what somebody may be allowed to do."""

from enum import EnumType

import pytest

from app.core.modules import find
from app.schemas.permissions.base import Permission, find_permission, permissions
from tests.support.findings import expect_none


class TestPermissions:
    def test_each_has_a_name_of_its_own(self) -> None:
        assert sorted({*permissions()}) == sorted(permissions())

    def test_each_says_what_it_allows(self) -> None:
        expect_none(
            f"{permission!r} has no description: say behind its name what it allows"
            for permission in permissions()
            if not permission.description.strip()
        )

    def test_each_says_who_has_it(self) -> None:
        expect_none(
            f"{permission!r} is granted to nobody: say EVERYBODY or ADMINISTRATORS behind its "
            "description"
            for permission in permissions()
            if permission.everybody is None
        )

    def test_each_is_found(self) -> None:
        expect_none(
            f"{kind.__module__}.{kind.__name__} is not found: move it to app/schemas/permissions/"
            for kind in find("app", EnumType)
            if issubclass(kind, Permission) and not {*kind} <= {*permissions()}
        )


class TestFindPermission:
    def test_known(self) -> None:
        assert [find_permission(each.value) for each in permissions()] == [*permissions()]

    def test_unknown(self) -> None:
        with pytest.raises(ValueError, match="There is no permission to:fly, only "):
            find_permission("to:fly")
