"""What `new` would make, without making it."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.engine.answers import Answers
from generator.engine.features import Feature, describe, owners
from generator.engine.values import Document
from generator.lifecycle.checkout import examine
from generator.lifecycle.service import Order, fill, listing


@dataclass(frozen=True)
class Part:
    """Say what one feature adds."""

    feature: Feature
    files: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Hold the files of the service, and the parts that the features have in it."""

    path: Path
    template: str
    answers: Document
    files: tuple[str, ...]
    replaced: tuple[str, ...]
    owners: dict[str, str]
    parts: tuple[Part, ...]
    preset: str


def draw(order: Order, given: Document, answers: Answers, progress: Callable[[str], None]) -> Plan:
    """Render into a folder that is thrown away, and say which feature each file comes from."""
    progress("Rendering into a temporary folder")
    with tempfile.TemporaryDirectory(prefix="groundplan-") as scratch:
        folder = Path(scratch, order.target.path.name)
        fill(order, folder, given, answers)
        files = listing(folder)
    replaced = order.target.existing.replaced_by(files) if order.target.existing else ()
    names, _ = examine(order.template)
    owned = owners(order.template, names, order.evaluator, answers)
    parts = (
        Part(describe(order.template, name), tuple(one for one in files if owned.get(one) == name))
        for name in answers.features
    )
    source, path = order.template.source, order.target.path
    return Plan(
        path, source, answers.recorded, files, replaced, owned, tuple(parts), answers.preset
    )
