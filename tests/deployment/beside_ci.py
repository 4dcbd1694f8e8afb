"""Beside a Docker engine: what a service's CI starts, and whether its tests find it there.

Run by ``test_engine.py``, for a service with every server that its tests may need.
"""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from kombu import Connection

from tests.deployment.stacks import FOLDER
from tests.harness.databases import execute_mysql
from tests.harness.services import connects

LONGEST_START: Final = 120.0


@dataclass(frozen=True)
class Service:
    """A container that CI runs beside a job, by the name that the job knows it by."""

    name: str
    image: str
    variables: Mapping[str, str]
    options: tuple[str, ...] = ()


def github(folder: Path) -> tuple[list[Service], Mapping[str, str]]:
    """Read the workflow as its runner does: services are options of `docker create`."""
    workflow = yaml.safe_load((folder / "github/.github/workflows/ci.yml").read_text())
    job = workflow["jobs"]["check"]
    services = [
        Service(
            name,
            each["image"],
            each["env"],
            (*shlex.split(each["options"]), *(f"--publish={port}" for port in each["ports"])),
        )
        for name, each in job["services"].items()
    ]
    return services, job["env"]


def gitlab(folder: Path) -> tuple[list[Service], Mapping[str, str]]:
    """Read the pipeline as its runner does: services are reached by their aliases."""
    job = yaml.safe_load((folder / "gitlab/.gitlab-ci.yml").read_text())["check"]
    services = [Service(each["alias"], each["name"], each["variables"]) for each in job["services"]]
    return services, job["variables"]


def docker(*arguments: str) -> str:
    """Run docker."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def running(service: Service) -> Generator[str]:
    """Run it, and give its container."""
    variables = [f"--env={name}={value}" for name, value in service.variables.items()]
    container = docker("run", "--detach", *variables, *service.options, service.image)
    try:
        yield container
    finally:
        docker("rm", "--force", "--volumes", container)


def health(container: str) -> str:
    """Give what its own check says."""
    return docker("inspect", "--format", "{{.State.Health.Status}}", container)


def address(container: str) -> str:
    """Give its address."""
    every = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
    return docker("inspect", "--format", every, container)


def wait(condition: Callable[[], bool], what: str) -> None:
    """Wait as a runner does before the first step."""
    deadline = time.monotonic() + LONGEST_START
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


def use_database(url: str) -> None:
    """Make a database, as the tests do, and drop it."""
    for statement in ("CREATE DATABASE proof", "DROP DATABASE proof"):
        execute_mysql(url, statement)


def use_broker(url: str) -> None:
    """Make a queue of the kind that tasks go through, and drop it."""
    with Connection(url) as connection:
        channel: Any = connection.default_channel
        arguments = {"x-queue-type": "quorum"}
        channel.queue_declare("proof", durable=True, auto_delete=False, arguments=arguments)
        channel.queue_delete("proof")


USES: Final[Mapping[str, Callable[[str], None]]] = {
    "TEST_DATABASE_URL": use_database,
    "TEST_RABBITMQ_URL": use_broker,
}
"""What the tests do with the server that each variable names."""


def test_github() -> None:
    """The first step begins when all are healthy, and finds them at ports of the machine."""
    services, variables = github(Path(os.environ[FOLDER]))
    with ExitStack() as stack:
        containers = [stack.enter_context(running(each)) for each in services]
        wait(lambda: {health(each) for each in containers} == {"healthy"}, "one is not healthy")
        for variable, use in USES.items():
            use(variables[variable])


def test_gitlab() -> None:
    """The script begins when something listens, and finds them by their names."""
    services, variables = gitlab(Path(os.environ[FOLDER]))
    with ExitStack() as stack:
        places = {each.name: address(stack.enter_context(running(each))) for each in services}
        for variable, use in USES.items():
            url = urlsplit(variables[variable])
            assert url.hostname
            assert url.port
            place = (places[url.hostname], url.port)
            wait(lambda place=place: connects(place), f"{url.hostname} does not listen")
            use(variables[variable].replace(f"@{url.hostname}:", f"@{place[0]}:"))
