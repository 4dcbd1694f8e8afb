"""app.core.offload: what would hold up the event loop."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from anyio import BrokenResourceError, BrokenWorkerProcess, EndOfStream, to_process

from app.core import offload
from app.core.errors import UnavailableError
from app.core.offload import Processes, Threads
from tests.support.log import captured_log


def refuse() -> None:
    """Fail."""
    raise LookupError


class TestThreads:
    async def test_result(self) -> None:
        assert await Threads(1, 0).run(threading.get_ident) != threading.get_ident()

    async def test_error(self) -> None:
        with pytest.raises(LookupError):
            await Threads(1, 0).run(refuse)

    async def test_none_before_it_is_needed(self) -> None:
        before = threading.active_count()
        Threads(8, 8)

        assert threading.active_count() == before

    async def test_too_many(self) -> None:
        threads, gate = Threads(1, 1), threading.Event()
        pending = [asyncio.create_task(threads.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)

        with pytest.raises(UnavailableError):
            await threads.run(gate.wait)
        gate.set()
        assert await asyncio.gather(*pending) == [True, True]

    async def test_one_that_is_left_behind_is_counted_and_keeps_its_place(self) -> None:
        threads, gate, begun = Threads(1, 0), threading.Event(), threading.Event()

        def wait() -> None:
            begun.set()
            gate.wait()

        task = asyncio.create_task(threads.run(wait))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        with captured_log(offload) as log, pytest.raises(asyncio.CancelledError):
            await task

        assert [each["event"] for each in log] == ["thread left behind"]
        assert threads.left_behind == 1
        with pytest.raises(UnavailableError):
            await threads.run(gate.wait)
        gate.set()
        threads.close()
        async with asyncio.timeout(20):
            while threads.left_behind:  # noqa: ASYNC110 - a thread tells nobody
                await asyncio.sleep(0.01)

    async def test_what_has_not_begun_does_not_begin(self) -> None:
        threads, gate, ran = Threads(1, 1), threading.Event(), threading.Event()
        first = asyncio.create_task(threads.run(gate.wait))
        second = asyncio.create_task(threads.run(ran.set))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        gate.set()

        assert await first
        assert not ran.is_set()
        assert threads.left_behind == 0


@asynccontextmanager
async def writing_to(pipe: Path) -> AsyncGenerator[None]:
    """Wait until somebody reads, and write nothing for a while."""
    async with asyncio.timeout(20):
        while (end := opened(pipe)) is None:  # noqa: ASYNC110 - a process tells nobody
            await asyncio.sleep(0.01)
    yield
    os.close(end)


def opened(pipe: Path) -> int | None:
    """Open it, if somebody reads."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


@pytest.mark.slow
class TestProcesses:
    async def test_result(self) -> None:
        processes = Processes(1, 0)

        assert await processes.run(os.getpid) != os.getpid()
        assert await processes.run(pow, 2, 10) == 1024

    async def test_one_that_is_given_up_is_ended(self, tmp_path: Path) -> None:
        processes, pipe = Processes(1, 0), tmp_path / "pipe"
        process_id = await processes.run(os.getpid)
        os.mkfifo(pipe)

        task = asyncio.create_task(processes.run(pipe.read_bytes))
        async with writing_to(pipe):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        with pytest.raises(ProcessLookupError):
            os.kill(process_id, 0)

    async def test_one_that_has_ended_is_replaced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ended = [BrokenWorkerProcess()]

        async def run(*_: object, **__: object) -> int:
            if ended:
                raise ended.pop() from BrokenResourceError()
            return 1024

        monkeypatch.setattr(to_process, "run_sync", run)

        assert await Processes(1, 0).run(pow, 2, 10) == 1024

    async def test_one_that_ends_meanwhile_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def run(*_: object, **__: object) -> int:
            raise BrokenWorkerProcess from EndOfStream()

        monkeypatch.setattr(to_process, "run_sync", run)

        with pytest.raises(BrokenWorkerProcess):
            await Processes(1, 0).run(pow, 2, 10)

    async def test_too_many(self) -> None:
        processes = Processes(1, 0)
        task = asyncio.create_task(processes.run(time.sleep, 600))
        await asyncio.sleep(0)

        with pytest.raises(UnavailableError):
            await processes.run(os.getpid)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
