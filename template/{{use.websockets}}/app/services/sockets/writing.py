"""What is said, as clients of sockets are told it."""

from functools import lru_cache

from app.core.live.event import Event, Position


@lru_cache
def written(news: Event | Position) -> str:
    """Write it once for all sockets of the process: its ``data`` is JSON already."""
    if isinstance(news, Position):
        return '{"type":"heartbeat","id":"' + str(news) + '"}'
    head = '{"type":"' + news.kind + '","id":"' + str(news.position)
    return head + '","data":' + news.data + "}"
