"""The stages of a variant's proof, in order: what each runs, and what it needs to have passed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from tests.harness.commands import run
from tests.harness.leaks import leaks
from tests.harness.logs import check_log
from tests.harness.migrations import migrations_of
from tests.harness.overlays import features
from tests.harness.servers import Server
from tests.harness.tasks import walk_tasks
from tests.harness.variants import Variant, covering
from tests.harness.walk import Walker, walk_core, walk_docs
from tests.harness.walk_auth import walk_guarded_items, walk_keys, walk_principal, walk_sign_in
from tests.harness.walk_items import walk_items
from tests.harness.walk_orders import walk_guarded_orders, walk_orders, walk_settled
from tests.harness.workbench import Workbench


@dataclass(frozen=True)
class Stage:
    """One step of a proof. Raises AssertionError with a reason when it fails."""

    run: Callable[[Workbench], None]
    needs: tuple[str, ...] = ()
    applies: Callable[[Variant], bool] = lambda _: True

    @property
    def name(self) -> str:
        """Its name in results and reports."""
        return self.run.__name__.removeprefix("stage_")

    @property
    def proves(self) -> str:
        """What is true when it passes."""
        return (self.run.__doc__ or "").splitlines()[0]


def stage_generate(bench: Workbench) -> None:
    """Copier renders it, without a question and without trust."""
    bench.renders.copy(bench.variant.answers, bench.project)


def stage_traces(bench: Workbench) -> None:
    """Nothing is left unrendered, and no feature that is off leaves a trace."""
    on = bench.variant.features
    off = set(features()) - on
    traces = [*bench.files.unrendered(), *leaks(bench.files, on, off)]
    assert not traces, "\n".join(traces)


def stage_install(bench: Workbench) -> None:
    """`make setup` makes its environment, its `.env` and its lock, and the packages agree."""
    bench.setup()
    for name in (".env", "uv.lock"):
        assert (bench.project / name).is_file(), f"make setup made no {name}"
    found = bench.tool("python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    assert found == bench.python.version, f"make setup took Python {found}"
    bench.uv("pip", "check", "--python", ".venv", folder=bench.project)


def stage_lint(bench: Workbench) -> None:
    """`make lint` finds nothing."""
    bench.make("lint")


def stage_format(bench: Workbench) -> None:
    """ruff would format no file differently."""
    bench.tool("ruff", "format", "--check", ".")


def stage_types(bench: Workbench) -> None:
    """`make types`: pyright in strict mode finds nothing (on variants that cover every pair)."""
    bench.make("types")


def stage_tests(bench: Workbench) -> None:
    """`make test`: its own tests pass, none is skipped, and a warning is an error."""
    said = bench.make("test", "ARGS=-W error -p no:cacheprovider", **bench.test_server)
    assert " skipped" not in said.splitlines()[-1], f"a test was skipped: {said.splitlines()[-1]}"


def stage_production(bench: Workbench) -> None:
    """What it declares for production is enough to import it."""
    bench.deploy()
    program = bench.production / ".venv/bin/python"
    run(program, "-c", "import app.main", folder=bench.production, variables=bench.variables())


def stage_migrate(bench: Workbench) -> None:
    """Two `make migrate` at once, as of two replicas, bring an empty database to today's schema."""
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(bench.make, "migrate", **bench.address) for _ in range(2)]
    for each in both:
        each.result()


def stage_models(bench: Workbench) -> None:
    """The migrated schema is the one that the models describe."""
    migrations_of(bench.variant).compare(bench.deployed)


def stage_boot(bench: Workbench) -> None:
    """gunicorn starts it in production, and /readyz answers 200."""
    gunicorn = bench.production / ".venv/bin/gunicorn"
    variables = {"ENVIRONMENT": "production", **bench.platform}
    bench.serve(gunicorn, folder=bench.production, **variables)


