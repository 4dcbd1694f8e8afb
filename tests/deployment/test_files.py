"""What a service ships for its deployment, read by the tools that know its formats."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.harness.commands import LONGEST
from tests.harness.renders import Renders
from tests.harness.variants import Variant, covering

BIN = Path(sys.executable).parent


def shipping(feature: str) -> list[Variant]:
    """Choose variants that have a feature, in which every pair of options occurs."""
    return [variant for variant in covering() if feature in variant.features]


def complaints(*command: str | Path, variables: Mapping[str, str] | None = None) -> str:
    """Give what a tool has to say; nothing if it is content."""
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, timeout=LONGEST, env=variables
    )
    return "" if done.returncode == 0 else f"{done.returncode}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("variant", shipping("docker"), ids=str)
class TestDockerfile:
    @pytest.mark.slow
    def test_hadolint(self, renders: Renders, variant: Variant) -> None:
        dockerfile = renders.get(variant.answers) / "deploy/docker/Dockerfile"

        assert complaints(BIN / "hadolint", "--failure-threshold", "style", dockerfile) == ""

    def test_python(self, renders: Renders, variant: Variant) -> None:
        text = (renders.get(variant.answers) / "deploy/docker/Dockerfile").read_text()

        assert text.count(f"python{variant.answers['python_version']}-") == 1
        assert text.count(f"python:{variant.answers['python_version']}-") == 1


VARIABLES: Final = {
    "MAX_BODY_SIZE": "1048576",
    "TRUSTED_PROXY": "10.0.0.1",
    "UPLOAD_MAX_SIZE": "10485760",
}
"""What its image puts in."""
INCLUDED: Final = "include /etc/nginx/tls/*.conf;"


@pytest.mark.parametrize("variant", shipping("nginx"), ids=str)
def test_gixy(renders: Renders, variant: Variant, tmp_path: Path) -> None:
    """As nginx reads it, with HTTPS.

    The service itself sends HSTS; and ``$http_host`` has the port, which redirects need, while
    ``$host`` is no less what the client says.
    """
    folder = renders.get(variant.answers) / "deploy/nginx"
    text = (folder / "service.conf.template").read_text()
    text = re.sub(r"\$\{(\w+)\}", lambda found: VARIABLES[found[1]], text)
    assert INCLUDED in text
    text = text.replace(INCLUDED, (folder / "tls.conf").read_text())
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"events {{}}\nhttp {{\n{text}}}\n")

    assert complaints(BIN / "gixy", "--skips", "hsts_header,host_spoofing", whole) == ""


@pytest.mark.parametrize("variant", shipping("github"), ids=str)
def test_zizmor(renders: Renders, variant: Variant) -> None:
    workflows = renders.get(variant.answers) / ".github/workflows"

    said = complaints(BIN / "zizmor", "--offline", "--pedantic", "--quiet", workflows)
    assert said == ""


@pytest.mark.parametrize(
    ("feature", "file", "schema"),
    [
        ("github", ".github/workflows/ci.yml", "vendor.github-workflows"),
        ("gitlab", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_ci_schema(renders: Renders, feature: str, file: str, schema: str) -> None:
    """As its platform publishes it."""
    files = {renders.get(variant.answers) / file for variant in shipping(feature)}

    said = complaints(BIN / "check-jsonschema", "--builtin-schema", schema, *files)
    assert said == ""
