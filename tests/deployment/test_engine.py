"""What a service ships is built and run: each test here is a pytest beside the engine."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deployment.manifests import write_secrets
from tests.deployment.stacks import FOLDER, START_DELAY, prepare
from tests.harness.engine import find_engine
from tests.harness.renders import Renders

HERE = Path(__file__).parent


@pytest.mark.slow
def test_containers(renders: Renders, tmp_path: Path) -> None:
    """The image is built and looked into, and compose.yaml runs it: for every shape of service."""
    engine = find_engine()
    prepare(renders, tmp_path)

    said = engine.test(str(HERE / "beside_docker.py"), **{FOLDER: str(tmp_path)})

    assert " passed" in said
    assert " skipped" not in said


@pytest.mark.slow
def test_pods(renders: Renders, tmp_path: Path) -> None:
    """The manifests are run, and the probes do what they promise."""
    engine = find_engine()
    prepare(renders, tmp_path, "postgresql")
    project = tmp_path / "postgresql"
    engine.docker("compose", "build", "api", folder=project)
    owner = engine.docker(
        *("run", "--rm", "--entrypoint", "id", "postgres:18", "-u", "postgres"), folder=project
    )
    overlay = hurried(project / "deploy/kubernetes/overlays", int(owner))
    events = tmp_path / "events.jsonl"

    said = engine.test_manifests(
        overlay,
        str(HERE / "beside_kubernetes.py"),
        *("--image", "proof-postgresql:dev=proof-postgresql:latest"),
        *("--seconds", "120", "--events", str(events)),
    )

    assert " passed" in said
    assert " skipped" not in said
    check_end([json.loads(line) for line in events.read_text().splitlines()])


def hurried(overlays: Path, owner: int) -> Path:
    """Add an overlay to that for development: two pods that start slowly, and shorter periods.

    The database runs as the owner of its volume, where fsGroup would change that in a cluster.
    """
    write_secrets(overlays / "dev")
    container = {
        "name": "api",
        "command": ["sh", "-c", f"sleep {START_DELAY}; exec gunicorn"],
        "startupProbe": {"periodSeconds": 1},
        "livenessProbe": {"periodSeconds": 2, "failureThreshold": 2},
        "readinessProbe": {"periodSeconds": 1, "failureThreshold": 1},
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", "2"]}}},
    }
    pod = {"spec": {"containers": [container]}}
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api"}}
    patch = {**deployment, "spec": {"replicas": 2, "template": pod}}
    server = {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "database"}}
    user = {"spec": {"securityContext": {"runAsUser": owner, "runAsGroup": owner}}}
    other = {**server, "spec": {"template": user}}
    settings = ["GRACEFUL_TIMEOUT=3", "DRAIN_DELAY=5", "DOCS_ENABLED=false"]
    kustomization = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": "proof-postgresql-dev",
        "resources": ["../dev"],
        "configMapGenerator": [{"name": "settings", "behavior": "merge", "literals": settings}],
        "patches": [{"patch": yaml.safe_dump(each)} for each in (patch, other)],
    }
    folder = overlays / "hurried"
    folder.mkdir()
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return folder


def check_end(events: list[dict[str, Any]]) -> None:
    """At the end of all, the pod that serves goes through its hook and ends with 0."""
    last = {each["event"]: each for each in events if each["pod"] == "api-1"}

    assert last["preStop"]["ok"] is True
    assert (last["stopped"]["exit"], last["stopped"]["killed"]) == (0, False)
