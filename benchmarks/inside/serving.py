"""Serve the generated service in this process, and watch its event loop.

`python serving.py PORT [MODULE]` serves what `create_app` of the module makes (`app.main`, if none
is named) and answers each line of standard input: `watch` begins to watch, and `gap`
ends it with the longest time, in milliseconds, for which nothing else could run on the loop. The
end of the input stops the service.
"""

import asyncio
import importlib
import sys
import time
from typing import Any

TICK = 0.001


class Watch:
    """Wake up every millisecond, and note how late that was at worst."""

    def __init__(self) -> None:
        """Begin."""
        self.longest = 0.0
        self.task = asyncio.create_task(self.run())

    async def run(self) -> None:
        """Go on until cancelled."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - TICK)
            last = now

    def end(self) -> str:
        """Stop, and tell."""
        self.task.cancel()
        return str(self.longest * 1000)


async def answer(serving: asyncio.Task[None]) -> None:
    """Do what standard input says, until it or the service ends."""
    watch = None
    while question := (await asyncio.to_thread(sys.stdin.readline)).strip():
        if serving.done():
            return
        if question == "watch":
            watch = Watch()
        print(watch.end() if watch and question == "gap" else "", flush=True)


async def serve(port: int, module: str = "app.main") -> None:
    """Listen, answer, stop."""
    uvicorn: Any = importlib.import_module("uvicorn")
    main: Any = importlib.import_module(module)
    config = uvicorn.Config(
        main.create_app(), port=port, access_log=False, log_config=None, timeout_keep_alive=75
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await answer(serving)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    importlib.import_module("uvloop").run(serve(int(sys.argv[1]), *sys.argv[2:]))
