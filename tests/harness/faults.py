"""Faults to seed into a generated service, and the stages that have to catch them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Seed = Callable[[Path], None]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. Each stage of ``caught_by`` fails, and its reason ``says`` why."""

    name: str
    seed: Seed
    caught_by: tuple[str, ...]
    says: str
    installs: bool = False  # whether it shows only in an environment of its own
    tasks: bool = False  # whether it shows only in a service with workers
    users: bool = False  # whether it shows only in a service with users

    def __str__(self) -> str:
        return self.name


def replaced(path: str, old: str, new: str) -> Seed:
    """Change a text that occurs once."""

    def seed(project: Path) -> None:
        text = (project / path).read_text()
        assert text.count(old) == 1, f"{path} has {text.count(old)} times: {old}"
        (project / path).write_text(text.replace(old, new))

    return seed


def appended(path: str, text: str) -> Seed:
    """Add to the end of a file, which may be a new one."""

    def seed(project: Path) -> None:
        with (project / path).open("a") as file:
            file.write(text)

    return seed


def without_line(path: str, part: str, moved_after: str | None = None) -> Seed:
    """Take out the one line that has a part; or move it to behind another line."""

    def seed(project: Path) -> None:
        lines = (project / path).read_text().splitlines(keepends=True)
        (taken,) = (line for line in lines if part in line)
        lines.remove(taken)
        if moved_after is not None:
            lines.insert(lines.index(f"{moved_after}\n") + 1, taken)
        (project / path).write_text("".join(lines))

    return seed


FIRST_MIGRATION: Final = "migrations/versions/0001_initial.py"

AT_START: Final = "    configure_logging(settings.log)\n"
"""A line of create_app() after which the service is told what to do at its start."""

SWEEP: Final = "    if not overdue:\n"
"""A line of the task that beat hands in every few seconds."""


MIGRATE: Final = "$(BIN)/python -m scripts.with_database alembic"
"""How a line of the Makefile begins that brings a database to today's schema."""


def at_start(statement: str) -> Seed:
    """Do something whenever the application is built."""
    return replaced("app/main.py", AT_START, f"{AT_START}    {statement}\n")


def test_that(statement: str) -> str:
    """Write a test module with one test."""
    return f"def test_seeded() -> None:\n    {statement}\n"


