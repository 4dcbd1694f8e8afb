"""What a service ships is built and run: each test here is a pytest beside the engine."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deployment.manifests import build
from tests.deployment.overlays import Node, apart, hurried, outside_servers, rolling
from tests.deployment.pods import FEATURES
from tests.deployment.stacks import FOLDER, features, prepare
from tests.harness.engine import Engine, find_engine
from tests.harness.renders import Renders

HERE = Path(__file__).parent
USERS = {
    "postgres:18": "postgres",
    "mariadb:11": "mysql",
    "redis:8": "redis",
    "rabbitmq:4": "rabbitmq",
}
"""Who runs each server."""


@pytest.mark.slow
def test_containers(renders: Renders, tmp_path: Path) -> None:
    """The image is built and looked into, and compose.yaml runs it: for every shape of service."""
    engine = find_engine()
    prepare(renders, tmp_path)

    said = engine.test(str(HERE / "beside_docker.py"), **{FOLDER: str(tmp_path)})

    assert " passed" in said
    assert " skipped" not in said


@pytest.mark.slow
def test_ci(renders: Renders, tmp_path: Path) -> None:
    """What its CI starts is there when the tests of a service begin, at the place they are told."""
    engine = find_engine()
    servers = {"database": "mysql", "celery": True, "broker": "rabbitmq"}
    for name in ("github", "gitlab"):
        renders.copy({**servers, "ci": name}, tmp_path / name)

    said = engine.test(str(HERE / "beside_ci.py"), **{FOLDER: str(tmp_path)})

    assert "2 passed" in said


@pytest.mark.slow
def test_pods(renders: Renders, tmp_path: Path) -> None:
    """The manifests are run, and the probes do what they promise."""
    engine = find_engine()
    pods = Pods(engine, renders, tmp_path, "postgresql")
    folder = hurried(pods.overlays, pods.slug, pods.owners("postgres:18", "redis:8"))

    pods.test(build(folder), "beside_kubernetes.py", f"{pods.slug}:dev")

    check_end(pods.events, "api-1")


@pytest.mark.slow
def test_pods_in_production(renders: Renders, tmp_path: Path) -> None:
    """They replace each other under load, and their database may go away."""
    engine = find_engine()
    pods = Pods(engine, renders, tmp_path, "mysql")
    outside = outside_servers(pods.overlays, pods.slug, pods.owners("mariadb:11", "rabbitmq:4"))
    domain = f"{pods.slug}-dev.svc.cluster.local"
    url = f"mysql://app:pw@database.{domain}:3306/app"
    broker = f"amqp://app:pw@broker.{domain}:5672//"
    inside = build(rolling(pods.overlays, pods.slug, url, broker))

    pods.test(
        [*outside, *inside], "beside_production.py", f"registry.example.com/{pods.slug}:0.1.0"
    )

    for pod in ("api-0", "api-1"):
        check_end(pods.events, pod)


class Pods:
    """A service whose image is built, to be run as its manifests say."""

    def __init__(self, engine: Engine, renders: Renders, folder: Path, shape: str) -> None:
        prepare(renders, folder, shape)
        self.engine = engine
        self.shape = shape
        self.slug = f"proof-{shape}"
        self.project = folder / shape
        self.overlays = self.project / "deploy/kubernetes/overlays"
        self.log = folder / "events.jsonl"
        engine.docker("compose", "build", "api", folder=self.project)

    def owners(self, database: str, broker: str) -> dict[str, int]:
        """Find who owns the volumes of its servers, in their images."""
        images = {"database": database, "broker": broker}
        return {name: self.owner(image, USERS[image]) for name, image in images.items()}

    def owner(self, image: str, user: str) -> int:
        """Find the number of a user in an image."""
        command = ("run", "--rm", "--entrypoint", "id", image, "-u", user)
        return int(self.engine.docker(*command, folder=self.project))

    def test(self, documents: Sequence[Node], module: str, image: str) -> None:
        """Run a module of tests beside the pods, in which the image has another name."""
        manifests = self.project / "manifests.yaml"
        manifests.write_text(yaml.safe_dump_all(apart(documents)))
        options = ("--image", f"{image}={self.slug}:latest", "--seconds", "240")
        said = self.engine.test_manifests(
            *(manifests, str(HERE / module), *options, "--events", str(self.log)),
            **{FEATURES: " ".join(features(self.shape))},
        )

        assert " passed" in said
        assert " skipped" not in said

    @property
    def events(self) -> list[dict[str, Any]]:
        """All that happened to the pods."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def check_end(events: list[dict[str, Any]], pod: str) -> None:
    """At the end of all, the pod that serves goes through its hook and ends with 0."""
    last = {each["event"]: each for each in events if each["pod"] == pod}

    assert last["preStop"]["ok"] is True
    assert (last["stopped"]["exit"], last["stopped"]["killed"]) == (0, False)
