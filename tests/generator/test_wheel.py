"""The wheel: it carries the template, and works from an empty folder without a network."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path, PurePosixPath

import pytest
import yaml

from generator.lifecycle.dotenv import OWN
from tests.generator.support import names
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.renders import Renders
from tests.harness.trees import differences

pytestmark = pytest.mark.slow

CARRIED = "generator/_template/"
SECONDS_FOR_HELP = 0.3
RUNS = 7


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command the way a user does: without this checkout in sight, and with bytecode."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def run_well(*words: str | Path, cwd: Path) -> str:
    done = run(*words, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what a clone of this checkout would hold."""
    source = tmp_path_factory.mktemp("source")
    listing = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in run_well("git", *listing, cwd=ROOT).split("\0"):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    run_well(sys.executable, "-m", "hatchling", "build", "--target", "wheel", cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def groundplan(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel; the dependencies are those that are here already."""
    folder = tmp_path_factory.mktemp("environment")
    run_well(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin" / "python"
    run_well(python, "-m", "pip", "install", "--no-index", "--no-deps", wheel, cwd=folder)
    (site,) = folder.glob("lib/python3*/site-packages")
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return folder / "bin" / "groundplan"


class TestContent:
    def test_template(self, wheel: Path, renders: Renders) -> None:
        with zipfile.ZipFile(wheel) as archive:
            packed = {name for name in archive.namelist() if name.startswith(CARRIED)}
        listed = {path.relative_to(renders.template) for path in renders.template.rglob("*.*")}

        assert CARRIED + "copier.yml" in packed
        assert {CARRIED + str(path) for path in listed if (renders.template / path).is_file()} <= (
            packed
        )

    def test_nothing_else(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            tops = {name.split("/")[0] for name in archive.namelist()}
            files = [PurePosixPath(name) for name in archive.namelist()]
        caches = ("__pycache__", "_cache")
        junk = [
            path
            for path in files
            if path.suffix == ".pyc" or any(part.endswith(caches) for part in path.parts)
        ]

        assert {top.split("-")[0] for top in tops} == {"generator", "groundplan"}
        assert junk == []


class TestInstalled:
    def test_checkout_is_out_of_sight(self, groundplan: Path, place: Path) -> None:
        code = "import generator; print(generator.__file__)"
        printed = run_well(groundplan.with_name("python"), "-c", code, cwd=place)

        assert Path(printed.strip()).is_relative_to(groundplan.parents[1])

    def test_same_service(self, groundplan: Path, place: Path, renders: Renders) -> None:
        run_well(groundplan, "new", "my-service", "--defaults", "--no-git", cwd=place)

        assert names(place) == ["my-service"]
        assert differences(place / "my-service", renders.get({}), ANSWERS_FILE, OWN) == []
        recorded = yaml.safe_load((place / "my-service" / ANSWERS_FILE).read_text())
        assert Path(recorded["_src_path"]).is_relative_to(groundplan.parents[1])

    def test_first_commit(self, groundplan: Path, place: Path) -> None:
        run_well(groundplan, "new", "made", "--defaults", cwd=place)

        assert run_well("git", "status", "--porcelain", cwd=place / "made") == ""

    def test_without_a_network(self, groundplan: Path, place: Path) -> None:
        alone = ("unshare", "--net", "--map-root-user")
        if run(*alone, "true", cwd=place).returncode:
            pytest.skip("no rights to take the network away here")

        run_well(*alone, groundplan, "new", "made", "--defaults", cwd=place)

        assert ANSWERS_FILE in names(place / "made")

    def test_options(self, groundplan: Path, place: Path) -> None:
        document = json.loads(run_well(groundplan, "options", "--json", cwd=place))

        assert document["options"][0]["name"] == "project_name"

    def test_presets(self, groundplan: Path, place: Path) -> None:
        document = json.loads(run_well(groundplan, "preset", "list", "--json", cwd=place))

        assert [preset["valid"] for preset in document["presets"]] == [True, True, True]

    def test_plain_copier_takes_the_carried_template(
        self, groundplan: Path, place: Path, renders: Renders
    ) -> None:
        template = json.loads(run_well(groundplan, "options", "--json", cwd=place))["template"]
        copier = Path(sys.executable).with_name("copier")

        run_well(copier, "copy", "--quiet", "--defaults", template, "my-service", cwd=place)

        assert differences(place / "my-service", renders.get({}), ANSWERS_FILE) == []


class TestTime:
    def test_help(self, groundplan: Path, place: Path) -> None:
        """The best of some runs, in processor time: others may be using this machine as well."""
        run_well(groundplan, "--help", cwd=place)
        spent: list[float] = []
        for _ in range(RUNS):
            before = os.times()
            run_well(groundplan, "--help", cwd=place)
            after = os.times()
            spent.append(
                after.children_user
                + after.children_system
                - before.children_user
                - before.children_system
            )

        assert min(spent) < SECONDS_FOR_HELP
