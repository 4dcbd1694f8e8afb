"""The services whose deployment is proven: one of each shape, as their developer has them."""

import json
import os
import re
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, cast

from tests.harness.commands import environment, run, tail
from tests.harness.identity import Headers, Identity
from tests.harness.options import offered
from tests.harness.renders import Answers, Renders
from tests.harness.servers import free_port

FOLDER: Final = "DEPLOYMENT_FOLDER"
"""The variable that names, to the tests beside the engine, where the services are."""

SHAPES: Final[Mapping[str, Answers]] = {
    "postgresql": {
        "database": "postgresql",
        "celery": True,
        "broker": "redis",
        "cache": True,
        "python_version": "3.13",
        "nginx": True,
    },
    "sqlite": {
        "database": "sqlite",
        "auth": "api_key",
        "python_version": "3.12",
        "nginx": False,
    },
    "mysql": {
        "orm": "tortoise",
        "database": "mysql",
        "auth": "both",
        "celery": True,
        "broker": "rabbitmq",
        "python_version": "3.12",
        "nginx": True,
    },
    "none": {
        "orm": "none",
        "cache": True,
        "rate_limit": True,
        "events": True,
        "uploads": "disk",
        "python_version": "3.11",
        "nginx": True,
    },
}
"""The answers of each service; everything else is default."""

SIGNS: Final = "#/%73?@: &w"
"""What a password may end with, though each of these means something in a URL."""

START_DELAY: Final = 4
"""So many seconds a pod takes to start, to see what the startup probe does meanwhile."""

BUILD_TIMEOUT: Final = 600.0


@dataclass(frozen=True)
class Done:
    """How a program ended."""

    status: int
    output: str


@dataclass
class Stack:
    """A service in its folder, and the containers that are made of it."""

    shape: str
    folder: Path

    @property
    def image(self) -> str:
        """The name that compose.yaml gives to its image."""
        return f"proof-{self.shape}"

    @property
    def stores(self) -> bool:
        """Whether it has a database."""
        return self.shape != "none"

    @property
    def has_front(self) -> bool:
        """Whether nginx stands before the API."""
        return SHAPES[self.shape]["nginx"] is True

    @cached_property
    def port(self) -> int:
        """Where it is published."""
        return free_port()

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret(self) -> str:
        """The part of a password that `make setup` made up, if there is one."""
        text = (self.folder / ".env").read_text()
        found = re.search(r"^\w+_PASSWORD='(\w+)", text, re.MULTILINE)
        return found[1] if found else ""

    @property
    def variables(self) -> dict[str, str]:
        """The environment in which its developer works."""
        return docker_environment(PORT=str(self.port))

    def docker(self, *arguments: str) -> str:
        """Run docker in its folder; it must end well."""
        return run(
            *("docker", *arguments),
            folder=self.folder,
            variables=self.variables,
            timeout=BUILD_TIMEOUT,
        )

    def compose(self, *arguments: str) -> str:
        """Run docker compose in its folder; it must end well."""
        return self.docker("compose", *arguments)

    def attempt(self, *command: str, **variables: str) -> Done:
        """Run a program that may fail."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.variables, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_TIMEOUT,
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def container(self, service: str) -> str:
        """Give the id of a service's container, which may have ended."""
        return self.compose("ps", "--all", "--quiet", service).strip()

    def inspect(self, name: str, path: str) -> object:
        """Read what the engine knows about a container or an image."""
        return cast(
            "object", json.loads(self.docker("inspect", "-f", f"{{{{json {path}}}}}", name))
        )

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Run one of the service's own commands, in the container of its API."""
        return run(
            *("docker", "compose", "exec", "-T", "api", "python", "-m", "app.cli", *arguments),
            folder=self.folder,
            variables=self.variables,
            stdin=stdin,
        )

    def credentials(self) -> Headers:
        """Give the headers of somebody who may do everything, made for this purpose."""
        email = f"{secrets.token_hex(4)}@example.com"
        return Identity(features(self.shape), self.command, email).sign_in(self.url)

    def services(self) -> list[str]:
        """Name the services of compose.yaml."""
        return self.compose("config", "--services").split()

    def logs(self, service: str) -> list[str]:
        """Read what a service has printed."""
        return self.docker("logs", self.container(service)).splitlines()

    def up(self) -> None:
        """Start everything; a failure shows the logs."""
        done = self.attempt("docker", "compose", "up", "--wait")
        if done.status != 0:
            raise AssertionError(f"{tail(done.output)}\n{tail(self.compose('logs'))}")


def prepare(renders: Renders, folder: Path, *shapes: str) -> None:
    """Generate services, by default all, and set them up as their developer does."""
    for shape in shapes or SHAPES:
        answers = SHAPES[shape]
        project = folder / shape
        renders.copy({**answers, "project_slug": f"proof-{shape}"}, project)
        run("make", "setup", folder=project, variables=environment())
        choose_passwords(project / ".env")


def choose_passwords(settings: Path) -> None:
    """Make the passwords some of one's own, with every sign that a URL has a use for."""
    made_up = re.compile(r"^(\w+_PASSWORD)=(\w{48})$", re.MULTILINE)
    settings.write_text(made_up.sub(rf"\1='\2{SIGNS}'", settings.read_text()))


def features(shape: str) -> frozenset[str]:
    """Name what is on in a service."""
    return offered().features(SHAPES[shape])


def stacks() -> dict[str, Stack]:
    """Find the services that were prepared."""
    folder = Path(os.environ[FOLDER])
    return {shape: Stack(shape, folder / shape) for shape in SHAPES}


def docker_environment(**variables: str) -> dict[str, str]:
    """Give the environment for docker, and what says where its engine is."""
    return environment(BUILDKIT_PROGRESS="plain", **variables)
