"""What a service may say while everything is well."""

import json
from collections.abc import Iterable
from typing import cast

QUIET = {"debug", "info"}


def check_log(lines: Iterable[str]) -> None:
    """Every line is a JSON object of level INFO at most, with an event and a time in UTC."""
    for line in lines:
        record = parse(line)
        assert record.get("level") in QUIET, f"the log is not clean: {line}"
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
