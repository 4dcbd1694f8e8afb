"""Moments, whose zone MySQL does not keep."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it has

from datetime import datetime
from typing import Final

import asyncmy.converters
from asyncmy.constants import FIELD_TYPE


def moment(text: str) -> datetime | str:
    """Read a moment in UTC. What is no date, like MySQL's zeros, stays text, as asyncmy has it."""
    try:
        return datetime.fromisoformat(f"{text}+00:00")
    except ValueError:
        return text


DECODERS: Final[dict[object, object]] = {
    **asyncmy.converters.conversions,
    FIELD_TYPE.DATETIME: moment,
    FIELD_TYPE.TIMESTAMP: moment,
}
