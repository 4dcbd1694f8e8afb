"""app.core.live.audience: how many may listen."""

import pytest

from app.config.live import LiveSettings
from app.core.live.audience import Audience
from app.core.live.errors import CrowdedError, TooManyStreamsError
from app.core.live.listener import Hearer


def hearer(name: str) -> Hearer:
    """Listen to what only they are told, and to what all are."""
    return Hearer(name, frozenset({name, "all"}))


class TestAdmit:
    def test_nobody_takes_all_seats(self) -> None:
        audience = Audience(LiveSettings(streams_each=1))

        with audience.admit(hearer("one")):
            with pytest.raises(TooManyStreamsError), audience.admit(hearer("one")):
                pass
            with audience.admit(hearer("other")):
                pass

    def test_no_more_than_there_are(self) -> None:
        audience = Audience(LiveSettings(streams=2))

        with (
            audience.admit(hearer("one")),
            audience.admit(hearer("other")),
            pytest.raises(CrowdedError),
            audience.admit(hearer("third")),
        ):
            pass

    def test_nothing_is_left(self) -> None:
        audience = Audience(LiveSettings(streams_each=1))
        for _ in range(3):
            with audience.admit(hearer("one")):
                pass

        assert not audience.seats
        assert not audience.listeners
