"""Faults that are planted in the code of a feature are found by the service's own tests."""

import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

import pytest

from tests.harness.faults import replaced
from tests.harness.renders import Renders
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=("redis-server",))]


@dataclass(frozen=True, slots=True)
class Planted:
    """What is changed in a module of ``app/``, and the test that fails for it."""

    name: str
    module: str
    old: str
    new: str
    caught_by: str

    def __str__(self) -> str:
        return self.name


SHARED, COUNTERS = "core/limits/shared.py", "core/limits/test_counters.py"
LIMITED, KEPT = "api/test_rate_limit.py", "core/cache/test_cached.py"

FAULTS: Final = [
    Planted(
        "one more is admitted",
        SHARED,
        "used + cost > tonumber(amount)",
        "used + cost > tonumber(amount) + 1",
        COUNTERS,
    ),
    Planted(
        "each request begins the window anew",
        SHARED,
        "if answer[i * 2] == 0 then redis.call('SET', key, 0, 'PX', answer[i * 2 + 1]) end",
        "redis.call('SET', key, answer[i * 2], 'PX', ARGV[i * 3])",
        COUNTERS,
    ),
    Planted(
        "counts of this process have no bound",
        "core/limits/local.py",
        "if key not in self.counts and",
        "if False and",
        COUNTERS,
    ),
    Planted(
        "each address of a subscriber counts for itself",
        "core/limits/address.py",
        "SUBSCRIBER: Final = 64",
        "SUBSCRIBER: Final = 128",
        "core/limits/test_address.py",
    ),
    Planted(
        "an IPv4 address in disguise is another one",
        "core/limits/address.py",
        "if found.ipv4_mapped is not None:",
        "if False:",
        "core/limits/test_address.py",
    ),
    Planted(
        "without Redis nobody is served",
        "core/limits/limiter.py",
        "return await self.local.take(caller, charges)",
        "raise",
        "core/limits/test_limiter.py",
    ),
    Planted(
        "what is refused costs",
        "core/limits/quota.py",
        "            await self.give_back()\n",
        "",
        "dependencies/test_rate_limit.py",
    ),
    Planted(
        "a preflight costs",
        "api/rate_limit.py",
        ' or scope["method"] == HTTPMethod.OPTIONS',
        "",
        LIMITED,
    ),
    Planted(
        "one sees what is kept for another",
        "core/cache/cached.py",
        "[self.shape, cache.who, arguments]",
        "[self.shape, arguments]",
        KEPT,
    ),
    Planted(
        "all load at once",
        "core/cache/cache.py",
        "nx=True, px=LEASE_TIME",
        "nx=False, px=LEASE_TIME",
        KEPT,
    ),
    Planted(
        "an older load is kept",
        "core/cache/cache.py",
        "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end\n",
        "",
        "core/cache/test_forget.py",
    ),
    Planted(
        "a command outlives who asked",
        "core/redis.py",
        "raise asyncio.CancelledError",
        "pass",
        "core/test_redis.py",
    ),
]


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with both, on the oldest interpreter."""
    chosen = {"orm": "none", "auth": "none", "sample": "none", "python_version": "3.11"}
    variant = variant_of(asked({**chosen, "cache": True, "rate_limit": True}))
    with workbench(variant, tmp_path_factory.mktemp("planted"), renders) as made:
        stage_generate(made)
        stage_install(made)
        yield made


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_is_found(bench: Workbench, fault: Planted) -> None:
    """By a test that fails, in the module where one looks for it."""
    module = bench.project / "app" / fault.module
    sound = module.read_text()
    replaced(f"app/{fault.module}", fault.old, fault.new)(bench.project)
    try:
        done = subprocess.run(
            [bench.project / ".venv/bin/pytest", "-n0", "-x", "-q", f"tests/{fault.caught_by}"],
            cwd=bench.project,
            env=bench.variables(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        module.write_text(sound)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"FAILED tests/{fault.caught_by}" in done.stdout
