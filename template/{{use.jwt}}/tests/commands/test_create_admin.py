"""python -m app.cli create-admin."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from app.commands.create_admin import check
from app.core.lifespan import State
from app.core.security.account_errors import PasswordRefusedError
from tests.support.auth import sign_in
from tests.support.server import ROOT
from tests.support.users import EMAIL, PASSWORD, Bearer, add_user, find_user

Completed = subprocess.CompletedProcess[str]


async def create_admin(folder: Path, email: str = EMAIL, password: str = PASSWORD) -> Completed:
    """Call it as a script does, in a folder where there is no ``.env``."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "app.cli", "create-admin", email],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=f"{password}\n",
        capture_output=True,
        text=True,
        check=False,
    )


class TestCreateAdmin:
    async def test_can_do_everything(self, live_client: AsyncClient, tmp_path: Path) -> None:
        result = await create_admin(tmp_path, "Ada@Example.com")

        assert result.returncode == 0
        assert result.stdout == f"{EMAIL} can sign in as an administrator.\n"
        assert PASSWORD not in result.stderr
        bearer = Bearer((await sign_in(live_client)).access_token)
        assert (await live_client.get("/api/v1/users", auth=bearer)).status_code == 200

    async def test_email_taken(self, live_state: State, tmp_path: Path) -> None:
        before = await add_user(live_state, EMAIL)

        result = await create_admin(tmp_path)

        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == "There is a user with this e-mail.\n"
        after = await find_user(live_state)
        assert (after.role, after.password_hash) == (before.role, before.password_hash)


class TestCheck:
    @pytest.mark.parametrize(
        ("email", "password", "rule"),
        [
            ("ada", PASSWORD, "email: value is not a valid email address"),
            (EMAIL, "", "password: String should have at least 12 characters"),
            (EMAIL, "password1234", "password: is too common"),
            ("somebody.long@example.com", "somebody.long", "password: must not be your e-mail"),
        ],
    )
    def test_rules_for_everybody(self, email: str, password: str, rule: str) -> None:
        with pytest.raises(PasswordRefusedError) as refused:
            check(email, password)

        assert refused.value.detail.startswith(rule)
