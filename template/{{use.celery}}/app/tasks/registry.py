"""All tasks of the service: whatever the modules of this package declare."""

from functools import cache

from app.core.modules import find
from app.tasks.task import Task


@cache
def tasks() -> list[Task[...]]:
    """Find them, once."""
    return find("app.tasks", Task)
