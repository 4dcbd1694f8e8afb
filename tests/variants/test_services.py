"""A server that is missing is skipped by name on a laptop, and is a failure in CI."""

import pytest

from tests.harness.servers import free_port
from tests.harness.services import REQUIRED, Service


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service that nobody offers."""
    monkeypatch.delenv(REQUIRED, raising=False)
    monkeypatch.delenv("TEST_NOWHERE_URL", raising=False)
    return Service("Nowhere", "TEST_NOWHERE_URL", f"nowhere://127.0.0.1:{free_port()}/")


def test_skipped_by_name(service: Service) -> None:
    with pytest.raises(pytest.skip.Exception, match=r"no Nowhere answers.*TEST_NOWHERE_URL"):
        service.url()


def test_required(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "1")

    with pytest.raises(AssertionError, match="no Nowhere answers"):
        service.url()


def test_named(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names a server wants it to be used."""
    monkeypatch.setenv("TEST_NOWHERE_URL", service.local)

    with pytest.raises(AssertionError, match="no Nowhere answers"):
        service.url()
