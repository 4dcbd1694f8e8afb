"""What every proof starts from."""

import os
from pathlib import Path

import pytest

from tests.harness.renders import Renders
from tests.harness.report import VariantTable


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what all workers share; a worker inherits the environment."""
    if hasattr(config, "workerinput"):
        return
    assert config.cache is not None
    settings = Path(config.cache.mkdir("copier")) / "settings.yml"
    settings.write_text("{}\n")
    os.environ["COPIER_SETTINGS_PATH"] = str(settings)  # a developer's own answers stay out
    config.pluginmanager.register(VariantTable())


@pytest.fixture(scope="session")
def renders(pytestconfig: pytest.Config) -> Renders:
    """Give renders of today's template, from the cache where they are known."""
    assert pytestconfig.cache is not None
    return Renders(Path(pytestconfig.cache.mkdir("renders")))
