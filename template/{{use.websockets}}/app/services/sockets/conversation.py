"""One open socket: what its client says and is told, until one of them ends it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

from pydantic import BaseModel

from app.config.settings import Settings
from app.core.errors import AppError
from app.core.live.news import News
from app.core.live.pace import Pace
from app.core.live.presence import Attendance
from app.core.live.publisher import Publisher
from app.core.live.rooms import Seat
from app.core.live.socket_errors import TooManyMessagesError, TooSlowError
from app.core.redis_outage import is_cancelled
from app.schemas.sockets.received import Join, Message
from app.schemas.sockets.sent import Done, Failed, Welcome
from app.schemas.sockets.visitor import Visitor
from app.services.sockets.reading import read
from app.services.sockets.wire import Wire
from app.services.sockets.writing import written

PAUSES: Final = range(1000, 5000)
"""Milliseconds after which a client comes back: not all of them at once."""

Handler = Callable[["Conversation", Any], Awaitable[None]]


@dataclass(eq=False)
class Conversation:
    """Carries messages out, one after the other, and tells its client what it may hear."""

    visitor: Visitor
    wire: Wire
    handlers: Mapping[type[Message], Handler]
    news: News
    seat: Seat
    attendance: Attendance
    publisher: Publisher
    settings: Settings
    entry: str = ""
    rooms: dict[str, float] = field(default_factory=dict[str, float])
    over: asyncio.Future[None] = field(default_factory=asyncio.Future[None])

    def __post_init__(self) -> None:
        """Tell its entries from those of other sockets."""
        self.entry = token_hex(8) + self.visitor.name

    async def run(self, rooms: Sequence[str]) -> None:
        """Go on until its time is over; raise what ends it before, if only that its client left."""
        try:
            await self.begin(rooms)
            await self.go_on()
        finally:
            await self.attendance.linger([*self.rooms], self.entry)

    async def go_on(self) -> None:
        """Hear and tell at once."""
        tasks = [asyncio.create_task(work) for work in (self.hear(), self.tell())]
        try:
            for task in tasks:
                task.add_done_callback(self.end_with)
            await self.over
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def begin(self, rooms: Sequence[str]) -> None:
        """Be in the rooms before anything that was missed is read."""
        pause = random.choice(PAUSES)  # noqa: S311
        await self.send(Welcome(name=self.visitor.name, come_back_ms=pause))
        for room in rooms:
            await self.carry_out(Join(type="join", room=room, ref=room))

    def end(self, error: AppError) -> None:
        """Close it now, whatever it is at."""
        if not self.over.done():
            self.over.set_exception(error)

    def end_with(self, task: asyncio.Task[None]) -> None:
        """End as what it consists of did."""
        if self.over.done() or task.cancelled():
            return
        if (error := task.exception()) is None:
            self.over.set_result(None)
        else:
            self.over.set_exception(error)

    async def hear(self) -> None:
        """Take messages, but no flood of them."""
        limits = self.settings.sockets
        pace = Pace(limits.rate, limits.burst)
        while not is_cancelled():
            text = await self.wire.receive()
            if not pace.allows():
                raise TooManyMessagesError
            await self.answer(text)

    async def tell(self) -> None:
        """Tell everything, once and in order."""
        told = self.news.told(self.settings.sockets.lifetime, self.settings.live.heartbeat)
        async for each in told:
            await self.wire.send(written(each))
        if self.seat.listener.is_cut:
            raise TooSlowError

    async def answer(self, text: str | None) -> None:
        """Carry out what is a message, and say so of what is none."""
        try:
            message = read(text, self.settings.sockets.max_size)
        except AppError as error:
            await self.send(Failed(code=error.code, detail=error.detail))
        else:
            await self.carry_out(message)

    async def carry_out(self, message: Message) -> None:
        """Do what a message says."""
        try:
            await self.handlers[type(message)](self, message)
        except AppError as error:
            await self.send(Failed(code=error.code, detail=error.detail, ref=message.ref))
        else:
            if message.ref is not None:
                await self.send(Done(ref=message.ref))

    async def send(self, message: BaseModel) -> None:
        """Tell this client alone."""
        await self.wire.send(message.model_dump_json())
