"""The template as overlays: which file is rendered under which features, and to which path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

import yaml
from jinja2 import Environment, nodes

from tests.harness.places import TEMPLATE, files_in

FEATURE_FOLDER: Final = ".feature"
MACROS: Final = TEMPLATE / FEATURE_FOLDER
"""How shared files gather; whatever else is called so belongs to an overlay."""

GATHER: Final = MACROS / "gather.jinja"
CONTRIBUTES: Final = "contributes.yml"

Entries = list[str] | dict[str, str]
SUFFIX: Final = ".jinja"
OVERLAY: Final = re.compile(r"\{\{use\.(\w+)\}\}")


@dataclass(frozen=True)
class Source:
    """One file of the template that a render holds when all of ``needs`` are on."""

    path: Path
    needs: frozenset[str]
    destination: str

    @property
    def is_template(self) -> bool:
        """Whether Copier renders its text, or copies it as it is."""
        return self.path.suffix == SUFFIX

    @property
    def label(self) -> str:
        """Name it as a reader of the repository finds it."""
        return self.path.relative_to(TEMPLATE).as_posix()


@dataclass(frozen=True)
class Fragment:
    """What a feature contributes to a shared file."""

    path: Path

    @property
    def address(self) -> str:
        """Name it as an ``include`` does."""
        return self.path.relative_to(TEMPLATE.parent).as_posix()


def is_fragment(path: Path) -> bool:
    """Tell a fragment from what the generator, the tests and the reader of a feature need."""
    others = {"README.md", "questions.yml", "leak.yml", CONTRIBUTES}
    return path.parent != MACROS and path.name not in others


@cache
def sources() -> tuple[Source, ...]:
    """Read every file that can end up in a render."""
    found = (path for path in files_in(TEMPLATE) if FEATURE_FOLDER not in path.parts)
    return tuple(_source(path) for path in found)


@cache
def fragments() -> tuple[Fragment, ...]:
    """Read every fragment of every feature."""
    found = (path for path in files_in(TEMPLATE) if FEATURE_FOLDER in path.parts)
    return tuple(Fragment(path) for path in found if is_fragment(path))


@cache
def contributions() -> dict[Path, dict[str, Entries]]:
    """Read what features contribute as data: entries by gather point."""
    found = (path for path in files_in(TEMPLATE) if path.name == CONTRIBUTES)
    return {
        path: cast("dict[str, Entries]", yaml.safe_load(path.read_text()) or {}) for path in found
    }


def addresses() -> list[str]:
    """Name all that there is to gather: fragments, and points of data behind a ``#``."""
    return [
        *(fragment.address for fragment in fragments()),
        *(
            f"{path.relative_to(TEMPLATE.parent).as_posix()}#{point}"
            for path, points in contributions().items()
            for point in points
        ),
    ]


@cache
def features() -> tuple[str, ...]:
    """Name every feature that has a folder of its own."""
    names = (OVERLAY.fullmatch(folder.name) for folder in sorted(TEMPLATE.iterdir()))
    return tuple(match[1] for match in names if match)


def feature_folder(feature: str) -> Path:
    """Give the folder in which a feature describes itself."""
    return TEMPLATE / f"{{{{use.{feature}}}}}" / FEATURE_FOLDER


def templates() -> Iterator[Path]:
    """List whatever is rendered as Jinja: the templates, and all fragments."""
    yield from (source.path for source in sources() if source.is_template)
    yield from (fragment.path for fragment in fragments())


def parse(path: Path) -> nodes.Template:
    """Read a template's Jinja."""
    return Environment(autoescape=True).parse(path.read_text())


@cache
def macros() -> dict[str, list[str]]:
    """Name the macros that gather, each with its arguments."""
    found = parse(GATHER).find_all(nodes.Macro)
    return {macro.name: [argument.name for argument in macro.args] for macro in found}


def includes(path: Path) -> Iterator[str]:
    """List the addresses that a template gathers or imports, with ``*`` for a feature's name."""
    for node in parse(path).find_all((nodes.FromImport, nodes.Import, nodes.Call)):
        if not isinstance(node, nodes.Call):
            pattern = _pattern(node.template)
            yield from [] if pattern.startswith(f"{TEMPLATE.name}/{FEATURE_FOLDER}/") else [pattern]
        elif isinstance(node.node, nodes.Name) and node.node.name in macros():
            yield from _gathered(node, macros()[node.node.name])


def _gathered(call: nodes.Call, arguments: list[str]) -> Iterator[str]:
    given = dict(zip(arguments, call.args, strict=False))
    given |= {keyword.key: keyword.value for keyword in call.kwargs}
    of, within = (
        [f"{{{{use.{_pattern(given[name])}}}}}"] if name in given else []
        for name in ("of", "within")
    )
    folder = "/".join([TEMPLATE.name, *of, "{{use.*}}", *within, FEATURE_FOLDER])
    if "fragment" in given:
        yield f"{folder}/{_pattern(given['fragment'])}"
    for points in (given[name] for name in ("point", "points") if name in given):
        for point in points.items if isinstance(points, nodes.List) else [points]:
            yield f"{folder}/{CONTRIBUTES}#{_pattern(point)}"


def _pattern(node: nodes.Node) -> str:
    if isinstance(node, nodes.Concat):
        return "".join(_pattern(part) for part in node.nodes)
    return str(node.value) if isinstance(node, nodes.Const) else "*"


def _source(path: Path) -> Source:
    parts = path.relative_to(TEMPLATE).parts
    overlays = [match[1] for part in parts if (match := OVERLAY.fullmatch(part))]
    rest = "/".join(part for part in parts if not OVERLAY.fullmatch(part))
    return Source(path, frozenset(overlays), rest.removesuffix(SUFFIX))
