"""Kubernetes manifests: what kustomize makes of them, and what no schema sees."""

import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast

import yaml

from tests.harness.commands import environment, run
from tests.harness.engine import unavailable

Node: TypeAlias = Mapping[str, object]

QUANTITY: Final = re.compile(r"\d+(\.\d+)?(m|[KMGT]i)?")
OUTSIDE: Final = frozenset(
    ("Secret", name) for name in ("auth", "broker", "database", "redis", "tls")
)
"""What production refers to, and whoever runs it makes: there is no secret in a repository."""

ROUTES: Final = frozenset({"/healthz", "/readyz"})
DATABASE: Final = "DATABASE_URL=postgresql://app:pw@database:5432/app"
SECRETS: Final = {
    "secrets.env": f"{DATABASE}\nPOSTGRES_PASSWORD=pw\nMARIADB_PASSWORD=pw\n",
    "broker.env": "CELERY_BROKER_URL=redis://:pw@broker:6379/0\nBROKER_PASSWORD=pw\n",
    "redis.env": "REDIS_URL=redis://:pw@{redis}\nREDIS_PASSWORD=pw\n",
    "auth.env": f"SECRET_KEY={secrets.token_hex(32)}\n",
}
"""The files that the overlay for development reads, and that git ignores."""


def write_secrets(folder: Path) -> None:
    """Make the files of secrets, as a developer does; Redis may be the broker's."""
    redis = "redis:6379/0" if (folder / "redis.yaml").exists() else "broker:6379/1"
    for name, text in SECRETS.items():
        (folder / name).write_text(text.replace("{redis}", redis))


