"""Somebody has to know that there are tasks which were given up."""

from datetime import timedelta

import structlog

from app.core.tasks.dead import DeadTasks
from app.tasks.task import task
from app.tasks.work import Work

log = structlog.stdlib.get_logger()


@task("dead_tasks.watch", every=timedelta(minutes=5))
async def watch_dead_tasks(work: Work) -> None:
    """Warn as long as there are any."""
    publisher = work.state["publisher"]
    dead = DeadTasks(publisher.celery, work.state["settings"].celery)
    number = await publisher.attempt(dead.count)
    if number:
        log.warning("tasks were given up", number=number)
