"""The place for a service."""

import errno
import os
from pathlib import Path

import pytest

from generator.errors import MachineError, Stopped, TargetError
from generator.lifecycle.target import Target
from tests.generator.support import names, write_tree


def check(path: Path, template: Path = Path("/nowhere")) -> None:
    Target(path).refuse_taken(template)


def fill(path: Path, meanwhile: Path | None = None) -> None:
    """Make a service of two entries at a place; someone may write there at the same time."""
    with Target(path).staged() as folder:
        write_tree(folder, {"a.txt": "a", "app/b.txt": "b"})
        if meanwhile:
            write_tree(meanwhile.parent, {meanwhile.name: "theirs"})


class TestRefused:
    def test_not_empty(self, place: Path) -> None:
        write_tree(place / "full", dict.fromkeys(["d", "c", "b", "a"], ""))

        with pytest.raises(TargetError) as caught:
            check(Path("full"))

        assert str(caught.value) == (
            "full is not empty, it holds a, b, c and 1 more: choose a new path or an empty folder"
        )

    def test_hidden_entry_counts(self, place: Path) -> None:
        write_tree(place / "full", {".hidden": ""})

        with pytest.raises(TargetError, match=r"it holds \.hidden: choose"):
            check(Path("full"))

    def test_file(self, place: Path) -> None:
        (place / "file").touch()

        with pytest.raises(TargetError, match="file is a file, not a folder"):
            check(Path("file"))

    def test_below_a_file(self, place: Path) -> None:
        (place / "file").touch()

        with pytest.raises(TargetError, match=f"{place}/file is a file, not a folder"):
            check(Path("file/a/b"))

    def test_link_to_nothing(self, place: Path) -> None:
        (place / "link").symlink_to("nothing")

        with pytest.raises(TargetError, match="link is a link to nothing"):
            check(Path("link"))

    def test_link_to_itself(self, place: Path) -> None:
        (place / "link").symlink_to("link")

        with pytest.raises(TargetError, match=r"link is a link to (itself|nothing)"):
            check(Path("link"))

    def test_inside_the_template(self, toy: Path) -> None:
        with pytest.raises(TargetError, match="is inside the template"):
            check(toy / "template" / "new", toy / "template")


class TestAccepted:
    def test_new(self, place: Path) -> None:
        check(place / "new")
        check(place / "a" / "b" / "new")

    def test_empty_folder(self, place: Path) -> None:
        check(place)

    def test_beside_the_template(self, toy: Path) -> None:
        check(toy / "demo", toy / "template")


class TestStaged:
    def test_new(self, place: Path) -> None:
        fill(Path("new"))

        assert names(place) == ["new"]
        assert names(place / "new") == ["a.txt", "app"]

    def test_permissions_are_the_usual_ones(self, place: Path) -> None:
        fill(Path("new"))
        (place / "plain").mkdir()

        assert (place / "new").stat().st_mode == (place / "plain").stat().st_mode

    def test_missing_parents(self, place: Path) -> None:
        fill(Path("a/b/new"))

        assert names(place / "a" / "b") == ["new"]

    def test_empty_folder_stays_itself(self, place: Path) -> None:
        """Someone may stand in it, or it may be a mount: it is filled, not replaced."""
        before = place.stat()

        fill(Path())

        assert names(place) == ["a.txt", "app"]
        assert place.stat().st_ino == before.st_ino

    def test_link_to_an_empty_folder(self, place: Path) -> None:
        (place / "real").mkdir()
        (place / "link").symlink_to("real")

        fill(Path("link"))

        assert (place / "link").is_symlink()
        assert names(place / "real") == ["a.txt", "app"]


class TestNothingIsLeft:
    def fail(self, path: Path, error: BaseException) -> None:
        with Target(path).staged() as folder:
            write_tree(folder, {"a.txt": "a"})
            raise error

    @pytest.mark.parametrize("path", ["new", "a/b/new", "."])
    def test_error(self, place: Path, path: str) -> None:
        with pytest.raises(KeyError):
            self.fail(Path(path), KeyError("x"))

        assert names(place) == []

    def test_stopped(self, place: Path) -> None:
        with pytest.raises(Stopped):
            self.fail(Path("a/new"), Stopped())

        assert names(place) == []

    def test_parent_that_was_there(self, place: Path) -> None:
        (place / "a").mkdir()

        with pytest.raises(KeyError):
            self.fail(Path("a/b/new"), KeyError("x"))

        assert names(place) == ["a"]
        assert names(place / "a") == []

    def test_system(self, place: Path) -> None:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.txt")

        with pytest.raises(MachineError) as caught:
            self.fail(Path("new"), full)

        assert str(caught.value) == (
            "there is no space left for the service in new (a.txt): "
            "free some, or choose a place on another disk"
        )
        assert names(place) == []

    def test_made_by_someone_else_meanwhile(self, place: Path) -> None:
        with pytest.raises(TargetError, match="new was made by someone else meanwhile"):
            fill(Path("new"), meanwhile=place / "new" / "theirs.txt")

        assert names(place) == ["new"]
        assert names(place / "new") == ["theirs.txt"]

    def test_filled_by_someone_else_meanwhile(self, place: Path) -> None:
        with pytest.raises(TargetError, match="is not empty"):
            fill(Path(), meanwhile=place / "theirs.txt")

        assert names(place) == ["theirs.txt"]

    def test_move_that_fails_half_way(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        replace = Path.replace

        def refuse_the_second(source: Path, destination: Path) -> Path:
            if source.name == "app" and source.parent != place:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return replace(source, destination)

        monkeypatch.setattr(Path, "replace", refuse_the_second)

        with pytest.raises(MachineError, match="the system refuses the service in"):
            fill(Path())

        assert names(place) == []
