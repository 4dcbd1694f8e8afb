"""Where a template comes from: a folder, a git URL, or the installation."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from generator.engine.template import Template
from generator.errors import TemplateError
from generator.lifecycle import git

_PACKAGE = Path(__file__).resolve().parents[1]
_ALIASES = {"gh:": "https://github.com/", "gl:": "https://gitlab.com/"}
_URL_PREFIXES = ("git@", "git+", "git://", "ssh://", "http://", "https://", "file://", *_ALIASES)


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
    for root in (_PACKAGE / "_template", _PACKAGE.parent):
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
