"""What the test of the command `check` shares with those of the checks."""

from tests.generator.check.conftest import check, service

__all__ = ["check", "service"]
