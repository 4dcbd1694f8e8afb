"""python -m app.cli create-admin."""

import asyncio
import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress
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


def at_terminal(folder: Path, typed: list[str]) -> str:
    """Type at a terminal, first something too early, then what is asked for; give what is seen."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.cli", "create-admin", EMAIL]
    with subprocess.Popen(  # noqa: S603 - ours
        command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        while termios.tcgetattr(theirs)[3] & termios.ECHO:
            assert process.poll() is None
        os.write(ours, b"too early for a prompt\n")
        seen = b""
        for line in typed:
            while not seen.endswith((b"Password: ", b"Once more: ")):
                seen += os.read(ours, 1024)
            os.write(ours, f"{line}\n".encode())
            seen += os.read(ours, 1024)
        assert process.wait() == 0
    os.close(theirs)
    with suppress(OSError):  # the other end is closed
        seen += os.read(ours, 1024)
    os.close(ours)
    return seen.decode()


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


class TestTerminal:
    async def test_asks_until_it_is_right(self, live_client: AsyncClient, tmp_path: Path) -> None:
        typed = ["short", PASSWORD, "another one entirely", PASSWORD, PASSWORD]

        said = await asyncio.to_thread(at_terminal, tmp_path, typed)

        assert said.splitlines() == [
            "At least 12 characters, none of the common passwords, nor your e-mail.",
            "Password: ",
            "password: String should have at least 12 characters",
            "Password: ",
            "Once more: ",
            "That was another one.",
            "Password: ",
            "Once more: ",
            f"{EMAIL} can sign in as an administrator.",
        ]
        assert (await sign_in(live_client)).access_token


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
