"""What a rule has found, told in sentences."""

from collections.abc import Iterable

import pytest


def expect_none(findings: Iterable[str]) -> None:
    """Fail with all of them, one a line, and without a traceback: it would tell nothing more."""
    if found := "\n".join(findings):
        pytest.fail(found, pytrace=False)
