"""What every proof starts from."""

import os
import signal
from pathlib import Path

import pytest

from tests.harness.renders import Renders
from tests.harness.report import VariantTable


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what all workers share; a worker inherits the environment."""
    heed_signals()
    if hasattr(config, "workerinput"):
        return
    assert config.cache is not None
    settings = Path(config.cache.mkdir("copier")) / "settings.yml"
    settings.write_text("{}\n")
    os.environ["COPIER_SETTINGS_PATH"] = str(settings)  # a developer's own answers stay out
    config.pluginmanager.register(VariantTable())


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
