"""What every proof starts from."""

import os
import shutil
import signal
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.harness.content import MARKER, ContentProofs
from tests.harness.memory import copy_to_memory
from tests.harness.proofs import Proofs
from tests.harness.renders import Renders
from tests.harness.report import VariantTable
from tests.harness.resolving import SESSION
from tests.harness.shards import Shard


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer what `make test ARGS=` may say besides pytest's own options."""
    group = parser.getgroup("groundplan")
    group.addoption("--fresh", action="store_true", help="prove all, whatever is known")
    group.addoption("--shard", type=Shard.parse, help="prove one part of it, such as 3/8")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what all workers share; a worker inherits the environment."""
    heed_signals()
    copy_to_memory()
    config.addinivalue_line("markers", f"{MARKER}(programs): not run again while it is proven")
    assert config.cache is not None
    renders = Renders(Path(config.cache.mkdir("renders")))
    config.pluginmanager.register(ContentProofs(config, renders))
    if hasattr(config, "workerinput"):
        return
    settings = Path(config.cache.mkdir("copier")) / "settings.yml"
    settings.write_text("{}\n")
    os.environ["COPIER_SETTINGS_PATH"] = str(settings)  # a developer's own answers stay out
    os.environ[SESSION] = mkdtemp(prefix="groundplan-")
    config.pluginmanager.register(VariantTable())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing of a session but what is proven, and of that what may be taken again."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[SESSION], ignore_errors=True)
        Proofs().forget_old()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the part that is asked for; every worker chooses the same."""
    if shard := config.getoption("--shard"):
        kept = shard.items(items)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def pytest_xdist_auto_num_workers() -> int:
    """Use one more than there are cores: each waits a third of its time, for servers mostly."""
    return (os.cpu_count() or 1) + 1


def heed_signals() -> None:
    """Take back what a run in the background is made to ignore, and its children with it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def renders(pytestconfig: pytest.Config) -> Renders:
    """Give renders of today's template, from the cache where they are known."""
    assert pytestconfig.cache is not None
    return Renders(Path(pytestconfig.cache.mkdir("renders")))
