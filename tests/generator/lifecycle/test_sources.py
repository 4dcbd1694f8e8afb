"""Where the template comes from."""

from pathlib import Path

import pytest

from generator.errors import TemplateError
from generator.lifecycle.sources import carried, is_url, opened
from tests.generator.support import write_tree
from tests.harness.places import ROOT
from tests.harness.repositories import commit_all, git


@pytest.fixture
def repository(toy: Path) -> Path:
    """The toy template as a repository with a release, and with work after it."""
    commit_all(toy, "first")
    git(toy, "tag", "v1.0.0")
    git(toy, "tag", "v1.1.0rc1")
    git(toy, "tag", "no-version")
    write_tree(toy, {"template/{{use.base}}/later.txt": "later\n"})
    commit_all(toy, "second")
    return toy


class TestCarried:
    def test_checkout(self) -> None:
        assert carried().root == ROOT

    def test_without_a_name(self) -> None:
        with opened() as template:
            assert template.source == str(ROOT)


class TestFolder:
    def test_source_is_absolute(self, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relative one would lead a later update from another folder astray."""
        monkeypatch.chdir(toy.parent)

        with opened("toy") as template:
            assert template.source == str(toy)

    def test_settings(self, toy: Path) -> None:
        with opened(str(toy)) as template:
            assert template.files == toy / "template"
            assert template.answers_file == ".copier-answers.yml"

    def test_missing(self, tmp_path: Path) -> None:
        with (
            pytest.raises(TemplateError, match="there is no template at"),
            opened(str(tmp_path / "nowhere")),
        ):
            pass


class TestIsUrl:
    @pytest.mark.parametrize(
        "place",
        [
            "https://example.com/a",
            "git@example.com:a/b.git",
            "gh:owner/name",
            "gl:owner/name",
            "file:///srv/a",
            "git+https://example.com/a",
            "nowhere/a.git",
        ],
    )
    def test_url(self, place: str) -> None:
        assert is_url(place)

    @pytest.mark.parametrize("place", [".", "a/b", "/srv/a", "github"])
    def test_folder(self, place: str) -> None:
        assert not is_url(place)

    def test_bare_repository(self, tmp_path: Path) -> None:
        (tmp_path / "a.git").mkdir()

        assert not is_url(str(tmp_path / "a.git"))


class TestUrl:
    def test_newest_release(self, repository: Path) -> None:
        with opened(f"file://{repository}") as template:
            assert template.source == f"file://{repository}"
            assert not (template.files / "{{use.base}}" / "later.txt").exists()

    def test_without_a_release(self, repository: Path) -> None:
        git(repository, "tag", "--delete", "v1.0.0")

        with opened(f"file://{repository}") as template:
            assert (template.files / "{{use.base}}" / "later.txt").exists()

    def test_clone_is_removed(self, repository: Path) -> None:
        with opened(f"file://{repository}") as template:
            clone = template.root

        assert not clone.parent.exists()

    def test_unreachable(self, tmp_path: Path) -> None:
        with pytest.raises(TemplateError) as caught, opened(f"file://{tmp_path}/nothing.git"):
            pass

        assert str(caught.value).startswith(f"file://{tmp_path}/nothing.git cannot be fetched")
        assert "\n" not in str(caught.value)

    def test_without_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        with pytest.raises(TemplateError, match="install git, or name a folder"), opened("gh:a/b"):
            pass
