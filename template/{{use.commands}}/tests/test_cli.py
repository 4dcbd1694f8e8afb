"""app.cli: how every command is run."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from app import cli
from app.core.command import Command, command
from app.core.errors import NotFoundError
from app.core.modules import find
from tests.support.findings import expect_none


def run(*arguments: str) -> Result:
    """Call the program as its user does."""
    return CliRunner().invoke(cli.build(), arguments)


@command
def greet(name: str) -> None:
    """Greet somebody."""
    if name == "Nobody":
        raise NotFoundError("There is nobody of that name.")
    typer.echo(f"Hello {name}.")


@pytest.fixture(autouse=True)
def greeting(
    environment: MutableMapping[str, str],  # noqa: ARG001 - what commands read, put back
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A command of the tests, run where there is no ``.env``."""
    monkeypatch.chdir(tmp_path)
    found = [*cli.commands(), greet]
    monkeypatch.setattr(cli, "commands", lambda: found)


class TestFound:
    def test_every_command(self) -> None:
        expect_none(
            f"{each.name} of {each.run.__module__} is not found: move it to app/commands/"
            for each in find("app", Command)
            if each not in cli.commands()
        )


class TestProgram:
    def test_names_every_command(self) -> None:
        result = run("--help")

        assert result.exit_code == 0
        assert all(command.name in result.stdout for command in cli.commands())

    def test_unknown_command(self) -> None:
        result = run("nonsense")

        assert result.exit_code == 2
        assert "No such command 'nonsense'" in result.stderr


class TestCommand:
    def test_prints(self) -> None:
        result = run("greet", "Ada")

        assert (result.exit_code, result.stdout) == (0, "Hello Ada.\n")

    def test_missing_argument(self) -> None:
        assert run("greet").exit_code == 2

    def test_refuses_in_a_sentence(self) -> None:
        result = run("greet", "Nobody")

        assert result.exit_code == 1
        assert result.output == "There is nobody of that name.\n"

    def test_wrong_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOG_LEVEL", "LOUD")

        result = run("greet", "Ada")

        assert result.exit_code == 1
        assert result.output.startswith("Wrong setting LOG_LEVEL: ")
