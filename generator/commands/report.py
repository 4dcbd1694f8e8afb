"""What `new` says: about a service that was made, and about one that would be."""

import shlex
from dataclasses import asdict

from generator.commands import console
from generator.lifecycle.plan import Part, Plan
from generator.lifecycle.service import Order, Service


def made_as_document(service: Service) -> dict[str, object]:
    """Write the service for a machine."""
    return {
        "path": str(service.path),
        "template": {"source": service.source, "commit": service.revision.commit},
        "answers": service.answers.recorded,
        "features": service.answers.features,
        "files": service.files,
        "replaced": service.replaced,
        "commit": service.repository.commit,
        "notes": service.notes,
        "seconds": service.seconds,
    }


def made_as_text(service: Service, order: Order) -> str:
    """Write the service for a reader, with the next steps in the template's own words."""
    lines = [
        console.heading(f"{service.path.name}: {len(service.files)} files in {service.seconds} s"),
        f"  features  {', '.join(service.answers.features)}",
    ]
    if preset := service.answers.preset:
        lines.append(f"  preset    {preset}")
    if service.repository.commit:
        lines.append(f"  commit    {service.repository.commit}")
    return "\n".join([*lines, _next_steps(service, order).rstrip()])


def planned_as_document(plan: Plan) -> dict[str, object]:
    """Write the plan for a machine."""
    parts = [{**asdict(part.feature), "files": part.files} for part in plan.parts]
    return {
        "path": str(plan.path),
        "template": plan.template,
        "answers": plan.answers,
        "files": plan.files,
        "replaced": plan.replaced,
        "features": parts,
    }


def planned_as_text(plan: Plan) -> str:
    """Write the plan for a reader: the tree, and then the features."""
    head = f"{plan.path} would get {len(plan.files)} files. Nothing is written."
    head += f"\nThey would replace {', '.join(plan.replaced)}." if plan.replaced else ""
    head += f"\nIt follows the preset {plan.preset}." if plan.preset else ""
    tree = [console.heading(f"{plan.path.name}/"), *_tree(plan)]
    features = [console.heading("What each feature adds")]
    features += [line for part in plan.parts for line in _part(part)]
    return "\n".join([head, "", *tree, "", *features])


def _next_steps(service: Service, order: Order) -> str:
    message = str(order.template.questionnaire.settings.get("_message_after_copy") or "")
    place = {"dst_path": shlex.quote(str(order.target.given))}
    return order.evaluator.render(message, {**service.answers.values, "_copier_conf": place})


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
