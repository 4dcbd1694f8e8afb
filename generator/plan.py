"""What `new` would make, without making it."""

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from generator import console
from generator.answers import Answers
from generator.checkout import examine
from generator.features import Feature, describe, owners
from generator.service import Order, fill, listing
from generator.values import Document


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
    owners: dict[str, str]
    parts: tuple[Part, ...]
    preset: str


def draw(order: Order, given: Document, answers: Answers) -> Plan:
    """Render into a folder that is thrown away, and say which feature each file comes from."""
    console.progress("Rendering into a temporary folder")
    with tempfile.TemporaryDirectory(prefix="groundplan-") as scratch:
        folder = Path(scratch, order.target.path.name)
        fill(order, folder, given, answers)
        files = listing(folder)
    names, _ = examine(order.template)
    owned = owners(order.template, names, order.evaluator, answers)
    parts = (
        Part(describe(order.template, name), tuple(one for one in files if owned.get(one) == name))
        for name in answers.features
    )
    source, path = order.template.source, order.target.path
    return Plan(path, source, answers.recorded, files, owned, tuple(parts), answers.preset)


def as_document(plan: Plan) -> dict[str, object]:
    """Write the plan for a machine."""
    parts = [{**asdict(part.feature), "files": part.files} for part in plan.parts]
    return {
        "path": str(plan.path),
        "template": plan.template,
        "answers": plan.answers,
        "files": plan.files,
        "features": parts,
    }


def as_text(plan: Plan) -> str:
    """Write the plan for a reader: the tree, and then the features."""
    head = f"{plan.path} would get {len(plan.files)} files. Nothing is written."
    head += f"\nIt follows the preset {plan.preset}." if plan.preset else ""
    tree = [console.heading(f"{plan.path.name}/"), *_tree(plan)]
    features = [console.heading("What each feature adds")]
    features += [line for part in plan.parts for line in _part(part)]
    return "\n".join([head, "", *tree, "", *features])


def _tree(plan: Plan) -> list[str]:
    """Draw the folders and files, each file with the feature that it comes from."""
    lines: list[tuple[str, str]] = []
    seen: set[str] = set()
    for file in plan.files:
        *folders, name = file.split("/")
        for depth in range(len(folders)):
            folder = "/".join(folders[: depth + 1])
            if folder not in seen:
                seen.add(folder)
                lines.append((f"{'  ' * (depth + 1)}{folders[depth]}/", ""))
        lines.append((f"{'  ' * (len(folders) + 1)}{name}", plan.owners.get(file, "")))
    width = max((len(text) for text, _ in lines), default=0) + 2
    return [f"{text:{width}}{owner}".rstrip() for text, owner in lines]


def _part(part: Part) -> list[str]:
    feature = part.feature
    lines = [f"  {console.heading(feature.name)}  {feature.description}".rstrip()]
    lines.append(f"      files: {len(part.files) or 'none of its own, its part in shared ones'}")
    if feature.packages:
        lines.append(f"      packages: {', '.join(feature.packages)}")
    if feature.variables:
        lines.append(f"      variables: {', '.join(feature.variables)}")
    return lines
