"""/api/v1/files: whose a file is."""

from collections.abc import Mapping
from typing import Final

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.files import FILES, FORM, FileBody, content_of, form, part
from tests.support.users import signed_in

# to read, to list, to download and to remove
MATRIX: Final[Mapping[str, tuple[int, int, int, int]]] = {
    "owner": (200, 1, 200, 204),
    "somebody else": (404, 0, 404, 404),
    "administrator": (200, 1, 200, 204),
}


@pytest.fixture
async def people(state: State) -> Mapping[str, Auth]:
    """Everybody of the matrix."""
    roles = {"owner": Role.USER, "somebody else": Role.USER, "administrator": Role.ADMIN}
    return {who: (await signed_in(state, role))[1] for who, role in roles.items()}


@pytest.fixture
async def file(client: AsyncClient, people: Mapping[str, Auth]) -> FileBody:
    """What belongs to the owner."""
    sent = await client.post(FILES, content=form(part("a.txt")), headers=FORM, auth=people["owner"])
    return sent.json()["items"][0]


class TestWhoMayWhat:
    """OWASP API1:2023."""

    @pytest.mark.parametrize("who", MATRIX)
    async def test_each(
        self, client: AsyncClient, people: Mapping[str, Auth], file: FileBody, who: str
    ) -> None:
        path, auth = f"{FILES}/{file['id']}", people[who]

        found = (
            (await client.get(path, auth=auth)).status_code,
            (await client.get(FILES, auth=auth)).json()["total"],
            (await client.get(content_of(file), auth=auth)).status_code,
            (await client.delete(path, auth=auth)).status_code,
        )

        assert found == MATRIX[who]

    async def test_not_even_whether_it_is_held(
        self, client: AsyncClient, people: Mapping[str, Auth], file: FileBody
    ) -> None:
        response = await client.get(
            content_of(file), headers={"If-None-Match": "*"}, auth=people["somebody else"]
        )

        assert response.status_code == 404
