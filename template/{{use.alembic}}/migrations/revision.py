"""What becomes a migration."""

from collections.abc import Iterable

from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext


def nothing_unless_changed(
    _context: MigrationContext, _revision: object, scripts: list[MigrationScript]
) -> None:
    """Write no migration where the models have not changed, unless one to fill in is asked for."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and not any(changes(scripts)):
        scripts.clear()
        context.config.print_stdout("Nothing has changed in the models: no migration is written.")


def changes(scripts: Iterable[MigrationScript]) -> Iterable[bool]:
    """Say for each script whether it does anything."""
    for script in scripts:
        assert script.upgrade_ops is not None  # noqa: S101 - there is one database
        yield not script.upgrade_ops.is_empty()
