"""app.config.parameters: what stands behind the question mark of a PostgreSQL URL."""

from pathlib import Path

import pytest

from app.config.parameters import check_parameters, handed_on, not_kept

URL = "postgresql://user:password@host/database"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user who keeps no certificates."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    return tmp_path


class TestCheckParameters:
    @pytest.mark.parametrize(
        "query",
        [
            "sslmode=require&channel_binding=require",
            "sslmode=verify-full&sslrootcert=system",
            "connect_timeout=10&application_name=shop",
            "keepalives=1&keepalives_idle=30&keepalives_interval=5&keepalives_count=3",
            "gssencmode=disable&target_session_attrs=read-write",
            "options=-c%20search_path%3Dshop",
        ],
    )
    def test_accepted(self, query: str) -> None:
        check_parameters(f"{URL}?{query}")

    @pytest.mark.parametrize(
        "query",
        [
            "pgbouncer=true",
            "search_path=shop",
            "gssencmode=require",
            "sslmode=strict",
            "connect_timeout=soon",
            "requirepeer=postgres",
            "replication=database",
        ],
    )
    def test_refused_by_name(self, query: str) -> None:
        name, _, value = query.partition("=")

        with pytest.raises(ValueError, match=name) as raised:
            check_parameters(f"{URL}?{query}")

        assert value not in str(raised.value).replace(name, "")

    @pytest.mark.parametrize("query", ["sslmode=verify-full", "sslmode=require&sslrootcert=ca.pem"])
    @pytest.mark.usefixtures("home")
    def test_no_certificate(self, query: str) -> None:
        with pytest.raises(ValueError, match="no root certificate"):
            check_parameters(f"{URL}?{query}")

    def test_a_certificate_at_home(self, home: Path) -> None:
        (home / ".postgresql").mkdir()
        (home / ".postgresql/root.crt").touch()

        check_parameters(f"{URL}?sslmode=verify-full")


class TestHandedOn:
    def test_what_asyncpg_knows(self) -> None:
        url = f"{URL}?sslmode=require&channel_binding=require&connect_timeout=3&options=-c%20a%3Db"

        assert handed_on(url) == f"{URL}?sslmode=require&options=-c+a%3Db"

    def test_a_plus_is_no_space(self) -> None:
        assert handed_on(f"{URL}?password=a+b") == f"{URL}?password=a%2Bb"

    def test_the_certificates_of_the_machine_are_no_file(self) -> None:
        assert handed_on(f"{URL}?sslmode=verify-full&sslrootcert=system") == URL


class TestNotKept:
    def test_named(self) -> None:
        url = f"{URL}?channel_binding=require&keepalives_idle=30"

        assert not_kept(url) == ["channel_binding", "keepalives_idle"]

    def test_nothing(self) -> None:
        assert not_kept(f"{URL}?channel_binding=prefer&sslmode=require") == []
