"""A preset is found by its name, in a file, and nowhere else."""

from pathlib import Path

import pytest

from generator.errors import PresetError
from generator.presets.places import BUILT_IN, find, named
from generator.presets.reading import MAX_BYTES
from tests.generator.presets.support import ACME, written

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of an organisation, named by the variable."""
    folder = tmp_path / "ours"
    folder.mkdir()
    monkeypatch.setenv("GROUNDPLAN_PRESETS", str(folder))
    return folder


class TestNames:
    def test_built_in(self) -> None:
        assert list(named()) == ["full", "minimal", "standard"]
        assert find("minimal").origin == str(BUILT_IN / "minimal.yml")

    def test_directory(self, directory: Path) -> None:
        path = written(directory)
        written(directory, "no preset", "README.md")

        assert list(named()) == ["acme", "full", "minimal", "standard"]
        assert (find("acme").origin, find("acme").text) == (str(path), ACME)

    def test_directory_goes_first(self, directory: Path) -> None:
        path = written(directory, name="minimal.yaml")

        assert find("minimal").origin == str(path)

    def test_a_file_beside_does_not_shadow_a_name(self, place: Path) -> None:
        written(place, name="minimal")

        assert find("minimal").origin == str(BUILT_IN / "minimal.yml")

    def test_missing_directory(self, directory: Path) -> None:
        directory.rmdir()

        with pytest.raises(
            PresetError, match=r"GROUNDPLAN_PRESETS names .*ours, which is no folde"
        ):
            find("acme")

    @pytest.mark.parametrize(
        ("name", "hint"),
        [("minimum", 'did you mean "minimal"'), ("x", "there are full, minimal, standard")],
    )
    def test_unknown(self, name: str, hint: str) -> None:
        with pytest.raises(PresetError, match=f'there is no preset "{name}": {hint}'):
            find(name)


class TestFiles:
    @pytest.mark.parametrize("words", ["acme.yml", "./acme.yml", "../place/acme.yml"])
    def test_read(self, place: Path, words: str) -> None:
        written(place)

        assert find(words).text == ACME

    @pytest.mark.parametrize("words", ["none.yml", "."])
    def test_unreadable(self, words: str) -> None:
        with pytest.raises(PresetError, match=r"the preset .* cannot be read: "):
            find(words)

    def test_size(self, place: Path) -> None:
        path = written(place, ACME + "#" * MAX_BYTES)

        with pytest.raises(PresetError, match="has more than 64 KiB"):
            find(str(path))

    def test_no_text(self, place: Path) -> None:
        (place / "acme.yml").write_bytes(b"\xff\xfe")

        with pytest.raises(PresetError, match="is no text in UTF-8"):
            find("acme.yml")
