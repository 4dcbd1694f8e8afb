"""Where the template comes from, and what a service records about it."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator import git
from generator.errors import TemplateError
from generator.questions import Questionnaire, load

_HERE = Path(__file__).resolve().parent
_ALIASES = {"gh:": "https://github.com/", "gl:": "https://gitlab.com/"}
_URL_PREFIXES = ("git@", "git+", "git://", "ssh://", "http://", "https://", "file://", *_ALIASES)


@dataclass(frozen=True)
class Template:
    """Hold a template on disk: its files, and the place that a service remembers."""

    root: Path
    source: str

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """Read its questions."""
        return load(self.root)

    @property
    def subdirectory(self) -> str:
        """Return the name of the folder whose content is rendered, or nothing for all of it."""
        return str(self.questionnaire.settings.get("_subdirectory") or "")

    @property
    def files(self) -> Path:
        """Return the folder whose content is rendered."""
        return self.root / self.subdirectory

    @property
    def suffix(self) -> str:
        """Return the suffix of files that are rendered, not copied."""
        return str(self.questionnaire.settings.get("_templates_suffix") or ".jinja")

    @property
    def answers_file(self) -> str:
        """Return the name of the file in which a service keeps its answers."""
        return str(self.questionnaire.settings.get("_answers_file") or ".copier-answers.yml")


@contextmanager
def opened(place: str | None = None) -> Generator[Template]:
    """Yield the template at a path or a git URL; without one, the template that came with us."""
    if place is None:
        yield carried()
    elif is_url(place):
        with _cloned(expanded(place)) as clone:
            yield Template(clone, place)
    else:
        yield _at(Path(place).expanduser())


def carried() -> Template:
    """Return the template in the installed package, or in the checkout that we run from."""
    for root in (_HERE / "_template", _HERE.parent):
        if (root / "copier.yml").is_file():
            return _at(root)
    raise TemplateError(
        "this installation carries no template: install groundplan again, or use --template"
    )


def is_url(place: str) -> bool:
    """Tell whether a place is fetched with git, by the rules that Copier has."""
    return place.startswith(_URL_PREFIXES) or (place.endswith(".git") and not Path(place).is_dir())


def _at(folder: Path) -> Template:
    if not folder.is_dir():
        raise TemplateError(
            f"there is no template at {folder}: name a folder with a copier.yml, or a git URL"
        )
    root = folder.resolve()
    return Template(root, str(root))


@contextmanager
def _cloned(url: str) -> Generator[Path]:
    if not git.installed():
        raise TemplateError(f"{url} cannot be fetched without git: install git, or name a folder")
    with tempfile.TemporaryDirectory(prefix="groundplan-") as scratch:
        clone = Path(scratch).resolve() / "template"
        done = git.run(Path(scratch), "clone", "--quiet", "--", url, str(clone))
        if done.returncode:
            raise TemplateError(f"{url} cannot be fetched, because git says: {git.reason(done)}")
        if tag := newest_release(git.run(clone, "tag", "--list").stdout.split()):
            git.run(clone, "checkout", "--quiet", "--detach", tag)
        yield clone


def newest_release(tags: Iterable[str]) -> str | None:
    """Return the newest released version among some tags, as Copier picks it."""
    from packaging.version import InvalidVersion, Version

    versions: dict[Version, str] = {}
    for tag in tags:
        try:
            versions[Version(tag)] = tag
        except InvalidVersion:
            continue
    released = [version for version in versions if not version.is_prerelease]
    return versions[max(released)] if released else None


def expanded(url: str) -> str:
    """Return the address that a shortcut stands for."""
    url = url.removeprefix("git+")
    for alias, address in _ALIASES.items():
        if url.startswith(alias):
            path = url.removeprefix(alias).removeprefix("/").removesuffix(".git")
            return f"{address}{path}.git"
    return url
