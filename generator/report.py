"""What is said about a service that was made."""

import shlex

from generator import console
from generator.service import Order, Service


def as_document(service: Service) -> dict[str, object]:
    """Write it for a machine."""
    return {
        "path": str(service.path),
        "template": {"source": service.source, "commit": service.revision.commit},
        "answers": service.answers.recorded,
        "features": service.answers.features,
        "files": service.files,
        "commit": service.repository.commit,
        "notes": service.notes,
        "seconds": service.seconds,
    }


def as_text(service: Service, order: Order) -> str:
    """Write it for a reader, with the next steps in the template's own words."""
    lines = [
        console.heading(f"{service.path.name}: {len(service.files)} files in {service.seconds} s"),
        f"  features  {', '.join(service.answers.features)}",
    ]
    if preset := service.answers.preset:
        lines.append(f"  preset    {preset}")
    if service.repository.commit:
        lines.append(f"  commit    {service.repository.commit}")
    return "\n".join([*lines, _next_steps(service, order).rstrip()])


def _next_steps(service: Service, order: Order) -> str:
    message = str(order.template.questionnaire.settings.get("_message_after_copy") or "")
    place = {"dst_path": shlex.quote(str(order.target.given))}
    return order.evaluator.render(message, {**service.answers.values, "_copier_conf": place})
