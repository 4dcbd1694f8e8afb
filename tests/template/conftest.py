"""The renders that the rules are held against."""

import pytest

from tests.harness.projects import Project
from tests.harness.renders import Renders
from tests.harness.variants import covering


@pytest.fixture(scope="session")
def projects(renders: Renders) -> dict[str, Project]:
    """Give projects in which every pair of options occurs."""
    return {variant.name: Project(renders.get(variant.answers)) for variant in covering()}
