"""What a service may say while everything is well."""

import json
from collections.abc import Iterable
from typing import Final, cast

QUIET: Final = {"debug", "info"}


def check_log(lines: Iterable[str], *provoked: str) -> None:
    """Every line is a JSON object, with an event and a time in UTC.

    Its level is INFO at most, but for the events that were provoked.
    """
    for line in lines:
        record = parse(line)
        assert record.get("level") in QUIET or record.get("event") in provoked, (
            f"the log is not clean: {line}"
        )
        assert record.get("event"), f"the log has a line without an event: {line}"
        assert str(record.get("timestamp")).endswith("Z"), f"the log has a local time: {line}"


def parse(line: str) -> dict[str, object]:
    """Read one line."""
    try:
        record = cast("object", json.loads(line))
    except ValueError:
        raise AssertionError(f"the log has a line that is not JSON: {line}") from None
    assert isinstance(record, dict), f"the log has a line that is no object: {line}"
    return cast("dict[str, object]", record)
