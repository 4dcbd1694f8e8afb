"""Who a request is for: uvicorn's own protocol does not tell it when they leave or stall."""

from asyncio import AbstractEventLoop
from typing import cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from app.config.settings import Settings
from app.core.http.deadline import Waiting
from app.core.http.drain import Drain
from app.core.http.patience import Patience
from app.core.http.socket_protocol import with_patience


class Connection(HttpToolsProtocol):
    """Tell the request that runs when its client leaves, and hang up on who takes nothing."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limits = cast("Settings", app_state["settings"]).server
        self.drain = cast("Drain | None", app_state.get("drain"))
        self.running: RequestResponseCycle | None = None
        self.stalling = Patience(self.loop)
        self.ws_protocol_class = with_patience(config.ws_protocol_class)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the request know, if its answer was not complete."""
        self.stalling.end()
        super().connection_lost(exc)
        if self.running is not None and not self.running.response_complete:
            leave(self.running)

    def on_headers_complete(self) -> None:
        """Note what runs: uvicorn knows what was read last. Who drains keeps no connection."""
        super().on_headers_complete()
        cycle = cast("RequestResponseCycle | None", self.cycle)  # none where a socket begins
        if self.drain is not None and self.drain.started and cycle is not None:
            cycle.keep_alive = False
        if not self.pipeline:
            self.running = cycle

    def on_response_complete(self) -> None:
        """Go on with the next one, or wait until the last one was taken."""
        if self.pipeline:
            self.running, _ = self.pipeline[-1]
        super().on_response_complete()
        if self.transport.is_closing():
            self.begin_stalling()

    def pause_writing(self) -> None:
        """Begin to lose patience: more of the answer is there than the client takes."""
        super().pause_writing()
        self.begin_stalling()

    def resume_writing(self) -> None:
        """It has taken some of it."""
        self.stalling.end()
        super().resume_writing()

    def shutdown(self) -> None:
        """Let an answer be completed, but no stream of events go on for ever."""
        super().shutdown()
        if self.running is not None and not self.running.response_complete:
            end(self.running)

    def timeout_keep_alive_handler(self) -> None:
        """Hang up at once: what was not taken until now would be waited for without an end."""
        self.transport.abort()

    def begin_stalling(self) -> None:
        """Hang up in a while."""
        self.stalling.begin(self.patience(), self.transport.abort)

    def patience(self) -> float:
        """Say how many seconds nothing may happen."""
        return self.limits.keep_alive.total_seconds()


def leave(cycle: RequestResponseCycle) -> None:
    """Tell a request that its client has left."""
    cycle.disconnected = True
    cycle.message_event.set()
    if (waiting := waiting_for(cycle)) is not None:
        waiting.leave()


def end(cycle: RequestResponseCycle) -> None:
    """Tell a request that the server ends."""
    if (waiting := waiting_for(cycle)) is not None:
        waiting.end()


def waiting_for(cycle: RequestResponseCycle) -> Waiting | None:
    """Find out whether anything waits for its answer yet."""
    return cast("Waiting | None", cycle.scope.get("state", {}).get("waiting"))
