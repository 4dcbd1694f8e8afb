"""Names: which slug follows from a name, and which names a service cannot have."""

import keyword
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from generator.engine.evaluator import Evaluator
from generator.errors import AnswerError
from tests.harness.commands import environment, run, uv
from tests.harness.options import offered
from tests.harness.places import TEMPLATE
from tests.harness.questioning import answered, questions_of, todays_questions
from tests.harness.renders import Renders
from tests.harness.repositories import commit_all, repository_of
from tests.harness.resolving import versions
from tests.harness.updates import update

NAMES: Final[dict[str, Any]] = yaml.safe_load((TEMPLATE / ".feature/names.yml").read_text())
TAKEN: Final[dict[str, list[str]]] = NAMES["taken"]["default"]
SLUG: Final = re.compile(r"[a-z]([a-z0-9-]{0,48}[a-z0-9])?")


def slug_of(name: str) -> object:
    return offered().evaluator.complete({"project_name": name}).values["project_slug"]


def refusal(slug: str) -> str:
    with pytest.raises(AnswerError) as caught:
        offered().evaluator.complete({"project_slug": slug})
    return str(caught.value)


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template of today's questions."""
    return questions_of(todays_questions(), tmp_path_factory.mktemp("questions") / "template")


class TestTaken:
    @pytest.mark.slow
    def test_every_package(self, tmp_path: Path) -> None:
        """A project cannot depend on its own name, so no package of any variant is a slug."""
        declared = tmp_path / "pyproject.toml"
        declared.write_text(
            '[project]\nname = "all-of-them"\nversion = "0"\nrequires-python = ">=3.11"\n'
            f"dependencies = {sorted(requirements())}\n"
        )
        run(uv(), "lock", "--quiet", folder=tmp_path, variables=environment())
        found = {*versions((tmp_path / "uv.lock").read_text())} - {"all-of-them"}

        assert len(found) > 50
        missing = {name for name in found if SLUG.fullmatch(name)} - {*every()}
        assert missing == set(), "name them in template/.feature/names.yml"

    def test_every_word_and_module_of_python(self) -> None:
        words = {*keyword.kwlist, *keyword.softkwlist, *sys.stdlib_module_names}
        found = {word.lower().replace("_", "-") for word in words}

        assert {word for word in found if SLUG.fullmatch(word)} <= {*every()}

    @pytest.mark.parametrize(
        ("slug", "why"),
        [
            ("fastapi", "a package that services install"),
            ("sniffio", "a package that services install"),
            ("class", "a word or a module of Python"),
            ("test", "a word or a module of Python"),
            ("app", "a folder of every service"),
            ("default", "a namespace of Kubernetes"),
            ("kube-system", "a namespace of Kubernetes"),
        ],
    )
    def test_refused(self, slug: str, why: str) -> None:
        assert f"{slug} is {why}, so a service cannot have that name" in refusal(slug)

    def test_prefix(self) -> None:
        assert "Kubernetes keeps names with kube- for itself" in refusal("kube-orders")

    @pytest.mark.parametrize("slug", ["fastapi", "kube-system", "class", "app"])
    def test_under_copier(self, questions: Path, tmp_path: Path, slug: str) -> None:
        with pytest.raises(ValueError, match="so a service cannot have that name"):
            answered(questions, tmp_path / "s", {"project_slug": slug})

    def test_proposed_otherwise(self) -> None:
        for name in every():
            assert slug_of(name) in {f"{name[:42]}-service", name.removeprefix("kube-")} - {*every()}

    def test_service_that_has_one_keeps_it(self, renders: Renders, tmp_path: Path) -> None:
        """The list grows with the packages, and no update gives a service another name."""
        template = repository_of(renders.template, tmp_path / "template")
        names = template / "template/.feature/names.yml"
        today = names.read_text()
        names.write_text(today.replace("fastapi,", ""))
        commit_all(template, "Before it was taken")
        service = tmp_path / "fastapi"
        made = [Path(sys.executable).with_name("copier"), "copy", "--quiet", "--defaults"]
        subprocess.run([*made, "-d", "project_slug=fastapi", template, service], check=True)
        commit_all(service, "Generated")
        names.write_text(today)
        commit_all(template, "It is taken")

        update(service)

        assert 'name = "fastapi"' in (service / "pyproject.toml").read_text()


class TestSlug:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Café Über", "cafe-uber"),
            ("Cafe\u0301 U\u0308ber", "cafe-uber"),
            ("Straße", "strasse"),
            ("Smørrebrød & Øl", "smorrebrod-ol"),
            ("Đặng Việt", "dang-viet"),
            ("İstanbul", "istanbul"),
            ("L'Été", "l-ete"),
            ("3D Models", "d-models"),
            ("订单 API", "api"),
            ("Kube Orders", "orders"),
            ("Fast" * 20, ("fast" * 20)[:50]),
            (f"{'n' * 49} more", "n" * 49),
        ],
    )
    def test_follows(self, name: str, slug: str) -> None:
        assert slug_of(name) == slug

    def test_every_latin_letter(self) -> None:
        for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00)):
            letter = chr(code)
            plain = "".join(
                part for part in unicodedata.normalize("NFKD", letter.lower()) if part.isascii()
            )
            if letter.isalpha() and plain.isalpha():
                assert slug_of(f"x{letter}x") == f"x{plain}x", letter

    @pytest.mark.parametrize("name", ["订单服务", "Заказы", "42"])
    def test_without_a_latin_letter(self, questions: Path, tmp_path: Path, name: str) -> None:
        with pytest.raises(AnswerError, match="has no default: give it with --project-slug"):
            slug_of(name)

        given = {"project_name": name, "project_slug": "orders"}
        assert answered(questions, tmp_path / "s", given)["project_slug"] == "orders"


class TestFolder:
    """The name that is proposed is that of the folder."""

    @pytest.mark.parametrize(
        ("folder", "name"),
        [
            ("gp-svc", "Gp Svc"),
            ("order_service", "Order Service"),
            ("OrderService", "OrderService"),
            ("café", "Café"),
            ('a"b', "My Service"),
            ("n" * 81, "My Service"),
            ("--", "My Service"),
        ],
    )
    def test_proposed(self, questions: Path, tmp_path: Path, folder: str, name: str) -> None:
        theirs = answered(questions, tmp_path / folder, {})

        ours = Evaluator(offered().questionnaire, {"_folder_name": folder}).complete({}).values
        assert theirs["project_name"] == ours["project_name"] == name
        assert theirs["project_slug"] == ours["project_slug"]


def every() -> list[str]:
    return [name for names in TAKEN.values() for name in names]


def requirements() -> set[str]:
    """Name what any feature declares, for the service and for its development."""
    found: set[str] = set()
    for file in TEMPLATE.rglob("contributes.yml"):
        declared: dict[str, Any] = yaml.safe_load(file.read_text()) or {}
        for point in ("dependencies", "dev_dependencies"):
            found.update(declared.get(point, []))
    return found
