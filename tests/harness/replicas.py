"""Replicas of a service whose clients stay, and a Redis behind them that fails in every way."""

import os
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.harness.private import PrivateBroker, private_broker
from tests.harness.relay import Relay, relay
from tests.harness.servers import Server
from tests.harness.workbench import Workbench

OUTAGE: Final = 3.0


@dataclass
class Redis:
    """A server that may be killed, and the way to it, which may be cut."""

    server: PrivateBroker
    way: Relay


@contextmanager
def private_redis(folder: Path) -> Generator[Redis]:
    """Run one of its own, with its files in a folder."""
    with private_broker("redis", folder) as server, relay(("127.0.0.1", server.port)) as way:
        yield Redis(server, way)


def start_replica(
    bench: Workbench, project: Path, redis: Redis, name: str, **variables: str
) -> Server:
    """Start one of two workers as in production, with a heartbeat that a test can wait for."""
    given = {
        **variables,
        "ENVIRONMENT": "production",
        "DRAIN_DELAY": "0",
        "WEB_CONCURRENCY": "2",
        "REDIS_URL": f"redis://127.0.0.1:{redis.way.port}/0",
        "REDIS_TIMEOUT": "0.5",
        "LIVE_HEARTBEAT": "0.5",
        "LIVE_STREAMS_EACH": "1000",
    }
    server = bench.start(name, project / ".venv/bin/gunicorn", folder=project, **given)
    server.await_ready()
    return server


def cut(redis: Redis) -> None:
    """Have nobody reach it."""
    redis.way.cut()
    time.sleep(OUTAGE)
    redis.way.mend()


def kill(redis: Redis) -> None:
    """Lose its process, and start it again with its files."""
    redis.way.cut()
    redis.server.kill()
    time.sleep(OUTAGE)
    redis.server.start()
    redis.way.mend()


def silence(redis: Redis) -> None:
    """Have it take what is sent, and answer nothing."""
    assert redis.server.process
    os.killpg(redis.server.process.pid, signal.SIGSTOP)
    time.sleep(OUTAGE)
    os.killpg(redis.server.process.pid, signal.SIGCONT)


def drop(redis: Redis) -> None:
    """End every connection, again and again, but take new ones."""
    for _ in range(5):
        redis.way.cut()
        redis.way.mend()
        time.sleep(0.3)


FAULTS: Final[list[Callable[[Redis], None]]] = [cut, kill, silence, drop]
