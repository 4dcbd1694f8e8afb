"""The generated service with two more routes: a short transaction, and the same with a task."""

import importlib
from typing import Annotated, Any, Protocol

sql: Any = importlib.import_module("sqlalchemy")
Depends: Any = importlib.import_module("fastapi").Depends
database: Any = importlib.import_module("app.dependencies.database")
tasks: Any = importlib.import_module("app.dependencies.tasks")
task: Any = importlib.import_module("app.tasks.task").task


class Session(Protocol):
    """What the routes use of the transaction."""

    async def scalar(self, statement: object) -> int:
        """Ask the database."""
        ...


class Queue(Protocol):
    """What the routes use of the queue."""

    async def send(self, message: object) -> None:
        """Hand a task in."""
        ...


SessionDep = Annotated[Session, Depends(database.get_session, scope="function")]
QueueDep = Annotated[Queue, Depends(tasks.get_task_queue)]


@task("benchmark.nothing")
async def nothing(_work: object, _number: int) -> None:
    """Do nothing; no worker runs meanwhile."""


async def transaction(session: SessionDep) -> int:
    """Ask the database for something."""
    return await session.scalar(sql.text("SELECT 1"))


async def dispatch(session: SessionDep, queue: QueueDep) -> int:
    """Ask the database for something, and hand in a task."""
    await queue.send(nothing.call(1))
    return await session.scalar(sql.text("SELECT 1"))


def create_app() -> object:
    """Add the routes."""
    app: Any = importlib.import_module("app.main").create_app()
    app.post("/transaction")(transaction)
    app.post("/dispatch")(dispatch)
    return app
