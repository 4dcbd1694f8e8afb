"""Generate the default service and set it up, as its README tells a user to."""

import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import run
from tests.harness.options import offered

ROOT = Path(__file__).parent.parent


@contextmanager
def generated_service(scratch: Path, given: Path | None, *answers: str) -> Generator[Path]:
    """Yield the folder of a service that is set up: the given one, else one with some answers."""
    if given is not None:
        yield given.resolve()
        return
    service = scratch / "service"
    template = plain_template(scratch / "template")
    data = [word for answer in (*answers, *like_the_bare_apps()) for word in ("--data", answer)]
    run([sys.executable, "-m", "copier", "copy", "--defaults", "--quiet", *data, template, service])
    run(["make", "setup"], cwd=service)
    (service / ".env").unlink()  # what is set for development is no part of production
    run([service / ".venv" / "bin" / "python", "-m", "compileall", "-q", service / ".venv"])
    yield service


def like_the_bare_apps() -> list[str]:
    """Answer that nobody has to sign in, where the template asks for that."""
    return ["auth=none"] if "auth" in offered().values else []


def plain_template(target: Path) -> Path:
    """Copy the template as it lies here, so that no commit or tag decides what is measured."""
    shutil.copytree(ROOT / "template", target / "template")
    shutil.copy(ROOT / "copier.yml", target)
    return target
