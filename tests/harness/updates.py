"""Plain ``copier update``, as the user of a service runs it."""

from pathlib import Path

import copier

from tests.harness.compiling import copied_once
from tests.harness.repositories import commit_all


def update(service: Path, **answers: object) -> None:
    """Update to the newest commit with other answers, and commit the result."""
    with copied_once():
        copier.run_update(
            service,
            data=answers,
            vcs_ref="HEAD",
            defaults=True,
            overwrite=True,
            quiet=True,
            settings=copier.Settings(),
        )
    commit_all(service, "Updated")
