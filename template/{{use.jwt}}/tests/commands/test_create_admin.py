"""python -m app.cli create-admin."""

import asyncio

import pytest
from httpx2 import AsyncClient
from typer.testing import CliRunner, Result

from app import cli
from tests.support.auth import sign_in
from tests.support.users import EMAIL, PASSWORD, Bearer


async def create_admin(email: str = EMAIL, password: str = PASSWORD) -> Result:
    """Call it as a script does, in a process that has a loop of its own."""
    arguments = ["create-admin", email]
    return await asyncio.to_thread(
        CliRunner().invoke, cli.build(), arguments, input=f"{password}\n"
    )


class TestCreateAdmin:
    async def test_can_do_everything(self, live_client: AsyncClient) -> None:
        result = await create_admin("Ada@Example.com")

        assert result.exit_code == 0
        assert result.stdout == f"{EMAIL} can sign in as an administrator.\n"
        bearer = Bearer((await sign_in(live_client)).access_token)
        assert (await live_client.get("/api/v1/users", auth=bearer)).status_code == 200

    async def test_email_taken(self, live_client: AsyncClient) -> None:
        await create_admin()

        result = await create_admin(password="eight lazy otters")

        assert result.exit_code == 1
        assert result.output == "There is a user with this e-mail.\n"
        await sign_in(live_client)

    @pytest.mark.usefixtures("database")
    @pytest.mark.parametrize(
        ("email", "password", "rule"),
        [
            ("ada", PASSWORD, "email: value is not a valid email address"),
            (EMAIL, "short", "password: String should have at least 12 characters"),
            (EMAIL, "password1234", "password: is too common"),
            (EMAIL, "", "password: String should have at least 12 characters"),
        ],
    )
    async def test_refused_in_a_sentence(self, email: str, password: str, rule: str) -> None:
        result = await create_admin(email, password)

        assert result.exit_code == 1
        assert result.output.startswith(rule)
        assert result.output.count("\n") == 1
        assert not password or password not in result.output
