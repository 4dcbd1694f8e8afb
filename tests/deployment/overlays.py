"""Overlays on those that a service ships: what a proof changes in them, and nothing else."""

import copy
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from tests.deployment.manifests import build, name_of, write_secrets
from tests.deployment.stacks import START_DELAY

API: Final = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api"}}
LEAVE: Final = "/dev/shm/leave"  # noqa: S108 - each pod has its own
"""A file that makes a pod leave as it does in a rollout."""

JOB: Final = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "migrate"}}
WAIT: Final = (
    "import os, socket, urllib.parse; url = urllib.parse.urlsplit(os.environ['DATABASE_URL']);"
    " socket.create_connection((url.hostname, url.port))"
)
"""Ends well when the database can be reached."""

Node = Mapping[str, Any]


def hurried(overlays: Path, slug: str, owners: Mapping[str, int]) -> Path:
    """Change that for development: two pods that start slowly, and shorter periods."""
    container = {
        "name": "api",
        "command": ["sh", "-c", f"sleep {START_DELAY}; exec python -m app"],
        "startupProbe": {"periodSeconds": 1},
        "livenessProbe": {"periodSeconds": 2, "failureThreshold": 2},
        "readinessProbe": {"periodSeconds": 1, "failureThreshold": 1},
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", "2"]}}},
    }
    settings = ["GRACEFUL_TIMEOUT=3", "DRAIN_DELAY=5", "DOCS_ENABLED=false"]
    return overlay(
        overlays / "hurried",
        "../dev",
        {
            "namespace": f"{slug}-dev",
            "configMapGenerator": [{"name": "settings", "behavior": "merge", "literals": settings}],
            "patches": patches(two_pods(container), *owned(owners), after_database(slug)),
        },
    )


def rolling(overlays: Path, slug: str, url: str, broker: str) -> Path:
    """Change that for production: its database and broker, and pods that can be told to leave.

    Who leaves is taken out of service, goes through its hook, and comes back.
    """
    container = {
        "name": "api",
        "command": ["sh", "-c", f"rm -f {LEAVE}; exec python -m app"],
        "livenessProbe": {
            "httpGet": None,
            "exec": {"command": ["test", "!", "-e", LEAVE]},
            "periodSeconds": 2,
            "timeoutSeconds": 30,
            "failureThreshold": 1,
        },
    }
    return overlay(
        overlays / "rolling",
        "../production",
        {
            "namespace": slug,
            "secretGenerator": [
                {"name": "database", "literals": [f"DATABASE_URL={url}"]},
                {"name": "broker", "literals": [f"CELERY_BROKER_URL={broker}"]},
                {"name": "auth", "literals": [f"SECRET_KEY={secrets.token_hex(32)}"]},
            ],
            "generatorOptions": {"disableNameSuffixHash": True},
            "patches": patches(two_pods(container), after_database(slug)),
        },
    )


def outside_servers(overlays: Path, slug: str, owners: Mapping[str, int]) -> list[Node]:
    """Take the servers of the overlay for development, in a namespace of their own."""
    folder = overlay(
        overlays / "outside",
        "../dev",
        {"namespace": f"{slug}-dev", "patches": patches(*owned(owners))},
    )
    return [each for each in build(folder) if name_of(each).startswith(("database", "broker"))]


def apart(documents: Sequence[Node]) -> list[Node]:
    """Give each pod a ``/tmp`` of its own.

    Podman makes one volume of all empty folders that have a name, for whichever pod comes first:
    two that start at once fail over it, and all would share what only one of them should see. In
    memory there is one for each container.
    """
    own: list[Node] = [copy.deepcopy(dict(each)) for each in documents]
    for each in own:
        for volume in pod_of(each).get("volumes", []):
            if volume["name"] == "tmp":
                volume["emptyDir"]["medium"] = "Memory"
    return own


def pod_of(document: Node) -> dict[str, Any]:
    """Find what a workload says of its pods."""
    pod: dict[str, Any] = document.get("spec", {}).get("template", {}).get("spec", {})
    return pod


def overlay(folder: Path, base: str, more: Node) -> Path:
    """Write an overlay on another one."""
    write_secrets(folder.parent / "dev")
    folder.mkdir()
    head = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
    text = yaml.safe_dump({**head, "resources": [base], **more})
    (folder / "kustomization.yaml").write_text(text)
    return folder


def two_pods(container: Node) -> Node:
    """Change the API's container, and have it twice."""
    return {**API, "spec": {"replicas": 2, "template": {"spec": {"containers": [container]}}}}


def after_database(slug: str) -> Node:
    """Let the migration wait for its database: kept together, it is slower than on a cluster.

    The engine takes the end of a job's second attempt for that of its first one.
    """
    wait = {
        "name": "wait",
        "image": slug,
        "command": ["sh", "-c", f'until python -c "{WAIT}" 2>&-; do sleep 0.2; done'],
        "envFrom": [{"secretRef": {"name": "database"}}],
    }
    return {**JOB, "spec": {"template": {"spec": {"initContainers": [wait]}}}}


def owned(owners: Mapping[str, int]) -> list[Node]:
    """Let each server run as the owner of its volume, where fsGroup would change that."""
    return [
        {
            "apiVersion": "apps/v1",
            "kind": "StatefulSet",
            "metadata": {"name": name},
            "spec": {
                "template": {"spec": {"securityContext": {"runAsUser": owner, "runAsGroup": owner}}}
            },
        }
        for name, owner in owners.items()
    ]


def patches(*changes: Node) -> Sequence[Node]:
    """List changes as kustomize takes them."""
    return [{"patch": yaml.safe_dump(each)} for each in changes]
