"""What every set of manifests promises a cluster, beyond being sound."""

from collections.abc import Iterator, Sequence
from typing import Final

from tests.deployment.manifests import (
    Node,
    label,
    labels_of,
    mapping,
    name_of,
    selected,
    sequence,
    spec,
    templates,
    walk,
)

FRONT: Final = "api"
"""The Service that is reached from outside; the others are reached by the service itself."""

RESOURCES: Final = {"cpu", "memory"}


def broken_promises(documents: Sequence[Node]) -> Iterator[str]:
    """Name what any overlay lacks."""
    yield from open_namespaces(documents)
    yield from unreachable_services(documents)
    for document in documents:
        name = label(document)
        yield from (f"{name}: {each}" for each in gaps_in_rollouts(document))
        yield from (f"{name}: {each}" for each in missing_resources(document))


def broken_promises_at_scale(documents: Sequence[Node]) -> Iterator[str]:
    """Name what production lacks for every Deployment that has more than one pod."""
    for deployment in (each for each in documents if each["kind"] == "Deployment"):
        if spec(deployment).get("replicas") == 1:
            continue
        name, labels = label(deployment), labels_of(mapping(spec(deployment)["template"]))
        if ("Deployment", name_of(deployment)) not in scaled(documents):
            yield f"{name}: nothing scales it"
        if "replicas" in spec(deployment):
            yield f"{name}: its replicas undo what the autoscaler decides"
        if not covers(documents, "PodDisruptionBudget", "selector", labels):
            yield f"{name}: a drained node may take all of its pods"
        if not spread(mapping(spec(deployment)["template"])):
            yield f"{name}: all of its pods may be on one node"


def open_namespaces(documents: Sequence[Node]) -> Iterator[str]:
    """Find namespaces that let any pod in, and pods that may talk to anything."""
    for namespace in (each for each in documents if each["kind"] == "Namespace"):
        metadata = mapping(namespace["metadata"])
        labels = mapping(metadata.get("labels", {}))
        if labels.get("pod-security.kubernetes.io/enforce") != "restricted":
            yield f"{label(namespace)} takes pods that are not restricted"
    for direction in ("Ingress", "Egress"):
        policies = [each for each in policies_of(documents) if direction in kinds_of(each)]
        for template in templates(documents):
            if not covers(policies, "NetworkPolicy", "podSelector", labels_of(template)):
                yield f"{direction} of the pods {labels_of(template)} is not limited"


def unreachable_services(documents: Sequence[Node]) -> Iterator[str]:
    """Find Services whose port a NetworkPolicy closes, at either end."""
    policies = policies_of(documents)
    for service in (each for each in documents if each["kind"] == "Service"):
        pods = selected(documents, mapping(spec(service)["selector"]))
        for port in (mapping(each)["targetPort"] for each in sequence(spec(service)["ports"])):
            numbers = {number_of(pod, port) for pod in pods}
            allowed = opened(policies, "ingress")
            if not ({port} | numbers) & allowed:
                yield f"{label(service)}: no policy lets {port} in"
            if name_of(service) != FRONT and not numbers <= opened(policies, "egress"):
                yield f"{label(service)}: no policy lets the service reach {port}"


def gaps_in_rollouts(document: Node) -> Iterator[str]:
    """Find what takes a pod away before the next one is ready; one that is alone may go first."""
    if document["kind"] != "Deployment":
        return
    strategy = mapping(spec(document).get("strategy", {}))
    limits = mapping(strategy.get("rollingUpdate", {}))
    alone = strategy.get("type") == "Recreate" and spec(document).get("replicas") == 1
    if not alone and (limits.get("maxUnavailable"), limits.get("maxSurge")) != (0, 1):
        yield "a rollout takes a pod away before the next one is ready"


def missing_resources(document: Node) -> Iterator[str]:
    """Find containers that do not say what they need and at most get."""
    for node in walk(document):
        for container in map(mapping, sequence(node.get("containers", []))):
            resources = mapping(container.get("resources", {}))
            for kind in ("requests", "limits"):
                for name in sorted(RESOURCES - mapping(resources.get(kind, {})).keys()):
                    yield f"{container['name']} has no {kind} of {name}"


def policies_of(documents: Sequence[Node]) -> list[Node]:
    """List the network policies."""
    return [each for each in documents if each["kind"] == "NetworkPolicy"]


def kinds_of(policy: Node) -> list[object]:
    """Read which directions a policy limits."""
    return sequence(spec(policy)["policyTypes"])


def opened(policies: Sequence[Node], direction: str) -> set[object]:
    """Collect the ports that some policy opens in a direction."""
    rules = [rule for policy in policies for rule in sequence(spec(policy).get(direction, []))]
    return {mapping(port)["port"] for rule in rules for port in sequence(mapping(rule)["ports"])}


def number_of(template: Node, port: object) -> object:
    """Find the number of a pod's port, which may have a name."""
    for container in sequence(mapping(template["spec"])["containers"]):
        for each in map(mapping, sequence(mapping(container).get("ports", []))):
            if port in {each.get("name"), each["containerPort"]}:
                return each["containerPort"]
    return port


def scaled(documents: Sequence[Node]) -> set[tuple[str, str]]:
    """Name what the autoscalers scale."""
    targets = [
        mapping(node["scaleTargetRef"]) for node in walk([*documents]) if "scaleTargetRef" in node
    ]
    return {(str(each["kind"]), str(each["name"])) for each in targets}


def covers(documents: Sequence[Node], kind: str, selector: str, labels: Node) -> bool:
    """Whether some document of a kind selects pods with these labels."""
    found = (mapping(spec(each)[selector]) for each in documents if each["kind"] == kind)
    return any(mapping(each.get("matchLabels", {})).items() <= labels.items() for each in found)


def spread(template: Node) -> bool:
    """Whether the pods are spread over nodes, counting themselves."""
    constraints = sequence(mapping(template["spec"]).get("topologySpreadConstraints", []))
    selectors = [mapping(mapping(each)["labelSelector"])["matchLabels"] for each in constraints]
    return any(mapping(each).items() <= labels_of(template).items() for each in selectors)
