"""app.config.redis: what cannot be a server's address is said at the start."""

import pytest
from pydantic import ValidationError

from app.config.redis import RedisSettings
from app.core.redis import ONE_ATTEMPT, connect


def settings_of(url: str, monkeypatch: pytest.MonkeyPatch) -> RedisSettings:
    """Read them with a URL."""
    monkeypatch.setenv("REDIS_URL", url)
    return RedisSettings.read()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://cache.example.com", {"host": "cache.example.com"}),
        ("redis://:p%40ss%2Fword@h:6380/3", {"password": "p@ss/word", "port": 6380, "db": 3}),
        ("rediss://me:secret@h:6379/0", {"username": "me", "password": "secret"}),
        ("rediss://h?ssl_ca_certs=/etc/ca.pem", {"ssl_ca_certs": "/etc/ca.pem"}),
        ("unix:///run/redis.sock", {"path": "/run/redis.sock"}),
        ("redis+socket:///run/redis.sock", {"path": "/run/redis.sock"}),
    ],
)
def test_taken(url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = connect(settings_of(url, monkeypatch), ONE_ATTEMPT, 1).connection_pool

    assert expected.items() <= pool.connection_kwargs.items()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://h:6379/0", "use the form redis://user:password@host:6379/0"),
        ("h:6379", "use the form redis://user:password@host:6379/0"),
        ("redis:///0", "use the form redis://user:password@host:6379/0"),
        ("redis://h:port/0", "use the form redis://user:password@host:6379/0"),
        ("redis://h:99999/0", "Port out of range 0-65535"),
        ("redis://h/cache", "use the form redis://user:password@host:6379/0"),
        ("redis://h?timeout=5", "the parameter timeout is none of ssl_ca_certs"),
    ],
)
def test_refused(url: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match=reason):
        settings_of(url, monkeypatch)


def test_password_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError) as raised:
        settings_of("http://:hunter2@h:6379/0", monkeypatch)

    assert "hunter2" not in str(raised.value)
