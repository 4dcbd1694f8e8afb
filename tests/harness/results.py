"""What came of a variant's stages, each with its time."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Literal

import pytest

from tests.harness.stages import STAGES, Stage
from tests.harness.variants import Variant

Outcome = Literal["passed", "failed", "skipped", "not reached"]


@dataclass
class Result:
    """How one stage ended, in seconds of the clock and of the processor."""

    stage: str
    outcome: Outcome
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    reason: str = ""


@dataclass
class Results:
    """The stages that apply to one variant, as far as they have come."""

    variant: str
    python: str
    stages: list[Result] = field(default_factory=list[Result])

    def is_reached(self, stage: Stage, variant: Variant) -> bool:
        """Whether all that the stage needs has passed; what does not apply is no obstacle."""
        applicable = {each.name for each in STAGES if each.applies(variant)}
        passed = {each.stage for each in self.stages if each.outcome == "passed"}
        return passed.issuperset(applicable.intersection(stage.needs))

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

    def as_document(self) -> dict[str, object]:
        """Turn it into what JSON can hold."""
        return asdict(self)


def cpu_seconds() -> float:
    """Sum up what this process and the children that it has waited for have used."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
