"""Every verb of a service's Makefile, run in order with nothing set."""

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.harness.commands import run
from tests.harness.identity import PASSWORD
from tests.harness.places import CACHES, files_in
from tests.harness.servers import PERIOD, Server
from tests.harness.walk import Walker, walk_docs
from tests.harness.workbench import Workbench

VERB: Final = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)
MENTIONED: Final = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)
UNCHANGED: Final = ("Nothing has changed in the models", "No changes detected")

PATIENCE: Final = 60.0
FEW: Final = 100
"""So many tests a module has at the most; a service has more."""

ELSEWHERE: Final = {"setup", "run", "lint", "types", "test", "battery"}
"""Verbs that stages of their own run, with as little set: `install`, `docs`, `tests` and others.

The battery is the same in all of them: `test_attacks.py` runs it.
"""


def run_every_verb(bench: Workbench) -> None:
    """Run each that no other stage runs; one that nobody knows is a failure."""
    verbs = verbs_of(bench)
    unknown = set(verbs) - CHEAP.keys() - DEAR.keys() - ELSEWHERE
    assert not unknown, f"nobody runs make {', '.join(sorted(unknown))}"
    for verb in verbs:
        if verb in CHEAP:
            CHEAP[verb](bench)
    mentioned = set(MENTIONED.findall((bench.project / "README.md").read_text()))
    assert mentioned <= {*verbs}, f"the README has no verbs: {sorted(mentioned - {*verbs})}"


def run_dear_verbs(bench: Workbench) -> None:
    """Run what starts servers, tests and commands, which is too much for each row."""
    for verb in verbs_of(bench):
        if verb in DEAR:
            DEAR[verb](bench)


def verbs_of(bench: Workbench) -> list[str]:
    """List the verbs that it has, in their order."""
    return VERB.findall((bench.project / "Makefile").read_text())


def dev(bench: Workbench) -> None:
    """It serves, with its documentation, and ends on a signal."""
    server = bench.serve("make", "dev", folder=bench.project, **bench.laptop)
    with Walker(server.url) as walker:
        walk_docs(walker)
    server.stop()


def help_of_commands(bench: Workbench) -> None:
    """It lists its commands, all of which are known."""
    unknown = commands_of(bench) - COMMANDS.keys() - SERVING
    assert not unknown, f"nobody runs make cli ARGS={', '.join(sorted(unknown))}"


def commands_of(bench: Workbench) -> set[str]:
    """Have it say which commands it has."""
    listed = bench.make("cli", "ARGS=--help", **bench.laptop)
    return set(re.findall(r"^  ([a-z][a-z-]*) ", listed.partition("Commands:")[2], re.MULTILINE))


def cli(bench: Workbench) -> None:
    """Each command that ends by itself does what it is for."""
    commands = commands_of(bench)
    said = ""
    for name in (each for each in COMMANDS if each in commands):
        command = f"{name} {COMMANDS[name](bench.variant.features, said)}"
        said += bench.make("cli", f"ARGS={command}", stdin=f"{PASSWORD}\n", **bench.laptop)


def first_user(_: frozenset[str], __: str) -> str:
    """Name the administrator."""
    return "ada@example.com"


def no_arguments(_: frozenset[str], __: str) -> str:
    """Say nothing more."""
    return ""


def prefix(_: frozenset[str], said: str) -> str:
    """Find the key that was made."""
    found = re.findall(r"\bak_(\w+?)_", said)
    assert found, f"no key: {said}"
    return str(found[0])


def owner(features: frozenset[str], _: str) -> str:
    """Say whose key is made; a configured one is its own owner."""
    if "jwt" in features:
        return "walk --email ada@example.com --all-scopes"
    return f"walk {'--subject walk ' if 'stored_keys' in features else ''}--all-scopes"


COMMANDS: Final[dict[str, Callable[[frozenset[str], str], str]]] = {
    "create-admin": first_user,
    "create-key": owner,
    "list-keys": no_arguments,
    "revoke-key": prefix,
    "dead-tasks": no_arguments,
    "replay-dead-tasks": no_arguments,
    "purge-notifications": no_arguments,
    "orphans": no_arguments,
}
"""The commands in an order in which each finds what it needs, and their arguments."""

SERVING: Final = {"worker", "beat"}
"""Commands that run until a signal comes, which have verbs of their own."""