WALKS: Final[tuple[tuple[frozenset[str], Callable[[Walker, Walker], None]], ...]] = (
    (frozenset({"auth"}), walk_principal),
    (frozenset({"jwt"}), walk_sign_in),
    (frozenset({"stored_keys"}), walk_keys),
    (frozenset({"auth", "sample_items"}), walk_guarded_items),
    (frozenset({"sample_items"}), lambda admin, _: walk_items(admin)),
    (frozenset({"auth", "sample_orders"}), walk_guarded_orders),
    (frozenset({"sample_orders"}), lambda admin, _: walk_orders(admin)),
)
"""The features that are walked through: by somebody who may do everything, and by anybody."""


REUSE: Final = ("refresh token used again",)
"""What the service warns of, since the walk does that."""


def stage_walk(bench: Workbench) -> None:
    """A client walks through its API and finds what the contract promises."""
    url = running(bench).url
    with Walker(url) as anybody, Walker(url, bench.identity.sign_in(url)) as admin:
        walk_core(anybody)
        for needed, walk in WALKS:
            if needed <= bench.variant.features:
                walk(admin, anybody)


def stage_tasks(bench: Workbench) -> None:
    """Worker and beat run what is handed in, and SIGTERM ends each with 0 and a clean log."""
    walk_tasks(bench)
    if "sample_orders" in bench.variant.features:
        url = running(bench).url
        with Walker(url, bench.identity.sign_in(url)) as admin:
            walk_settled(admin)


def stage_stop(bench: Workbench) -> None:
    """SIGTERM ends it with 0, in time, with no process left and nothing but INFO in its log."""
    server = running(bench)
    server.stop()
    check_log(server.lines(), *(REUSE if "jwt" in bench.variant.features else ()))


def stage_rollback(bench: Workbench) -> None:
    """The migrations go down to nothing over the data of the walk, and up again."""
    tool = migrations_of(bench.variant)
    tool.downgrade(bench.deployed)
    assert bench.database
    left = bench.database.tables() - {tool.journal}
    assert not left, f"the way down leaves the tables {sorted(left)}"
    tool.upgrade(bench.deployed)


def stage_docs(bench: Workbench) -> None:
    """`make run` serves it with two workers in development, with its documentation."""
    variables = {"WEB_CONCURRENCY": "2", "LOG_FORMAT": "json", **bench.address}
    server = bench.serve("make", "run", folder=bench.project, **variables)
    with Walker(server.url) as walker:
        walk_docs(walker)
    server.stop()
    check_log(server.lines())


def running(bench: Workbench) -> Server:
    """Give the process that an earlier stage started."""
    assert bench.server is not None, "nothing was started"
    return bench.server


def stores(variant: Variant) -> bool:
    """Whether a variant has a database."""
    return "database" in variant.features


def has_tasks(variant: Variant) -> bool:
    """Whether a variant has workers."""
    return "celery" in variant.features


def is_type_checked(variant: Variant) -> bool:
    """Whether a variant is among those whose types are checked."""
    return variant in covering()


STAGES: Final = (
    Stage(stage_generate),
    Stage(stage_traces, needs=("generate",)),
    Stage(stage_install, needs=("generate",)),
    Stage(stage_lint, needs=("install",)),
    Stage(stage_format, needs=("install",)),
    Stage(stage_types, needs=("install",), applies=is_type_checked),
    Stage(stage_tests, needs=("install",)),
    Stage(stage_production, needs=("install",)),
    Stage(stage_migrate, needs=("production",), applies=stores),
    Stage(stage_models, needs=("migrate",), applies=stores),
    Stage(stage_boot, needs=("production", "migrate")),
    Stage(stage_walk, needs=("boot",)),
    Stage(stage_tasks, needs=("walk",), applies=has_tasks),
    Stage(stage_stop, needs=("boot",)),
    Stage(stage_rollback, needs=("migrate",), applies=stores),
    Stage(stage_docs, needs=("install", "migrate")),
)
