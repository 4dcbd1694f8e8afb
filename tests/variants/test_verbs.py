"""The verbs of a generated Makefile, where their effect is not a stage of every variant."""

import os
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.harness.commands import CommandError
from tests.harness.faulty import until
from tests.harness.migrations import migrations_of
from tests.harness.places import ROOT
from tests.harness.projects import Project, service_imports
from tests.harness.renders import Renders
from tests.harness.stages.installing import stage_install, stage_production
from tests.harness.stages.migrating import stage_migrate, stage_models
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with, variants
from tests.harness.walk import Walker, walk_docs
from tests.harness.walk_items import create, page
from tests.harness.workbench import Workbench, workbench

PEN = (
    "INSERT INTO items (name, price_cents, created_at, updated_at, version)"
    " VALUES ('Pen', 120, now(), now(), 1)"
)
TESTS = {"test", "test-fast", "coverage"}
VERBS = TESTS | {"setup", "dev", "run", "lint", "types", "check", "format", "help"}
NEW_COLUMNS = {
    "sqlalchemy": """\
    colour: Mapped[str | None] = mapped_column(String(20))
    sold_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
""",
    "sqlmodel": """\
    colour: str | None = Field(default=None, max_length=20)
    sold_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
""",
    "tortoise": """\
    colour = CharField(max_length=20, null=True)
    sold_at = UtcDatetimeField(null=True)
""",
}
"""Lines of the model to add."""


def verbs(makefile: str) -> set[str]:
    """List the verbs that ``make help`` shows."""
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


@pytest.mark.parametrize("database", [True, False], ids=["database", "no-database"])
def test_verbs_are_documented(renders: Renders, database: bool) -> None:
    variant = next(each for each in variants() if ("database" in each.features) is database)
    found = verbs((renders.get(variant.answers) / "Makefile").read_text())

    assert found >= VERBS
    assert ({"migrate", "migration"} <= found) is database


@pytest.mark.slow
def test_setup_without_uv(renders: Renders, tmp_path: Path) -> None:
    """Beforehand there need to be only Python, make and git."""
    variant = variant_with(database="sqlite", auth="none", sample="items", celery=False)
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)

        bench.make("setup", PATH=path_without("uv", tmp_path / "bin"))

        assert (bench.project / ".tools/bin/uv").exists()
        assert bench.tool("python", "-c", "import app.main") == ""


def path_without(program: str, replacement: Path) -> str:
    """Give a PATH on which everything is found but one program."""
    replacement.mkdir()
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    for folder in folders:
        if (folder / program).exists():
            for each in folder.iterdir():
                link = replacement / each.name
                if each.name not in {program, f"{program}x"} and not link.exists():
                    link.symlink_to(each)
    kept = (str(folder) for folder in folders if not (folder / program).exists())
    return os.pathsep.join([*kept, str(replacement)])


@pytest.mark.slow
@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_dev_needs_no_server(renders: Renders, tmp_path: Path, database: str) -> None:
    """`make dev` brings a database of its own, migrates it, serves, and ends without a trace."""
    variant = variant_with(database=database, auth="none", sample="items", celery=False)
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)

        server = bench.serve("make", "dev", folder=bench.project)
        with Walker(server.url) as walker:
            create(walker, "Pen", 120)
            walk_docs(walker)
        server.stop()

        server = bench.serve("make", "dev", folder=bench.project)
        with Walker(server.url) as walker:
            assert page(walker) == ["Pen"]
        server.stop()


@pytest.mark.slow
def test_dev_runs_tasks(renders: Renders, tmp_path: Path) -> None:
    """The API, a worker, beat and their broker together; one signal ends all of it."""
    variant = variant_with(
        database="postgresql", auth="none", sample="items", celery=True, broker="redis"
    )
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)

        server = bench.serve("make", "dev", folder=bench.project)
        until(lambda: any("task=outbox.sweep" in line for line in server.lines()), "a task")
        server.stop()


@pytest.mark.slow
def test_dev_says_which_broker_it_needs(renders: Renders, tmp_path: Path) -> None:
    variant = variant_with(auth="none", sample="items", celery=True, broker="rabbitmq")
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)

        with pytest.raises(CommandError, match="CELERY_BROKER_URL is not set: name a RabbitMQ"):
            bench.make("dev")


