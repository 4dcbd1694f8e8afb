"""`groundplan new`."""

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from tests.generator.support import Invoke, names, spawn, write_tree
from tests.harness.places import ANSWERS_FILE
from tests.harness.repositories import commit_all, git


def recorded(service: Path) -> dict[str, object]:
    return yaml.safe_load((service / ANSWERS_FILE).read_text())


class TestMade:
    def test_summary(self, invoke: Invoke) -> None:
        outcome = invoke("new", "made", "--defaults")

        assert outcome.code == 0
        assert re.fullmatch(
            r"made: 4 files in \d+\.\d+ s\n"
            r"  features  base, store, disk, box\n"
            r"  commit    [0-9a-f]{7,}\n"
            r"toy is in made\.\n",
            outcome.out,
        )
        assert outcome.err == "Rendering the template ...\nMaking the first commit ...\n"

    def test_next_steps_can_be_pasted(self, invoke: Invoke) -> None:
        assert "toy is in 'two words'.\n" in invoke("new", "two words", "--defaults").out

    def test_files(self, invoke: Invoke, place: Path) -> None:
        invoke("new", "made", "--defaults", "--no-git")

        assert names(place) == ["made"]
        assert names(place / "made") == [ANSWERS_FILE, "README.md", "app"]

    def test_commit(self, invoke: Invoke, place: Path) -> None:
        invoke("new", "made", "--defaults")

        assert git(place / "made", "status", "--porcelain") == ""
        assert ANSWERS_FILE in git(place / "made", "ls-files").split()

    def test_no_git(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("new", "made", "--defaults", "--no-git")

        assert "commit" not in outcome.out
        assert not (place / "made" / ".git").exists()

    def test_empty_folder(self, invoke: Invoke, place: Path) -> None:
        assert invoke("new", ".", "--defaults").code == 0
        assert names(place) == [".copier-answers.yml", ".git", "README.md", "app"]

    def test_missing_parents(self, invoke: Invoke, place: Path) -> None:
        assert invoke("new", "a/b/made", "--defaults").code == 0
        assert names(place / "a" / "b") == ["made"]

    def test_note_on_git(self, invoke: Invoke, place: Path) -> None:
        git(place, "init", "--quiet")

        outcome = invoke("new", "made", "--defaults")

        assert outcome.code == 0
        assert f"note: {place}/made lies in the git repository {place}" in outcome.err


class TestOwnSettings:
    """`.env`: the developer's own, with secrets that no other service has."""

    EXAMPLE = "SECRET_KEY=\nSECRET_KEY_FALLBACKS=\n# DB_PASSWORD=\nPORT=8000\nDB_PASSWORD=\n"

    @pytest.fixture(autouse=True)
    def example(self, toy: Path) -> None:
        write_tree(toy / "template" / "{{use.base}}", {".env.example": self.EXAMPLE})

    @staticmethod
    def secrets_of(service: Path) -> list[str]:
        return re.findall(
            r"^(?:SECRET_KEY|DB_PASSWORD)=([0-9a-f]{48})$", read(service), re.MULTILINE
        )

    def test_empty_secrets_are_filled(self, invoke: Invoke, place: Path) -> None:
        for name in ("one", "other"):
            assert invoke("new", name, "--defaults").code == 0

        assert re.sub("[0-9a-f]{48}", "", read(place / "one")) == self.EXAMPLE
        assert len({*self.secrets_of(place / "one"), *self.secrets_of(place / "other")}) == 4

    def test_nobody_else_can_read_them(self, invoke: Invoke, place: Path) -> None:
        invoke("new", "made", "--defaults")

        assert (place / "made" / ".env").stat().st_mode & 0o777 == 0o600

    def test_none_is_committed(self, invoke: Invoke, place: Path) -> None:
        """Even where a template forgot to have git ignore the file."""
        invoke("new", "made", "--defaults")

        assert git(place / "made", "status", "--porcelain") == "?? .env\n"
        assert ".env" not in git(place / "made", "ls-files").split()

    def test_a_template_may_bring_its_own(self, invoke: Invoke, toy: Path, place: Path) -> None:
        write_tree(toy / "template" / "{{use.base}}", {".env": "PORT=1\n"})

        invoke("new", "made", "--defaults")

        assert read(place / "made") == "PORT=1\n"


def read(service: Path) -> str:
    return (service / ".env").read_text()


class TestNobodyIsThere:
    def test_defaults_are_taken_and_named(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("new", "made", "--name", "lamp", "-d", "cache=yes")

        assert outcome.code == 0
        assert outcome.err.splitlines()[0] == (
            "note: nobody can be asked here, so the defaults hold for slug, store, size, proxy, box"
        )
        assert recorded(place / "made")["cache"] is True

    def test_nothing_to_assume(self, invoke: Invoke) -> None:
        assert "note:" not in invoke("new", "made", "--defaults").err


class TestDeclined:
    """What was declined, and another answer brings all the same, is said."""

    @pytest.mark.parametrize("mode", [(), ("--dry-run",)], ids=["made", "previewed"])
    def test_needed_by_another(self, invoke: Invoke, mode: tuple[str, ...]) -> None:
        outcome = invoke("new", "made", "--defaults", "--no-box", "--proxy", *mode)

        assert outcome.code == 0
        assert (
            "note: box comes along in spite of box=false, because of proxy=true: "
            "box=true is recorded" in outcome.err.splitlines()
        )

    def test_needed_by_nobody(self, invoke: Invoke) -> None:
        assert "comes along" not in invoke("new", "made", "--defaults", "--no-box").err


class TestAnswersFile:
    def test_source_of_a_folder(self, invoke: Invoke, place: Path, toy: Path) -> None:
        invoke("new", "made", "--defaults", "--template", os.path.relpath(toy, place))

        assert recorded(place / "made")["_src_path"] == str(toy)
        assert "_commit" not in recorded(place / "made")

    def test_commit_of_a_checkout(self, invoke: Invoke, place: Path, toy: Path) -> None:
        commit_all(toy, "first")
        git(toy, "tag", "v1.2.0")

        invoke("new", "made", "--defaults")

        assert recorded(place / "made")["_commit"] == "v1.2.0"

    def test_checkout_with_changes(self, invoke: Invoke, place: Path, toy: Path) -> None:
        """A commit that exists nowhere must not be recorded."""
        commit_all(toy, "first")
        write_tree(toy, {"template/{{use.base}}/new.txt": "new\n"})

        outcome = invoke("new", "made", "--defaults")

        assert "_commit" not in recorded(place / "made")
        assert (place / "made" / "new.txt").exists()
        assert "note: the template has changes that are not committed" in outcome.err

    def test_url(self, invoke: Invoke, place: Path, toy: Path) -> None:
        commit_all(toy, "first")
        git(toy, "tag", "v1.2.0")

        assert invoke("new", "made", "--defaults", "--template", f"file://{toy}").code == 0
        assert recorded(place / "made")["_src_path"] == f"file://{toy}"
        assert recorded(place / "made")["_commit"] == "v1.2.0"

    def test_long_path_with_spaces(self, invoke: Invoke, place: Path, toy: Path) -> None:
        """YAML folds such a line, and all of it has to be replaced."""
        long = toy.parent / ("a long name " * 12).strip() / "toy"
        long.parent.mkdir()
        toy.rename(long)
        commit_all(long, "first")

        assert invoke("new", "made", "--defaults", "--template", str(long)).code == 0
        assert recorded(place / "made")["_src_path"] == str(long)
        assert recorded(place / "made")["name"] == "toy"

    def test_update_by_plain_copier(self, invoke: Invoke, place: Path, toy: Path) -> None:
        import copier

        commit_all(toy, "first")
        git(toy, "tag", "v1.0.0")
        invoke("new", "made", "--name", "lamp", "--defaults")
        write_tree(toy, {"template/{{use.base}}/new.txt": "new\n"})
        commit_all(toy, "second")
        git(toy, "tag", "v1.1.0")

        copier.run_update(
            place / "made", defaults=True, overwrite=True, quiet=True, settings=copier.Settings()
        )

        assert (place / "made" / "new.txt").exists()
        assert recorded(place / "made")["_commit"] == "v1.1.0"
        assert recorded(place / "made")["name"] == "lamp"


class TestJson:
    def test_shape(self, invoke: Invoke, place: Path, toy: Path) -> None:
        document = json.loads(invoke("new", "made", "--json", "--store", "none").out)

        assert re.fullmatch("[0-9a-f]{7,}", document.pop("commit"))
        assert document.pop("seconds") > 0
        assert document == {
            "path": f"{place}/made",
            "template": {"source": str(toy), "commit": None},
            "answers": {
                "name": "toy",
                "slug": "toy",
                "store": "none",
                "cache": False,
                "proxy": False,
                "box": True,
            },
            "features": ["base", "box"],
            "files": [ANSWERS_FILE, "README.md", "app/main.py"],
            "replaced": [],
            "notes": [],
        }

    def test_answers_are_the_recorded_ones(self, invoke: Invoke, place: Path) -> None:
        answers = json.loads(invoke("new", "made", "--json", "--cache").out)["answers"]

        kept = recorded(place / "made")
        assert answers == {name: kept[name] for name in kept if not name.startswith("_")}

    def test_notes(self, invoke: Invoke, place: Path) -> None:
        git(place, "init", "--quiet")

        document = json.loads(invoke("new", "made", "--json").out)

        assert document["commit"] is None
        assert len(document["notes"]) == 1

    def test_refusal(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("new", "made", "--json", "--store", "disc")

        assert json.loads(outcome.out) == {
            "error": {
                "kind": "answer",
                "message": "store=disc is not possible: choose disk or none",
                "exit_code": 3,
            }
        }
        assert names(place) == []


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "code", "sentence"),
        [
            (["made", "-d", "stor=disk"], 3, 'there is no question "stor": did you mean "store"?'),
            (["made", "-d", "store"], 3, '-d "store" is not key=value'),
            (["made", "--store", "disc"], 3, "store=disc is not possible: choose disk or none"),
            (["made", "--cache", "--store", "none"], 3, "cache=true needs a store"),
            (["made", "--name", "two words"], 3, 'slug="two words" is refused'),
            (["."], 4, ". is not empty, it holds taken: choose a new path or an empty folder"),
            (["taken"], 4, "/place/taken is a file, not a folder"),
            (["taken/below"], 4, "/place/taken is a file, not a folder"),
            (["made", "--template", "nowhere"], 6, "there is no template at nowhere"),
            (["made", "--template", "."], 6, "/place is no template, because it has no copier.yml"),
            ([""], 2, "PATH is empty"),
            ([], 2, "missing argument 'PATH'"),
            (["a", "b"], 2, "got unexpected extra argument(s) (b)"),
        ],
    )
    def test_sentence(
        self, invoke: Invoke, place: Path, words: list[str], code: int, sentence: str
    ) -> None:
        (place / "taken").touch()

        outcome = invoke("new", *words, "--defaults")

        *_, line = outcome.err.splitlines()
        assert outcome.code == code
        assert line.startswith("error: ")
        assert sentence in line
        assert outcome.out == ""
        assert names(place) == ["taken"]

    def test_broken_template(self, invoke: Invoke, place: Path, toy: Path) -> None:
        write_tree(toy, {"template/{{use.base}}/z.txt.jinja": "{{ nothing }}"})

        outcome = invoke("new", "a/made", "--defaults")

        assert outcome.code == 6
        assert outcome.err.endswith(
            "error: the template cannot be rendered: 'nothing' is undefined\n"
        )
        assert names(place) == []


class TestProcess:
    """The same in a process of its own, from an empty folder."""

    def test_made(self, place: Path, toy: Path) -> None:
        outcome = spawn("new", "made", "--template", toy, cwd=place)

        assert outcome.code == 0
        assert outcome.out.startswith("made: 4 files in ")
        assert names(place) == ["made"]

    def test_without_git(self, place: Path, toy: Path) -> None:
        outcome = spawn("new", "made", "--defaults", "--template", toy, cwd=place, PATH="/nowhere")

        assert outcome.code == 0
        assert "note: git is not installed" in outcome.err
        assert names(place / "made") == [ANSWERS_FILE, "README.md", "app"]
