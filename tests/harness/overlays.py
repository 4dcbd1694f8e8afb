"""The template as overlays: which file is rendered under which features, and to which path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

from tests.harness.places import TEMPLATE, files_in

FEATURE_FOLDER: Final = ".feature"
GATHER: Final = TEMPLATE / FEATURE_FOLDER / "gather.jinja"
"""The macros by which shared files gather."""
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
    return path != GATHER and path.name not in {"README.md", "questions.yml", "leak.yml"}


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
    """List what a template gathers or imports, with ``*`` where a feature's name goes."""
    for node in parse(path).find_all((nodes.FromImport, nodes.Import, nodes.Call)):
        if not isinstance(node, nodes.Call):
            yield from {_pattern(node.template)} - {GATHER.relative_to(TEMPLATE.parent).as_posix()}
        elif isinstance(node.node, nodes.Name) and node.node.name in macros():
            yield _gathered(node, node.node.name)


def _gathered(call: nodes.Call, macro: str) -> str:
    values = dict(zip(macros()[macro], call.args, strict=False))
    values |= {keyword.key: keyword.value for keyword in call.kwargs}
    of, within = (
        [f"{{{{use.{_pattern(values[name])}}}}}"] if name in values else []
        for name in ("of", "within")
    )
    fragment = _pattern(values["fragment"])
    return "/".join([TEMPLATE.name, *of, "{{use.*}}", *within, FEATURE_FOLDER, fragment])


def _pattern(node: nodes.Node) -> str:
    if isinstance(node, nodes.Concat):
        return "".join(_pattern(part) for part in node.nodes)
    return str(node.value) if isinstance(node, nodes.Const) else "*"


def _source(path: Path) -> Source:
    parts = path.relative_to(TEMPLATE).parts
    overlays = [match[1] for part in parts if (match := OVERLAY.fullmatch(part))]
    rest = "/".join(part for part in parts if not OVERLAY.fullmatch(part))
    return Source(path, frozenset(overlays), rest.removesuffix(SUFFIX))
