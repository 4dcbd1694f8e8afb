"""app.core.logging: one line an event, whoever logs it."""

import json
import logging
from collections.abc import Generator
from typing import Final

import pytest
import structlog

from app.config.log import LogSettings
from app.config.settings import Settings
from app.core.logging import configure_logging


@pytest.fixture(autouse=True)
def logging_put_back(settings: Settings) -> Generator[None]:
    """Let the other tests log as before, to where the test run's output goes."""
    yield
    configure_logging(settings.log)


SECRET: Final = "hunter2"  # a name, because tracebacks show the line itself


def fail(password: str) -> None:
    """Fail while holding a secret."""
    raise ValueError(f"{len(password)} letters")


def log_all() -> None:
    """Log through structlog and through the standard library, an error too."""
    ours = structlog.stdlib.get_logger()
    theirs = logging.getLogger("library")
    ours.info("ours", amount=3)
    theirs.info("theirs %d", 4)
    for log in (ours, theirs):
        try:
            fail(SECRET)
        except ValueError:
            log.exception("failed")


class TestJson:
    def test_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="json"))

        log_all()

        output = capsys.readouterr().out
        lines = [json.loads(line) for line in output.splitlines()]
        assert [each["event"] for each in lines] == ["ours", "theirs 4", "failed", "failed"]
        assert [each["level"] for each in lines] == ["info", "info", "error", "error"]
        assert all(each["timestamp"].endswith("Z") for each in lines)
        assert lines[0]["amount"] == 3
        assert lines[1]["logger"] == "library"

    def test_libraries_do_not_debug(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What they say there may hold the values of a query."""
        configure_logging(LogSettings(format="json", level="DEBUG"))

        structlog.stdlib.get_logger().debug("ours")
        logging.getLogger("library").debug("theirs %s", SECRET)

        output = capsys.readouterr().out
        assert "ours" in output
        assert "theirs" not in output

    def test_errors_without_local_variables(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="json"))

        log_all()

        output = capsys.readouterr().out
        for line in output.splitlines()[2:]:
            (error,) = json.loads(line)["exception"]
            assert (error["exc_type"], error["exc_value"]) == ("ValueError", "7 letters")
            assert [frame["name"] for frame in error["frames"]] == ["log_all", "fail"]
        assert "hunter2" not in output

    def test_context(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="json"))

        with structlog.contextvars.bound_contextvars(request_id="r1"):
            log_all()

        output = capsys.readouterr().out
        assert {json.loads(line)["request_id"] for line in output.splitlines()} == {"r1"}


class TestConsole:
    def test_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="console"))

        log_all()

        output = capsys.readouterr().out
        ours, theirs, *errors = output.splitlines()
        assert "ours" in ours
        assert "amount=3" in ours
        assert "theirs 4" in theirs
        assert errors.count("Traceback (most recent call last):") == 2
        assert errors.count("ValueError: 7 letters") == 2

    def test_no_colours_in_a_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="console"))

        log_all()

        output = capsys.readouterr().out
        assert "\x1b" not in output

    def test_errors_without_local_variables(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(format="console"))

        log_all()

        output = capsys.readouterr().out
        assert "hunter2" not in output


class TestLevel:
    def test_lower_levels_are_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging(LogSettings(level="ERROR"))

        log_all()

        output = capsys.readouterr().out
        lines = [json.loads(line) for line in output.splitlines()]
        assert [each["event"] for each in lines] == ["failed", "failed"]
