"""`dead-tasks` and `replay-dead-tasks`: what to do with tasks that were given up."""

from typing import Annotated

import typer

from app.config.celery import CelerySettings
from app.config.settings import load_section
from app.core.command import command
from app.core.tasks.celery import create_celery
from app.core.tasks.dead import DeadTask, DeadTasks


@command
def dead_tasks() -> None:
    """List the tasks that were given up, and why."""
    for each in opened().read():
        show(each)


@command
def replay_dead_tasks(
    task_id: Annotated[list[str] | None, typer.Argument(help="Only these; else all.")] = None,
) -> None:
    """Hand tasks that were given up to the workers again."""
    chosen = set(task_id or ())
    for each in opened().replay(lambda dead: not chosen or dead.task_id in chosen):
        show(each)


def opened() -> DeadTasks:
    """Reach the queue."""
    settings = load_section(CelerySettings)
    return DeadTasks(create_celery(settings), settings)


def show(dead: DeadTask) -> None:
    """Print one line."""
    typer.echo(f"{dead.task_id}  {dead.name}{dead.arguments}  {dead.error}")
