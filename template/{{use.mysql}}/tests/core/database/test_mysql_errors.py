"""app.core.database.mysql_errors: a server that hangs up at once is away, like any other."""

import asyncio
import socket
import threading
from collections.abc import Generator

import pytest
import uvloop
from pydantic import SecretStr

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.database.session import open_database, ping
from app.core.errors import UnavailableError

AT_ONCE = 10


def hang_up(server: socket.socket) -> None:
    """Take connections and close them, until there is no server any more."""
    try:
        while True:
            server.accept()[0].close()
    except OSError:
        return


@pytest.fixture
def settings_of_a_full_server(settings: Settings) -> Generator[DatabaseSettings]:
    """Say where a server is that hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=hang_up, args=[server])
        thread.start()
        url = f"mysql://nobody:nothing@127.0.0.1:{server.getsockname()[1]}/none"
        yield settings.database.model_copy(update={"url": SecretStr(url)})
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


async def ask(settings: DatabaseSettings) -> list[BaseException | None]:
    """Ask for several connections."""
    async with open_database(settings) as database:
        pings = [ping(database) for _ in range(AT_ONCE)]
        return await asyncio.gather(*pings, return_exceptions=True)


class TestHangUp:
    def test_on_the_loop_of_production(self, settings_of_a_full_server: DatabaseSettings) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            found = runner.run(ask(settings_of_a_full_server))

        assert {type(each) for each in found} == {UnavailableError}
