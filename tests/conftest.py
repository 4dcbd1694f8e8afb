"""What every proof starts from."""

import os
import signal
from pathlib import Path

import pytest

from tests.harness.bytecode import Bytecode
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


@pytest.fixture(scope="session")
def bytecode(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Bytecode:
    """Give what the variants of this run have compiled so far, by whatever worker."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(pytestconfig, "workerinput") else own
    return Bytecode(shared / "bytecode")
