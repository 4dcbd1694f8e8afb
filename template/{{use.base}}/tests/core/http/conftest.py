"""The layers are tested without the API that lies behind them."""

import pytest

from app.api import v1


@pytest.fixture(autouse=True)
def no_api(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put applications together in a fraction of the time."""
    monkeypatch.setattr(v1, "ROUTERS", [])
