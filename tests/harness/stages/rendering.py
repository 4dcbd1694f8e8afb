"""The files, before anything is installed."""

from tests.harness.leaks import leaks, marks
from tests.harness.overlays import features
from tests.harness.workbench import Workbench


def stage_generate(bench: Workbench) -> None:
    """Copier renders it, without a question and without trust."""
    bench.renders.copy(bench.variant.answers, bench.project)


def stage_traces(bench: Workbench) -> None:
    """Nothing is left unrendered, and no feature that is off leaves a trace."""
    on = bench.variant.features
    off = set(features()) - on
    traces = [*bench.files.unrendered(), *leaks(bench.files, on, off)]
    assert not traces, "\n".join(traces)


def every_mark() -> dict[str, object]:
    """Give what each feature is known by, the traces of which are looked for."""
    return {feature: marks(feature).as_document() for feature in features()}