@pytest.mark.slow
def test_dev_says_what_it_needs(renders: Renders, tmp_path: Path) -> None:
    """A server that no package brings has to be named; `make dev` says how."""
    variant = variant_with(database="mysql", auth="none", sample="items", celery=False)
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)

        with pytest.raises(CommandError, match="DATABASE_URL is not set: name a MySQL") as refused:
            bench.make("dev")
        assert "Traceback" not in str(refused.value)

        server = bench.serve("make", "dev", folder=bench.project, **bench.address)
        with Walker(server.url) as walker:
            create(walker, "Pen", 120)
        server.stop()


@pytest.mark.slow
@pytest.mark.parametrize("orm", NEW_COLUMNS)
@pytest.mark.parametrize("database", ["postgresql", "mysql", "sqlite"])
def test_migration_on_data(renders: Renders, tmp_path: Path, database: str, orm: str) -> None:
    """A changed model becomes a migration that goes up and down over what is stored.

    Unlike the table of the stage `tables`, this one is of the template's first migration, and it is
    not emptied before the way down.
    """
    variant = variant_with(orm=orm, database=database, auth="none", sample="items", celery=False)
    with workbench(variant, tmp_path, renders) as bench:
        tool, run = migrations_of(bench.variant), partial(bench.tool, **bench.address)
        for stage in (stage_generate, stage_install, stage_production, stage_migrate):
            stage(bench)
        store_an_item(bench)
        add_columns(bench.project / "app/models/item.py", NEW_COLUMNS[orm])
        bench.make("format")

        bench.make("migration", "m=add a colour to items", **bench.address)
        assert imports_of_the_service(bench.project) == {}
        bench.make("migrate", **bench.address)
        bench.make("lint")
        tool.compare(run)
        assert items(bench) == ["Pen"]

        tool.undo(run, "0001_initial")
        stage_models(bench)
        assert items(bench) == ["Pen"]


@pytest.mark.slow
def test_users_come_to_items_on_tortoise_and_mysql(renders: Renders, tmp_path: Path) -> None:
    """The line that docs/options.md has for it lets the migration pass, and the items stay."""
    (line,) = re.findall(r"`(ops\.RunSQL\(.*?\))`", (ROOT / "docs/options.md").read_text())
    mysql = {"orm": "tortoise", "database": "mysql", "sample": "items", "celery": False}
    before = renders.get(variant_with(auth="none", **mysql).answers)
    with workbench(variant_with(auth="jwt", **mysql), tmp_path, renders) as bench:
        for stage in (stage_generate, stage_install):
            stage(bench)
        history = bench.project / "migrations/versions"
        shutil.copy(before / "migrations/versions/0001_initial.py", history)
        bench.make("migrate", **bench.address)
        assert bench.database
        bench.database.run(PEN)
        bench.make("migration", "m=users", **bench.address)
        (made,) = history.glob("0002_*.py")
        first = re.compile(r'( +)ops\.AlterField\(\s+model_name="Item"')

        made.write_text(first.sub(rf"\1{line},\n\g<0>", made.read_text(), count=1))
        bench.make("migrate", **bench.address)

        assert bench.database.column("items", "name") == ["Pen"]
        assert bench.database.column("items", "owner_id") == ["None"]


def add_columns(model: Path, columns: str) -> None:
    """Write them behind the price of an item, with what they need."""
    above, price, below = re.split(r"(    price_cents.*\n)", model.read_text(), maxsplit=1)
    moment = "UtcDatetimeField" if "UtcDatetimeField" in columns else "UtcDateTime"
    needed = f"from datetime import datetime\nfrom app.models.utc import {moment}\n"
    model.write_text(above.replace("\n\n", f"\n\n{needed}", 1) + price + columns + below)


def imports_of_the_service(project: Path) -> dict[str, set[str]]:
    """Say what the migrations import of what may move."""
    found = {name: service_imports(each) for name, each in Project(project).imports.items()}
    return {name: each for name, each in found.items() if each and "versions/" in name}


def store_an_item(bench: Workbench) -> None:
    """Let the deployed service store something; no balancer has to see that it ends."""
    command = (bench.production / ".venv/bin/python", "-m", "app")
    server = bench.serve(*command, folder=bench.production, DRAIN_DELAY="0", **bench.address)
    with Walker(server.url) as walker:
        create(walker, "Pen", 120)
    server.stop()


def items(bench: Workbench) -> list[str]:
    """Look into the database."""
    assert bench.database
    return bench.database.column("items", "name")
