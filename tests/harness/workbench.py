"""Where one variant is proven: its folders, its interpreter, its database and its process."""

import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.harness.brokers import BROKERS, own_queue
from tests.harness.bytecode import keep, lend
from tests.harness.commands import empty_environment, run, uv
from tests.harness.databases import OWN, SERVERS, Database
from tests.harness.identity import Identity
from tests.harness.interpreters import Interpreter, interpreter
from tests.harness.places import CACHES
from tests.harness.projects import Project
from tests.harness.redis_keys import CLIENTS, own_keys
from tests.harness.renders import Renders
from tests.harness.servers import Server, started
from tests.harness.variant import Variant


@dataclass
class Workbench:
    """One variant in a folder of its own.

    ``project`` is where its developer works. ``production`` is a copy as an image holds it: without
    an ``.env``, and with only the packages that the service declares for production.
    """

    variant: Variant
    folder: Path
    renders: Renders
    stack: ExitStack = field(default_factory=ExitStack)
    server: Server | None = None

    @property
    def project(self) -> Path:
        """The developer's folder."""
        return self.folder / "project"

    @property
    def production(self) -> Path:
        """The folder that is deployed."""
        return self.folder / "production"

    @property
    def files(self) -> Project:
        """Read the generated files, as they are now."""
        return Project(self.project)

    @cached_property
    def python(self) -> Interpreter:
        """The interpreter that it was generated for, or the nearest."""
        return interpreter(str(self.variant.answers["python_version"]))

    @cached_property
    def database(self) -> Database | None:
        """Its own empty database, made when it is first needed."""
        for feature in self.variant.features & OWN.keys():
            return self.stack.enter_context(OWN[feature](self.folder))
        return None

    @cached_property
    def broker(self) -> dict[str, str]:
        """The variables of its own queue, which is named when it is first needed."""
        for feature in self.variant.features & BROKERS.keys():
            return self.stack.enter_context(own_queue(BROKERS[feature]))
        return {}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The variables of its own names on Redis, which are made when they are first needed."""
        for feature in self.variant.features & CLIENTS.keys():
            return self.stack.enter_context(own_keys(CLIENTS[feature]))
        return {}

    @property
    def address(self) -> dict[str, str]:
        """The variables by which the service finds its database, its broker and Redis."""
        database = {"DATABASE_URL": self.database.url} if self.database else {}
        return database | self.broker | self.keys

    @cached_property
    def identity(self) -> Identity:
        """Who walks through it in production."""
        return Identity(self.variant.features, self.command)

    @property
    def platform(self) -> dict[str, str]:
        """The variables that whoever runs it in production has to set."""
        return {**self.address, **self.identity.variables, **self.model}

    @cached_property
    def model(self) -> dict[str, str]:
        """The variable by which it finds a model: the small server that it brings itself."""
        if "sample_predict" not in self.variant.features:
            return {}
        python = self.project / ".venv/bin/python"
        server = self.start("model", python, "-m", "scripts.model", folder=self.project)
        server.await_ready()
        return {"UPSTREAM_MODEL_URL": server.url}

    @property
    def test_server(self) -> dict[str, str]:
        """The variables by which its own tests find the servers that they cannot start."""
        on = self.variant.features
        databases = [("TEST_DATABASE_URL", SERVERS[name]) for name in on & SERVERS.keys()]
        brokers = [(BROKERS[name].variable, BROKERS[name]) for name in on & BROKERS.keys()]
        named = (*databases, *brokers)
        return {each: server.url() for each, server in named if not server.replaceable}

    @cached_property
    def laptop(self) -> dict[str, str]:
        """The variables of the servers that its developer has to bring, each with a place in it."""
        found: dict[str, str] = {}
        for feature in self.variant.features & SERVERS.keys():
            if not SERVERS[feature].replaceable:
                found["DATABASE_URL"] = self.stack.enter_context(OWN[feature](self.folder)).url
        for feature in self.variant.features & BROKERS.keys():
            if not BROKERS[feature].replaceable:
                queue = self.stack.enter_context(own_queue(BROKERS[feature]))
                found["CELERY_BROKER_URL"] = queue["CELERY_BROKER_URL"]
        return found

    def variables(self, **more: str) -> dict[str, str]:
        """Give the environment of all its programs: nothing but its interpreter."""
        return empty_environment(UV_PYTHON=str(self.python.path), **more)

    def make(self, *arguments: str, stdin: str = "", **variables: str) -> str:
        """Run a verb of its Makefile, as its developer does."""
        given = self.variables(**variables)
        return run("make", *arguments, folder=self.project, variables=given, stdin=stdin)

    def tool(self, name: str, *arguments: str, **variables: str) -> str:
        """Run a program of its development environment."""
        program = self.project / ".venv/bin" / name
        return run(program, *arguments, folder=self.project, variables=self.variables(**variables))

    def deployed(self, name: str, *arguments: str) -> str:
        """Run a program of its production environment, on its database."""
        return run(
            self.production / ".venv/bin" / name,
            *arguments,
            folder=self.production,
            variables=self.variables(**self.platform),
        )

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Run one of its own commands, as its operator does."""
        return run(
            *(self.production / ".venv/bin/python", "-m", "app.cli", *arguments),
            folder=self.production,
            variables=self.variables(**self.address, **self.identity.secret),
            stdin=stdin,
        )

    def setup(self) -> None:
        """Install it as its developer does, but for what is compiled: that is lent."""
        self.make("setup", UV_COMPILE_BYTECODE="0")
        lend(self.renders.bytecode, self.project / ".venv")

    def deploy(self) -> None:
        """Copy the project and install what it declares for production, and nothing else."""
        left_out = shutil.ignore_patterns(*CACHES, ".env")
        shutil.copytree(self.project, self.production, ignore=left_out)
        self.uv("sync", "--no-dev", "--locked", folder=self.production)
        lend(self.renders.bytecode, self.production / ".venv")

    def borrow(self, other: "Workbench") -> None:
        """Copy the files of an installed service; its environments are used where they are."""
        left_out = shutil.ignore_patterns(*CACHES)
        for mine, theirs in (
            (self.project, other.project),
            (self.production, other.production),
        ):
            shutil.copytree(theirs, mine, ignore=left_out)
            (mine / ".venv").symlink_to(theirs / ".venv")

    def uv(self, *arguments: str, folder: Path) -> str:
        """Run uv on the environment of a folder."""
        return run(uv(), *arguments, folder=folder, variables=self.variables())

    def serve(self, *command: str | Path, folder: Path, **variables: str) -> Server:
        """Start the service; it ends with the workbench at the latest."""
        self.server = self.start(folder.name, *command, folder=folder, **variables)
        self.server.await_ready()
        return self.server

    def start(self, name: str, *command: str | Path, folder: Path, **variables: str) -> Server:
        """Start another process; it ends with the workbench at the latest."""
        log = self.folder / f"{name}.log"
        running = started(*command, folder=folder, variables=self.variables(**variables), log=log)
        return self.stack.enter_context(running)


@contextmanager
def workbench(variant: Variant, folder: Path, renders: Renders) -> Generator[Workbench]:
    """Set a workbench up; afterwards end its processes and its database."""
    with ExitStack() as stack:
        bench = Workbench(variant, folder, renders, stack)
        yield bench
    for place in (bench.project, bench.production):
        keep(renders.bytecode, place / ".venv")
