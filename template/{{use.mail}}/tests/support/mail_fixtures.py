"""Fixtures for tests that read mail."""

import pytest

from app.core.lifespan import State
from tests.support.mailbox import Mailbox


@pytest.fixture
def mailbox(state: State) -> Mailbox:
    """What the service has sent in this test."""
    mailer = state["mailer"]
    assert isinstance(mailer, Mailbox)
    return mailer
