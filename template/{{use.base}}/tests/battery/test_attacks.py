"""The service under attack, by those who have no credential, only connections (`make battery`).

What is asserted is what an attack costs: processor time, memory, connections. How long others wait
meanwhile is the machine's matter as well: it is shown, and noted in pytest's reports.
"""

import asyncio
import sys
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from anyio.to_process import run_sync
from fastapi import FastAPI

from app.config.settings import Settings
from tests.battery.attacks import ATTACKS, strike
from tests.battery.others import Others, others
from tests.support.victim import PATIENCE, Victim, victim

pytestmark = [
    pytest.mark.battery,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="measures by /proc"),
]

MOST_SECONDS: Final = 2.0
"""Of processor time, for all connections of an attack."""
MOST_MEMORY: Final = 2.0
"""Times what it takes when nobody attacks."""

JSON: Final = "application/json"
NOWHERE: Final = "/nowhere"

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Quiet:
    """What it needs when nobody attacks."""

    figures: Figures
    sockets: int


@pytest.fixture(scope="module")
def attacked(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Generator[Victim]:
    """The service, which each attack finds as the one before has left it."""
    with victim(tmp_path_factory.mktemp("victim"), settings.server.host) as found:
        yield found


@pytest.fixture(scope="module")
async def quiet(attacked: Victim) -> Quiet:
    """The service when nobody attacks."""
    attacked.forget()
    before = attacked.seconds()
    async with others(attacked.url) as seen:
        await asyncio.sleep(PATIENCE)
        sockets = attacked.sockets()
    return Quiet(measured(attacked, seen, before), sockets)


@pytest.fixture(scope="module")
def path(app: FastAPI) -> str:
    """Where it takes a JSON body, if it does anywhere."""
    bodies = {
        path: each.get("post", {}).get("requestBody", {})
        for path, each in app.openapi()["paths"].items()
    }
    return next((path for path, body in bodies.items() if JSON in body.get("content", {})), NOWHERE)


def measured(victim: Victim, seen: Others, before: float) -> Figures:
    """Give the processor time since then, the memory, and what others have seen."""
    return {"cpu": victim.seconds() - before, "memory": victim.megabytes(), **seen.figures()}


@pytest.fixture
def noted(request: pytest.FixtureRequest) -> list[tuple[str, object]]:
    """What is shown of a test in the end, whatever becomes of it."""
    test = request.node
    assert isinstance(test, pytest.Function)
    return test.user_properties


async def test_nothing(quiet: Quiet, noted: list[tuple[str, object]]) -> None:
    noted.extend(quiet.figures.items())


@pytest.mark.parametrize("name", ATTACKS)
async def test_attack(
    name: str,
    path: str,
    attacked: Victim,
    quiet: Quiet,
    noted: list[tuple[str, object]],
) -> None:
    attacked.forget()
    before = attacked.seconds()
    async with others(attacked.url) as seen:
        await run_sync(strike, name, attacked, path)
        await seen.enough.wait()
        figures = measured(attacked, seen, before)
    noted.extend(figures.items())

    assert attacked.is_alive
    assert figures["cpu"] < MOST_SECONDS
    assert figures["memory"] < MOST_MEMORY * quiet.figures["memory"]
    assert attacked.let_go(quiet.sockets), "it holds on to connections"
