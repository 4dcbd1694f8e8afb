"""How each ORM migrates: the commands of its tool, run wherever the caller runs a program."""

from collections.abc import Callable
from typing import Final, Protocol

from tests.harness.variant import Variant

Run = Callable[..., str]
"""Runs a program with its arguments, and gives what it says."""


class Migrations(Protocol):
    """One tool. Each method fails where the tool does."""

    journal: str

    def compare(self, run: Run) -> None:
        """Fail unless the models say what the migrations make."""
        ...

    def upgrade(self, run: Run) -> None:
        """Apply every migration."""
        ...

    def undo(self, run: Run, target: str) -> None:
        """Take back what came after a migration."""
        ...

    def downgrade(self, run: Run) -> None:
        """Take back every migration."""
        ...


class Alembic:
    """Of SQLAlchemy and what is built on it."""

    journal = "alembic_version"

    def compare(self, run: Run) -> None:
        """Compare the models with the database."""
        run("alembic", "check")

    def upgrade(self, run: Run) -> None:
        """Apply every migration."""
        run("alembic", "upgrade", "head")

    def undo(self, run: Run, target: str) -> None:
        """Go back to a revision."""
        run("alembic", "downgrade", target.partition("_")[0])

    def downgrade(self, run: Run) -> None:
        """Take back every migration."""
        run("alembic", "downgrade", "base")


class Tortoise:
    """Of Tortoise ORM."""

    journal = "tortoise_migrations"

    def compare(self, run: Run) -> None:
        """Compare the models with the migrations; the tool writes what it misses."""
        said = run("tortoise", "makemigrations", "--name", "missing")
        assert "No changes detected" in said, f"the models are ahead of the migrations: {said}"

    def upgrade(self, run: Run) -> None:
        """Apply every migration."""
        run("python", "-m", "migrations.upgrade")

    def undo(self, run: Run, target: str) -> None:
        """Go back to a migration."""
        run("tortoise", "downgrade", "models", target)

    def downgrade(self, run: Run) -> None:
        """Take back every migration."""
        run("tortoise", "downgrade", "models")


TOOLS: Final[dict[str, Migrations]] = {"alembic": Alembic(), "tortoise": Tortoise()}


def migrations_of(variant: Variant) -> Migrations:
    """Find the tool of a variant."""
    return next(tool for feature, tool in TOOLS.items() if feature in variant.features)
