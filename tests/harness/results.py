"""What came of a variant's stages, each with its time."""

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Literal

import pytest

from tests.harness.proofs import Proof, now
from tests.harness.stage import Stage
from tests.harness.values import Value
from tests.harness.variant import Variant

Outcome = Literal["passed", "proven", "failed", "skipped", "not reached"]


@dataclass
class Result:
    """How one stage ended, in seconds of the clock and of the processor.

    One that is proven did not run: its time is that of the run that proved it.
    """

    stage: str
    outcome: Outcome
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    proven_at: str = ""
    reason: str = ""


@dataclass
class Results:
    """The stages that apply to one variant, as far as they have come."""

    row: Variant
    python: str
    applicable: Sequence[str]
    stages: list[Result] = field(default_factory=list[Result])

    @property
    def variant(self) -> str:
        """Its name."""
        return self.row.name

    def is_reached(self, stage: Stage) -> bool:
        """Whether all that the stage needs has passed; what does not apply is no obstacle."""
        passed = {each.stage for each in self.stages if each.outcome == "passed"}
        return passed.issuperset({*self.applicable} & {*stage.needs})

    def take(self, proof: Proof) -> None:
        """Note that a stage is proven, and when it was."""
        times = (proof.seconds, proof.cpu_seconds)
        self.stages.append(Result(proof.stage, "proven", *times, proven_at=proof.proven_at))

    def skip(self, stage: Stage) -> None:
        """Note that a stage makes no sense after what went before."""
        self.stages.append(Result(stage.name, "not reached"))

    @contextmanager
    def timed(self, stage: Stage) -> Generator[None]:
        """Note how the stage ends; what it says then is the whole message, without a traceback."""
        result = Result(stage.name, "passed")
        self.stages.append(result)
        began, cpu_began = time.perf_counter(), cpu_seconds()
        try:
            yield
        except pytest.skip.Exception as error:
            result.outcome, result.reason = "skipped", str(error)
            raise
        except AssertionError as error:
            result.outcome, result.reason = "failed", str(error)
            pytest.fail(f"{self.variant}: {stage.name}: {error}", pytrace=False)
        except BaseException as error:
            result.outcome, result.reason = "failed", repr(error)
            raise
        finally:
            result.seconds = round(time.perf_counter() - began, 2)
            result.cpu_seconds = round(cpu_seconds() - cpu_began, 2)
            result.proven_at = now() if result.outcome == "passed" else ""

    @property
    def proven_at(self) -> str | None:
        """Since when all of the row is proven: its oldest stage decides. Nothing if some is not."""
        moments = [each.proven_at for each in self.stages]
        return min(moments) if moments and all(moments) else None

    def as_document(self) -> dict[str, object]:
        """Turn it into what JSON can hold."""
        answers: Mapping[str, Value] = dict(self.row.answers)
        return {
            "variant": self.variant,
            "answers": answers,
            "python": self.python,
            "proven_at": self.proven_at,
            "stages": [asdict(each) for each in self.stages],
        }


def cpu_seconds() -> float:
    """Sum up what this process and the children that it has waited for have used."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
