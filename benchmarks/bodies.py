"""What refusing a body costs, beside parsing it."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import run, user_environment
from benchmarks.report import Goal, Section, Table
from benchmarks.workspace import generated_service

SCRIPT = Path(__file__).parent / "inside" / "bodies.py"
ENVIRONMENT = {"ENVIRONMENT": "test", "LOG_LEVEL": "ERROR", "SECRET_KEY": secrets.token_hex()}
WRONG = 422
MOST = 2.0
UNSEEN_MS = 10.0
HEAD = ["body", "bytes", "status", "answer bytes", "parse ms", "request ms", "request / parse"]


@dataclass(frozen=True)
class Body:
    """One shape: how it was answered, and what that cost beyond an empty body."""

    shape: str
    path: str
    status: int
    bytes: int
    answer: int
    parse_ms: float
    cost_ms: float

    @property
    def ratio(self) -> float:
        """Compare with the parsing alone."""
        return self.cost_ms / self.parse_ms

    @property
    def is_cheap(self) -> bool:
        """Whether nobody else would notice it, or it costs little beside the parsing."""
        return self.cost_ms <= UNSEEN_MS or self.ratio <= MOST


def measure(scratch: Path, given: Path | None) -> list[Body]:
    """Run every shape through a service with users and items, on a file."""
    with generated_service(scratch, given, "database=sqlite") as service:
        url = f"sqlite:///{scratch / 'bodies.db'}"
        environment = user_environment(**ENVIRONMENT, DATABASE_URL=url)
        python = service / ".venv" / "bin" / "python"
        run(
            [service / ".venv" / "bin" / "alembic", "upgrade", "head"],
            cwd=service,
            environment=environment,
        )
        answer = run([python, SCRIPT], cwd=service, environment=environment)
    return [Body(**each) for each in json.loads(answer)]


def report(scratch: Path, given: Path | None) -> Section:
    """Make the section of bodies."""
    bodies = measure(scratch, given)
    rows = [
        [
            body.shape,
            str(body.bytes),
            str(body.status),
            str(body.answer),
            f"{body.parse_ms:.2f}",
            f"{body.cost_ms:.2f}",
            f"{body.ratio:.1f}",
        ]
        for body in bodies
    ]
    note = "Processor time in process, beyond a request with an empty body; the least of some."
    dear = [body.shape for body in bodies if body.status == WRONG and not body.is_cheap]
    goal = Goal(
        f"no body that is let through costs more than {MOST:g} x its parsing, or {UNSEEN_MS:g} ms",
        ", ".join(dear) or "none does",
        not dear,
    )
    return Section("Bodies", [Table(HEAD, rows, note)], {"bodies": bodies}, [goal])