def build(folder: Path) -> list[Node]:
    """Let kustomize put an overlay together."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        unavailable("a kubectl", "put it on the PATH")
    text = run(kubectl, "kustomize", folder, folder=folder, variables=environment())
    return [cast("Node", each) for each in yaml.safe_load_all(text)]


def problems(documents: Sequence[Node]) -> Iterator[str]:
    """Name what is wrong though each document keeps to its schema."""
    yield from wrong_references(documents)
    yield from wrong_selectors(documents)
    yield from wrong_ports(documents)
    for document in documents:
        name = label(document)
        yield from (f"{name}: {each}" for each in wrong_quantities(document))
        yield from (f"{name}: {each}" for each in wrong_probes(document))
        yield from (f"{name}: {each}" for each in wrong_mounts(document))


def wrong_references(documents: Sequence[Node]) -> Iterator[str]:
    """Find what is referred to and not defined."""
    defined = {(str(each["kind"]), name_of(each)) for each in documents} | OUTSIDE
    for document in documents:
        for kind, name in references(document):
            if (kind, name) not in defined:
                yield f"{label(document)} refers to the {kind} {name}, which is not there"


def references(node: object) -> Iterator[tuple[str, str]]:
    """List what a document refers to."""
    kinds = {"configMapRef": "ConfigMap", "secretRef": "Secret", "secretKeyRef": "Secret"}
    for each in walk(node):
        for key, kind in kinds.items():
            if key in each:
                yield kind, str(mapping(each[key])["name"])
        if "serviceAccountName" in each:
            yield "ServiceAccount", str(each["serviceAccountName"])
        if "scaleTargetRef" in each:
            target = mapping(each["scaleTargetRef"])
            yield str(target["kind"]), str(target["name"])
        if "backend" in each:
            yield "Service", str(mapping(mapping(each["backend"])["service"])["name"])
        if "secretName" in each:
            yield "Secret", str(each["secretName"])


def wrong_selectors(documents: Sequence[Node]) -> Iterator[str]:
    """Find selectors that select nothing, and workloads that do not select their own pods."""
    pods = [labels_of(template) for template in templates(documents)]
    for document in documents:
        selector = mapping(spec(document).get("selector", {}))
        wanted = mapping(selector.get("matchLabels", selector))
        if wanted and not any(wanted.items() <= labels.items() for labels in pods):
            yield f"{label(document)} selects no pod"
        template = spec(document).get("template")
        if template and wanted and not wanted.items() <= labels_of(mapping(template)).items():
            yield f"{label(document)} does not select its own pods"


def wrong_ports(documents: Sequence[Node]) -> Iterator[str]:
    """Find names of ports that no container, or no Service, has."""
    services = {name_of(each): each for each in documents if each["kind"] == "Service"}
    for service in services.values():
        for port in sequence(spec(service)["ports"]):
            for template in selected(documents, mapping(spec(service)["selector"])):
                if mapping(port)["targetPort"] not in container_ports(template):
                    yield f"{label(service)} has the port {mapping(port)['targetPort']} of no pod"
    for document in documents:
        for each in walk(document):
            if "backend" in each:
                backend = mapping(mapping(each["backend"])["service"])
                offered = sequence(spec(services[str(backend["name"])])["ports"])
                if mapping(backend["port"])["name"] not in {mapping(p)["name"] for p in offered}:
                    yield f"{label(document)} names a port that its Service does not have"


def wrong_quantities(document: Node) -> Iterator[str]:
    """Find what is no number with a unit, and requests above their limits."""
    for each in walk(document):
        for kind in ("requests", "limits"):
            for name, value in mapping(each.get(kind, {})).items():
                if not QUANTITY.fullmatch(str(value)):
                    yield f"{kind}.{name}: {value}"
                    return
        if "limits" in each:
            for name, value in mapping(each.get("requests", {})).items():
                if amount(value) > amount(mapping(each["limits"])[name]):
                    yield f"requests more {name} than its limit"


def wrong_probes(document: Node) -> Iterator[str]:
    """Find probes at paths that the service does not have, and a liveness that looks too far."""
    for each in walk(document):
        ports = {mapping(port).get("name") for port in sequence(each.get("ports", []))}
        for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
            get = mapping(mapping(each.get(kind, {})).get("httpGet", {}))
            if get and get["path"] not in ROUTES:
                yield f"{kind} at {get['path']}"
            if get and get["port"] not in ports:
                yield f"{kind} at the port {get['port']}"
            if get and (get["path"] == "/readyz") != (kind == "readinessProbe"):
                yield f"{kind} looks at {get['path']}"


def wrong_mounts(document: Node) -> Iterator[str]:
    """Find mounts of volumes that are not there."""
    pod = mapping(mapping(spec(document).get("template", {})).get("spec", {}))
    there = {mapping(volume)["name"] for volume in sequence(pod.get("volumes", []))}
    for claim in sequence(spec(document).get("volumeClaimTemplates", [])):
        there.add(name_of(mapping(claim)))
    for container in sequence(pod.get("containers", [])):
        for mount in sequence(mapping(container).get("volumeMounts", [])):
            if mapping(mount)["name"] not in there:
                yield f"mounts the volume {mapping(mount)['name']}, which is not there"


def amount(quantity: object) -> float:
    """Read a quantity."""
    units = {"m": 1e-3, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "": 1}
    match = re.fullmatch(r"([\d.]+)(.*)", str(quantity))
    assert match, quantity
    return float(match[1]) * units[match[2]]


def walk(node: object) -> Iterator[Node]:
    """List every mapping in a document."""
    if isinstance(node, dict):
        yield cast("Node", node)
        for value in cast("Node", node).values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from walk(value)


def mapping(node: object) -> Node:
    """Take a node for a mapping."""
    assert isinstance(node, dict), node
    return cast("Node", node)


def sequence(node: object) -> list[object]:
    """Take a node for a list."""
    assert isinstance(node, list), node
    return cast("list[object]", node)


def spec(document: Node) -> Node:
    """Read what is wanted; some kinds have nothing."""
    return mapping(document.get("spec", {}))


def name_of(document: Node) -> str:
    """Read its name, without what kustomize appends to that of a generated one."""
    return str(mapping(document["metadata"])["name"])


def label(document: Node) -> str:
    """Name a document in a complaint."""
    return f"{document['kind']} {name_of(document)}"


def labels_of(template: Node) -> Node:
    """Read the labels of a pod."""
    return mapping(mapping(template["metadata"])["labels"])


def templates(documents: Sequence[Node]) -> list[Node]:
    """List the pods that some documents make."""
    return [mapping(spec(each)["template"]) for each in documents if "template" in spec(each)]


def selected(documents: Sequence[Node], selector: Node) -> list[Node]:
    """List the pods that a selector means."""
    return [each for each in templates(documents) if selector.items() <= labels_of(each).items()]


def container_ports(template: Node) -> set[object]:
    """Name the ports of a pod."""
    containers = sequence(mapping(template["spec"])["containers"])
    ports = [port for each in containers for port in sequence(mapping(each).get("ports", []))]
    return {mapping(port)["name"] for port in ports}
