"""What a stage of a variant's proof is."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.harness.servers import Server
from tests.harness.variant import Variant
from tests.harness.workbench import Workbench


@dataclass(frozen=True)
class Stage:
    """One step of a proof. Raises AssertionError with a reason when it fails."""

    run: Callable[[Workbench], None]
    needs: tuple[str, ...] = ()
    """What has to have passed."""

    after: tuple[str, ...] = ()
    """What goes before it, whatever came of that: it judges what is left of it."""

    applies: Callable[[Variant], bool] = lambda _: True
    reads: Callable[[], object] = lambda: None
    """What it judges by, besides the rendered files and the code of the harness."""

    @property
    def name(self) -> str:
        """Its name in results and reports."""
        return self.run.__name__.removeprefix("stage_")

    @property
    def proves(self) -> str:
        """What is true when it passes."""
        return (self.run.__doc__ or "").splitlines()[0]


def running(bench: Workbench) -> Server:
    """Give the process that an earlier stage started."""
    assert bench.server is not None, "nothing was started"
    return bench.server
