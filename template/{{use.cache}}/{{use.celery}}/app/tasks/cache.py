"""What tasks make out of date."""

from app.dependencies.cache import cache_of
from app.tasks.task import task
from app.tasks.work import Work


@task("cache.forget")
async def forget(work: Work, key: str) -> None:
    """Forget a key. A task that changes what is kept hands this in, for after its commit."""
    await cache_of(work.state).forget(key)
