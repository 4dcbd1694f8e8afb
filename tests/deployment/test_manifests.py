"""The Kubernetes manifests of every variant: their schemas, and what schemas do not see."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

from tests.deployment.manifests import Node, build, label, problems, write_secrets
from tests.deployment.promises import broken_promises, broken_promises_at_scale
from tests.deployment.test_files import shipping
from tests.docs.markdown import blocks, section
from tests.harness.commands import environment, run
from tests.harness.renders import Renders
from tests.harness.variants import Variant, variant_with

VERSIONS = ("1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37")
"""The versions of Kubernetes that the manifests are for."""

OVERLAYS = ("dev", "production")


def plain(database: str = "postgresql") -> Variant:
    """Choose a service without workers."""
    return variant_with(database=database, celery=False, kubernetes=True)


def manifests(renders: Renders, variant: Variant, overlay: str, folder: Path) -> list[Node]:
    """Build an overlay as its developer does, who has made the file of secrets."""
    project = renders.copy(variant.answers, folder / "service")
    overlays = project / "deploy/kubernetes/overlays"
    write_secrets(overlays / "dev")
    return build(overlays / overlay)


@pytest.mark.slow
@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("variant", shipping("kubernetes"), ids=str)
def test_sound(renders: Renders, variant: Variant, overlay: str, tmp_path: Path) -> None:
    documents = manifests(renders, variant, overlay, tmp_path)

    assert list(problems(documents)) == []
    assert list(broken_promises(documents)) == []
    if overlay == "production":
        assert list(broken_promises_at_scale(documents)) == []
    for version in VERSIONS:
        for document in documents:
            kubernetes_validate.validate(dict(document), version, strict=True)


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("celery", [False, True], ids=["alone", "with workers"])
def test_pods_are_restricted(
    renders: Renders, tmp_path: Path, overlay: str, *, celery: bool
) -> None:
    """The Pod Security Standard "restricted", which the namespace enforces, and more."""
    variant = variant_with(database="postgresql", celery=celery, kubernetes=True)
    documents: list[Any] = manifests(renders, variant, overlay, tmp_path)
    running = [each for each in documents if "template" in each.get("spec", {})]
    pods = [each["spec"]["template"]["spec"] for each in running]

    beside = ["worker", "beat"] if celery else []
    servers = ["database", "broker"] if celery else ["database"]
    brought = servers if overlay == "dev" else []
    assert {each["metadata"]["name"] for each in running} == {"api", "migrate", *beside, *brought}
    for pod in pods:
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] > 0
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert set(container["resources"]) == {"requests", "limits"}


@pytest.mark.parametrize("variant", shipping("kubernetes"), ids=str)
def test_there_is_time_to_end(renders: Renders, variant: Variant, tmp_path: Path) -> None:
    """preStop, the drain and the requests that still run fit into the grace period."""
    documents = manifests(renders, variant, "production", tmp_path)
    found: dict[str, Any] = {label(each): each for each in documents}
    pod = found["Deployment api"]["spec"]["template"]["spec"]
    hook = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    (settings,) = (each["data"] for each in found.values() if each["kind"] == "ConfigMap")

    needed = hook + int(settings["GRACEFUL_TIMEOUT"]) + int(settings.get("DRAIN_DELAY", "15"))
    assert needed + 5 <= pod["terminationGracePeriodSeconds"]


def test_commands_of_the_readme(renders: Renders, tmp_path: Path) -> None:
    """Those that need no cluster, as they are written."""
    variant = plain()
    project = renders.copy(variant.answers, tmp_path / "service")
    chapter = section((project / "README.md").read_text(), "Kubernetes")
    build(project / "deploy/kubernetes/overlays/production")  # there is a kubectl

    said = ""
    for commands in blocks(chapter, "sh"):
        command = ("sh", "-euc", commands)
        said += run(*command, folder=project, variables=environment())

    assert "kind: StatefulSet" in said
    assert "kind: Ingress" in said
    (path,) = project.rglob("secrets.env")
    theirs, ours, url = (line.partition("=")[2] for line in path.read_text().splitlines())
    assert len(theirs) == 48
    assert ours == theirs
    assert url == "postgresql://app@database:5432/app"
    assert path.stat().st_mode & 0o077 == 0


def test_no_secret(renders: Renders, tmp_path: Path) -> None:
    """Production has none, and the one of a development cluster is not committed."""
    variant = plain()
    documents = manifests(renders, variant, "production", tmp_path)
    ignored = (renders.get(variant.answers) / ".gitignore").read_text().splitlines()

    assert "Secret" not in {each["kind"] for each in documents}
    assert "deploy/kubernetes/overlays/*/*.env" in ignored


FAULTS: dict[str, Callable[[dict[str, Any]], None]] = {
    "Service api selects no pod": lambda found: found["Service"]["spec"]["selector"].update(a="b"),
    "Deployment api refers to the ServiceAccount nobody": lambda found: pod_of(found).update(
        serviceAccountName="nobody"
    ),
    "Deployment api refers to the ConfigMap others": lambda found: container_of(found)["envFrom"][
        0
    ]["configMapRef"].update(name="others"),
    "Service api has the port web of no pod": lambda found: found["Service"]["spec"]["ports"][
        0
    ].update(targetPort="web"),
    "Ingress api names a port": lambda found: backend_of(found)["port"].update(name="web"),
    "limits.memory: 384MB": lambda found: container_of(found)["resources"]["limits"].update(
        memory="384MB"
    ),
    "requests more cpu": lambda found: container_of(found)["resources"]["requests"].update(cpu="2"),
    "livenessProbe looks at /readyz": lambda found: container_of(found)["livenessProbe"][
        "httpGet"
    ].update(path="/readyz"),
    "startupProbe at /health": lambda found: container_of(found)["startupProbe"]["httpGet"].update(
        path="/health"
    ),
    "mounts the volume tmp": lambda found: pod_of(found).update(volumes=[]),
    "HorizontalPodAutoscaler api refers to the Deployment web": lambda found: found[
        "HorizontalPodAutoscaler"
    ]["spec"]["scaleTargetRef"].update(name="web"),
}
"""What is broken, by what has to be said about it."""


def pod_of(found: dict[str, Any]) -> dict[str, Any]:
    return found["Deployment"]["spec"]["template"]["spec"]


def container_of(found: dict[str, Any]) -> dict[str, Any]:
    return pod_of(found)["containers"][0]


def backend_of(found: dict[str, Any]) -> dict[str, Any]:
    return found["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]


@pytest.fixture(scope="module")
def production(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> list[Node]:
    """Sound manifests, to be broken."""
    folder = tmp_path_factory.mktemp("production")
    return manifests(renders, plain(), "production", folder)


@pytest.mark.parametrize("said", FAULTS)
def test_a_fault_is_found(production: list[Node], said: str) -> None:
    documents = deepcopy(production)
    FAULTS[said]({str(each["kind"]): each for each in documents})

    assert [each for each in problems(documents) if said in each]


BREACHES: dict[str, Callable[[dict[str, Any]], None]] = {
    "Namespace my-service takes pods that are not restricted": lambda found: found["Namespace"][
        "metadata"
    ].update(labels={}),
    "Egress of the pods": lambda found: found["NetworkPolicy"]["spec"].update(
        policyTypes=["Ingress"]
    ),
    "Ingress of the pods": lambda found: found["NetworkPolicy"]["spec"].update(
        podSelector={"matchLabels": {"app.kubernetes.io/component": "others"}}
    ),
    "Service api: no policy lets http in": lambda found: found["NetworkPolicy"]["spec"].update(
        ingress=[]
    ),
    "a rollout takes a pod away": lambda found: found["Deployment"]["spec"]["strategy"][
        "rollingUpdate"
    ].update(maxUnavailable=1),
    "api has no limits of memory": lambda found: container_of(found)["resources"]["limits"].pop(
        "memory"
    ),
    "Deployment api: nothing scales it": lambda found: found["HorizontalPodAutoscaler"]["spec"][
        "scaleTargetRef"
    ].update(name="web"),
    "Deployment api: its replicas undo": lambda found: found["Deployment"]["spec"].update(
        replicas=2
    ),
    "a drained node may take all": lambda found: found["PodDisruptionBudget"]["spec"].update(
        selector={"matchLabels": {"app.kubernetes.io/component": "others"}}
    ),
    "all of its pods may be on one node": lambda found: pod_of(found).pop(
        "topologySpreadConstraints"
    ),
}
"""What of a promise is taken back, by what has to be said about it."""


@pytest.mark.parametrize("said", BREACHES)
def test_a_broken_promise_is_found(production: list[Node], said: str) -> None:
    documents = deepcopy(production)
    BREACHES[said]({str(each["kind"]): each for each in documents})

    found = [*broken_promises(documents), *broken_promises_at_scale(documents)]
    assert [each for each in found if said in each]


@pytest.mark.parametrize("database", ["postgresql", "mysql"])
def test_a_closed_way_to_the_database_is_found(
    renders: Renders, tmp_path: Path, database: str
) -> None:
    documents = manifests(renders, plain(database), "dev", tmp_path)
    (policy,) = (each for each in documents if label(each) == "NetworkPolicy service")
    rules: list[Any] = policy["spec"]["egress"]  # type: ignore[index]
    del rules[1:]

    (found,) = broken_promises(documents)
    assert "Service database: no policy lets the service reach" in found
