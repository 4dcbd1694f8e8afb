"""app.config.orders: how long something is waited for, or kept."""

from collections.abc import MutableMapping
from datetime import timedelta

import pytest
from pydantic import ValidationError

from app.config.orders import OrderSettings


def test_seconds(environment: MutableMapping[str, str]) -> None:
    environment.update(ORDER_PENDING_TTL="1.5", IDEMPOTENCY_TTL="60")

    settings = OrderSettings.read()

    assert settings.pending_ttl == timedelta(seconds=1.5)
    assert settings.idempotency_ttl == timedelta(minutes=1)


@pytest.mark.parametrize("name", ["ORDER_PENDING_TTL", "IDEMPOTENCY_TTL"])
def test_not_at_once(environment: MutableMapping[str, str], name: str) -> None:
    environment[name] = "0"

    with pytest.raises(ValidationError, match=name):
        OrderSettings.read()
