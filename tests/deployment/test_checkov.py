"""What checkov finds in the files of every variant: nothing that is not explained here."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.deployment.manifests import build, write_secrets
from tests.deployment.test_files import shipping
from tests.deployment.test_manifests import OVERLAYS
from tests.harness.commands import environment, run, uv
from tests.harness.engine import unavailable
from tests.harness.renders import Renders

TOOL: Final = ("tool", "run", "--quiet", "--from", "checkov==3.3.30", "checkov")
"""In an environment of its own, since its packages contradict others; uv keeps it."""

EXPLAINED: Final[Mapping[str, str]] = {
    "CKV_K8S_15": "The tag of a release is never moved, so there is nothing to pull again; and a "
    "registry that is away stops no restart.",
    "CKV_K8S_35": "Settings are read from the environment, secrets among them, as any platform "
    "gives them; the image has no shell history, and the log never shows a value.",
    "CKV_K8S_40": "A published image's files belong to the user that it was made with. The "
    "service's own has a high number.",
    "CKV_K8S_43": "The digest is known when the image is pushed: `kustomize edit set image` takes "
    "one. Other images stay on a tag, to get their repairs.",
}
"""Each finding that stays, and why."""

ONLY_DATABASE: Final = frozenset({"CKV_K8S_40"})
"""What is explained for the servers of the overlay for development alone."""


@pytest.mark.slow
def test_findings(renders: Renders, tmp_path: Path) -> None:
    """Each is repaired or explained, and no explanation outlives its finding."""
    files = tmp_path / "files"
    collect(renders, tmp_path / "projects", files)

    findings = list(find(files))

    assert {check for check, _ in findings} == EXPLAINED.keys()
    for check, resource in findings:
        assert check not in ONLY_DATABASE or resource.startswith("StatefulSet."), resource


def collect(renders: Renders, projects: Path, folder: Path) -> None:
    """Put what the variants ship into one folder, each different file once."""
    seen: set[str] = set()
    for variant in shipping("docker"):
        project = renders.copy(variant.answers, projects / variant.name)
        for name, text in shipped(project, "kubernetes" in variant.features):
            if text not in seen:
                place = folder / str(len(seen)) / name
                place.parent.mkdir(parents=True)
                place.write_text(text)
                seen.add(text)


def shipped(project: Path, kubernetes: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file that is looked into."""
    yield "Dockerfile", (project / "deploy/docker/Dockerfile").read_text()
    if kubernetes:
        overlays = project / "deploy/kubernetes/overlays"
        write_secrets(overlays / "dev")
        for overlay in OVERLAYS:
            built = [dict(each) for each in build(overlays / overlay)]
            yield f"{overlay}.yaml", yaml.safe_dump_all(built)


def find(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each finding, with the resource that has it."""
    fetch()
    frameworks = ("--framework", "kubernetes", "dockerfile")
    options = ("--skip-download", "--soft-fail", "--output", "json", "--directory", folder)
    said = run(uv(), *TOOL, *frameworks, *options, folder=folder, variables=environment())
    reports: list[dict[str, Any]] = json.loads(said)
    assert {report["check_type"] for report in reports} == {"kubernetes", "dockerfile"}
    for report in reports:
        assert report["summary"]["passed"] > 100
        assert report["summary"]["parsing_errors"] == 0
        for each in report["results"]["failed_checks"]:
            yield each["check_id"], each["resource"]


def fetch() -> None:
    """Have uv install it, which needs a network the first time."""
    command = [uv(), *TOOL, "--version"]
    if subprocess.run(command, env=environment(), capture_output=True, check=False).returncode:
        unavailable("a checkov", "run this once with a network, so that uv can install it")
