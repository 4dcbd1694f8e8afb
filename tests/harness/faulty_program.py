"""What a service runs, so that the effects of its tasks can be counted."""

from typing import Final

FAULTY: Final = """
import os
import signal
import sys
import time
from pathlib import Path

import anyio
import uvicorn

from app.commands.beat import beat
from app.commands.worker import worker
from app.dependencies.tasks import TaskQueueDep
from app.main import create_app
from app.tasks import registry
from app.tasks.task import task
from tests.support.database import execute


@task("faulty.effect")
async def effect(work, number: int, milliseconds: int) -> None:
    with Path("begun").open("a") as file:
        file.write(f"{number}\\n")
    await anyio.sleep(milliseconds / 1000)
    await execute(work.session, f"INSERT INTO effects VALUES ({number})")


@task("faulty.poison")
async def poison(work) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@task("faulty.stuck")
async def stuck(work) -> None:
    time.sleep(3600)


registry.tasks().extend([effect, poison, stuck])


def api() -> None:
    app = create_app()

    @app.post("/effects/{number}")
    async def submit(number: int, milliseconds: int, queue: TaskQueueDep) -> None:
        await queue.send(effect.call(number, milliseconds))

    @app.post("/poison")
    async def submit_poison(queue: TaskQueueDep) -> None:
        await queue.send(poison.call())

    @app.post("/stuck")
    async def submit_stuck(queue: TaskQueueDep) -> None:
        await queue.send(stuck.call())

    uvicorn.run(app, port=int(os.environ["PORT"]), log_config=None)


{"api": api, "worker": worker.run, "beat": beat.run}[sys.argv[1]]()
"""
"""A program beside the service, which has some more tasks, and routes that hand them in."""
