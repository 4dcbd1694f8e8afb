"""What every service has to have, whatever its preset says."""

from pathlib import Path

import pytest

from tests.generator.check.conftest import Check
from tests.harness.repositories import commit_all


class TestSecrets:
    @pytest.mark.parametrize(
        "line",
        [
            "SECRET_KEY=0b2fd3c6a1",
            "export API_TOKEN='abc'",
            'SMTP_PASSWORD="changethis"',
            "DATABASE_URL=postgresql://app:hunter2@db.example.com/app",
            "REDIS_URL=redis://:hunter2@cache/0",
        ],
    )
    def test_with_a_value(self, check: Check, service: Path, line: str) -> None:
        name = line.removeprefix("export ").partition("=")[0]
        add(service / ".env.example", f"{line}\n")

        checked = check(service)

        assert checked.code == 8
        [error] = checked.errors
        assert error.startswith(".env.example, line ")
        assert f": {name} has a value that works" in error
        assert "hunter2" not in error

    @pytest.mark.parametrize(
        "line",
        [
            "SECRET_KEY=",
            'SECRET_KEY=""',
            "# SECRET_KEY=0b2fd3c6a1",
            "ACCESS_TOKEN_LIFETIME=15m",
            "REQUIRE_TOKEN=true",
            "DATABASE_URL=postgresql://app@db.example.com:5432/app",
            "SITE=https://example.com/a:b@c",
        ],
    )
    def test_without(self, check: Check, service: Path, line: str) -> None:
        add(service / ".env.example", f"{line}\n")

        assert check(service).errors == []

    def test_environment_in_git(self, check: Check, service: Path) -> None:
        (service / ".env").write_text("SECRET_KEY=0b2fd3c6a1\n")
        (service / ".gitignore").unlink()
        commit_all(service, "Everything")

        assert check(service).errors == [
            ".env is in git: take it out (`git rm --cached .env`), renew its secrets"
        ]

    def test_environment_that_git_ignores(self, check: Check, service: Path) -> None:
        (service / ".env").write_text("SECRET_KEY=0b2fd3c6a1\n")
        commit_all(service, "All that is not ignored")

        assert check(service).errors == []


@pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
def test_probes(check: Check, service: Path, probe: str) -> None:
    for path in (service / "app").rglob("*.py"):
        path.write_text(path.read_text().replace(f'"{probe}"', '"/elsewhere"'))

    assert check(service).errors == [f"the service has no {probe}: a platform asks for it"]


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)