FAULTS: Final = (
    Fault(
        "a Python that nobody has",
        replaced("pyproject.toml", 'requires-python = ">=3.11"', 'requires-python = ">=3.99"'),
        ("install",),
        "make setup",
        installs=True,
    ),
    Fault(
        "a missing dependency",
        without_line("pyproject.toml", '"aiosqlite'),
        ("migrate",),
        "No module named 'aiosqlite'",
        installs=True,
    ),
    Fault(
        "a dependency that is declared for development only",
        without_line("pyproject.toml", '"structlog', moved_after="dev = ["),
        ("production",),
        "No module named 'structlog'",
        installs=True,
    ),
    Fault(
        "a wrong import",
        replaced("app/main.py", "import health, v1", "import healthy, v1"),
        ("types", "tests", "boot"),
        "healthy",
    ),
    Fault(
        "a migration without its way back",
        replaced(FIRST_MIGRATION, "op.drop_table(table)", "pass"),
        ("rollback",),
        r"leaves the tables \['items'\]",
    ),
    Fault(
        "a migration that fails",
        replaced(FIRST_MIGRATION, "list[str] = []", 'list[str] = ["DROP TABLE orders"]'),
        ("migrate",),
        "no such table: .*orders",
    ),
    Fault(
        "a model without its migration",
        replaced(
            "app/models/item.py",
            "    price_cents: Mapped[int]\n",
            "    price_cents: Mapped[int]\n    colour: Mapped[str]\n",
        ),
        ("models",),
        "colour",
    ),
    Fault(
        "a route that answers 500",
        replaced("app/api/v1/items.py", "return await items.list(query)", "raise RuntimeError"),
        ("walk",),
        "GET /api/v1/items.* answered 500, not 200",
    ),
    Fault(
        "documentation that is public in production",
        replaced("app/config/app.py", "is not Environment.PRODUCTION", "is not None"),
        ("walk",),
        "GET /docs answered 200, not 404",
    ),
    Fault(
        "a word of a feature that is off",
        appended("README.md", "\nPostgreSQL would do as well.\n"),
        ("traces",),
        "postgresql is off, but there is the word 'postgresql' in README.md",
    ),
    Fault(
        "a package of a feature that is off",
        replaced("pyproject.toml", "dependencies = [\n", 'dependencies = [\n    "asyncpg",\n'),
        ("traces",),
        "postgresql is off, but there is the package asyncpg",
    ),
    Fault(
        "an expression that is not rendered",
        appended("README.md", "\n{{ project_name }}\n"),
        ("traces",),
        "README.md.*project_name",
    ),
    Fault(
        "a name that nobody uses",
        replaced("app/main.py", "from fastapi", "import asyncio\n\nfrom fastapi"),
        ("lint",),
        "F401",
    ),
    Fault(
        "a file that is not formatted",
        appended("app/core/http/drain.py", "\n\nNUMBERS = [1,2]\n"),
        ("format",),
        "drain.py",
    ),
    Fault(
        "an import that runs upwards",
        replaced("app/services/item.py", "from app.core.errors", "from app.api.errors"),
        ("lint",),
        "app.services is not allowed to import app.api",
    ),
    Fault(
        "a wrong type",
        appended("app/core/http/drain.py", '\n\nNUMBER: int = "one"\n'),
        ("types",),
        "drain.py",
    ),
    Fault(
        "a warning",
        appended("tests/test_seeded.py", test_that("__import__('warnings').warn('seeded')")),
        ("tests", "shared"),
        "test_seeded.py",
    ),
    Fault(
        "a test that is skipped",
        appended("tests/test_seeded.py", test_that("__import__('pytest').skip()")),
        ("tests",),
        "a test was skipped",
    ),
    Fault(
        "a worker that does not end with 0",
        replaced("app/commands/worker.py", "run_worker(settings))", "run_worker(settings) or 3)"),
        ("tasks",),
        "ends with 3 on SIGTERM",
        tasks=True,
    ),
    Fault(
        "an error that a task logs",
        replaced("app/tasks/outbox.py", SWEEP, f"    log.error('seeded')\n{SWEEP}"),
        ("tasks",),
        "the log is not clean",
        tasks=True,
    ),
    Fault(
        "documentation that nobody finds",
        replaced("app/config/app.py", "is not Environment.PRODUCTION", "is Environment.TEST"),
        ("docs",),
        "GET /docs answered 404, not 200",
    ),
    Fault(
        "an operation that documents another error than it answers",
        replaced(
            "app/api/v1/items.py",
            "responses=problems())",
            'responses={422: {"description": "No", "content": {"text/plain": {}}}})',
        ),
        ("docs",),
        "documents another 422",
    ),
    Fault(
        "a start that fails",
        appended("gunicorn.conf.py", "\n\ndef post_fork(*_):\n    raise SystemExit(4)\n"),
        ("boot",),
        "is not ready",
    ),
    Fault(
        "an error in the log",
        at_start('__import__("logging").error("seeded")'),
        ("stop",),
        "the log is not clean",
    ),
    Fault(
        "a line that is no JSON in the log",
        at_start('print("Ready!")'),
        ("stop",),
        "not JSON: Ready!",
    ),
    Fault(
        "a process that outlives the service",
        at_start('__import__("subprocess").Popen(["sleep", "60"])'),
        ("stop",),
        "leaves processes behind",
    ),
    Fault(
        "an end with another status",
        appended("gunicorn.conf.py", "\n\ndef on_exit(_):\n    raise SystemExit(3)\n"),
        ("stop",),
        "ends with 3 on SIGTERM",
    ),
    Fault(
        "a SIGTERM that is ignored",
        appended(
            "gunicorn.conf.py",
            "\n\ndef when_ready(_):\n    import signal\n\n"
            "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n",
        ),
        ("stop",),
        "ignores SIGTERM",
    ),
    Fault(
        "a development that is production",
        replaced(
            "Makefile",
            "exec $(BIN)/python -m scripts",
            "ENVIRONMENT=production $(BIN)/python -m scripts",
        ),
        ("servers",),
        "Wrong setting DATABASE_URL",
    ),
    Fault(
        "a verb that wants what nobody sets",
        replaced("Makefile", MIGRATE, f'test "$$DATABASE_URL" && {MIGRATE}'),
        ("verbs",),
        "make migrate",
    ),
    Fault(
        "a migration for nothing",
        replaced("migrations/revision.py", "scripts.clear()", "scripts.copy()"),
        ("tables",),
        "a migration for nothing",
        users=True,
    ),
)
