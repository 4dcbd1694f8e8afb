"""What the tests of the command line start from."""

from pathlib import Path

import pytest

from generator.__main__ import run
from tests.generator.support import FILES, Invoke, Outcome, write_tree


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which git knows somebody and nothing else is configured."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text("[user]\n\tname = Somebody\n\temail = some@example.com\n")
    (folder / "copier.yml").write_text("defaults: {}\n")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(folder / "copier.yml"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_CONFIG_GLOBAL", "GROUNDPLAN_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """The toy template, in a plain folder."""
    return write_tree(tmp_path / "toy", FILES)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "place"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def invoke(place: Path, toy: Path, capsys: pytest.CaptureFixture[str]) -> Invoke:
    """Run a command in this process, on the toy template unless it names another."""
    assert place.is_dir()

    def invoke(*words: str | Path) -> Outcome:
        arguments = [*map(str, words)]
        if words[:1] in (("new",), ("options",)) and not any(
            word.startswith("--template") for word in arguments
        ):
            arguments += ["--template", str(toy)]
        code = run(arguments)
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return invoke
