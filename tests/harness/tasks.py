"""A task, from whoever hands it in to the worker that runs it."""

import json
import time
from typing import Final

from tests.harness.commands import run
from tests.harness.logs import check_log
from tests.harness.servers import PERIOD, Server
from tests.harness.workbench import Workbench

PATIENCE: Final = 60.0
REQUEST: Final = "walk-task"

HAND_IN: Final = f"""
import asyncio, structlog
from app.config.settings import load_settings
from app.core.lifespan import open_state
from app.core.logging import configure_logging
from app.core.tasks.message import Message
from app.tasks.registry import tasks
from app.tasks.work import carry_out

PERIODIC = [each for each in tasks() if each.every is not None]

async def hand_in(work):
    for each in PERIODIC:
        await work.queue.send(each.call())

async def main():
    structlog.contextvars.bind_contextvars(request_id="{REQUEST}")
    async with open_state(load_settings()) as state:
        await carry_out(state, Message("walk", ()), hand_in)
    print(len(PERIODIC))

asyncio.run(main())
"""
"""Does what a request does: hands in what needs no arguments, in a transaction if there is one."""


def walk_tasks(bench: Workbench) -> None:
    """Worker and beat start, run what is handed in under its request's id, and end in order."""
    worker, beat = (command(bench, name) for name in ("worker", "beat"))
    handed_in = int(deployed(bench, "-c", HAND_IN).splitlines()[-1])
    await_event(worker, handed_in, event="task", request_id=REQUEST)
    await_event(beat, 1, event="beat: Starting...")
    assert deployed(bench, "-m", "app.cli", "dead-tasks") == "", "tasks were given up"
    for process in (worker, beat):
        process.stop()
        check_log(process.lines())


def command(bench: Workbench, name: str) -> Server:
    """Start a command of the service, as in production."""
    python = bench.production / ".venv/bin/python"
    arguments = (python, "-m", "app.cli", name)
    return bench.start(name, *arguments, folder=bench.production, **bench.platform)


def deployed(bench: Workbench, *arguments: str) -> str:
    """Run Python in production."""
    python = bench.production / ".venv/bin/python"
    variables = bench.variables(LOG_LEVEL="WARNING", **bench.platform)
    return run(python, *arguments, folder=bench.production, variables=variables)


def await_event(process: Server, number: int, **fields: str) -> None:
    """Wait until it has logged so many such lines."""
    deadline = time.monotonic() + PATIENCE
    while sum(fields.items() <= parsed(line).items() for line in process.lines()) < number:
        if time.monotonic() > deadline or process.process.poll() is not None:
            raise process.error(f"does not log {fields}")
        time.sleep(PERIOD)


def parsed(line: str) -> dict[str, object]:
    """Read a line, which may still be written."""
    try:
        record: dict[str, object] = json.loads(line)
    except ValueError:
        return {}
    return record