def psql(bench: Workbench) -> None:
    """It opens on the database of `make dev`."""
    said = bench.make("psql", stdin="SELECT 40 + 2 AS found;\n", **bench.laptop)
    assert "42" in said, said


def migrate(bench: Workbench) -> None:
    """It makes the schema, unless `make dev` has done it."""
    bench.make("migrate", **bench.laptop)


def migration(bench: Workbench) -> None:
    """It writes none where nothing has changed, and wants to be told what has."""
    before = written(bench.project)
    said = bench.make("migration", "m=nothing", **bench.laptop)
    assert any(each in said for each in UNCHANGED), said
    assert written(bench.project) == before, "a migration for nothing"


def written(folder: Path) -> dict[Path, bytes]:
    """Read what somebody wrote: all but what tools and servers left there."""
    left = (path for path in files_in(folder) if ".data" not in path.parts)
    return {path: path.read_bytes() for path in left if not path.name.startswith(".coverage")}


def worker(bench: Workbench) -> None:
    """It takes tasks, and ends on a signal."""
    process = bench.start("make-worker", "make", "worker", folder=bench.project, **bench.laptop)
    await_line(process, "ready")
    process.stop()


def beat(bench: Workbench) -> None:
    """It starts, and ends on a signal."""
    process = bench.start("make-beat", "make", "beat", folder=bench.project, **bench.laptop)
    await_line(process, "beat: Starting")
    process.stop()


def await_line(process: Server, part: str) -> None:
    """Wait until it has logged something."""
    deadline = time.monotonic() + PATIENCE
    while not any(part in line for line in process.lines()):
        if time.monotonic() > deadline or process.process.poll() is not None:
            raise process.error(f"does not log {part!r}")
        time.sleep(PERIOD)


def a_few_tests(verb: str) -> Callable[[Workbench], None]:
    """Hand arguments to pytest: the stage `tests` runs them all."""

    def few(bench: Workbench) -> None:
        said = bench.make(
            verb, "ARGS=tests/config/test_settings.py -n0 -p no:cacheprovider", **bench.test_server
        )
        passed = re.search(r"\b(\d+) passed", said)
        assert passed, said
        assert int(passed[1]) <= FEW, f"make {verb} ARGS=... runs {passed[1]} tests"

    return few


def check(bench: Workbench) -> None:
    """It is made of verbs that are run by themselves."""
    (parts,) = re.findall(
        r"^check: ([a-z -]+) ##", (bench.project / "Makefile").read_text(), re.MULTILINE
    )
    known = {*CHEAP, *DEAR, *ELSEWHERE}
    assert known >= set(parts.split()), f"nobody runs a part of make check: {parts}"


def unchanged(*arguments: str) -> Callable[[Workbench], None]:
    """Nothing is left to do for a verb in a service that is as it was generated."""

    def nothing(bench: Workbench) -> None:
        before = written(bench.project)
        bench.make(*arguments)
        assert written(bench.project) == before, f"make {arguments[0]} changes what was generated"

    return nothing


def clean(bench: Workbench) -> None:
    """It keeps what is the developer's; in a copy, as the environment is still needed."""
    copy = bench.folder / "cleaned"
    shutil.copytree(bench.project, copy, ignore=shutil.ignore_patterns(*CACHES, ".data"))
    before = written(copy)
    run("make", "clean", folder=copy, variables=bench.variables())
    assert written(copy) == before, "make clean removes more than caches"


def help_(bench: Workbench) -> None:
    """It is what `make` alone says, and names each verb."""
    assert re.findall(r"^  make ([a-z-]+) ", bench.make(), re.MULTILINE) == verbs_of(bench)


CHEAP: Final[dict[str, Callable[[Workbench], None]]] = {
    "cli": help_of_commands,
    "psql": psql,
    "migrate": migrate,
    "migration": migration,
    "check": check,
    "format": unchanged("format"),
    "lock": unchanged("lock"),
    "clean": clean,
    "help": help_,
}
"""What each row runs."""

DEAR: Final[dict[str, Callable[[Workbench], None]]] = {
    "dev": dev,
    "cli": cli,
    "worker": worker,
    "beat": beat,
    "test-fast": a_few_tests("test-fast"),
    "coverage": a_few_tests("coverage"),
}
"""What a row runs for all that have the same servers or the same commands."""
