"""app.core.database.mysql_errors: what the server's numbers mean, and that it hangs up."""

import asyncio
import socket
import threading
from collections.abc import Generator

import pytest
import uvloop
from pydantic import SecretStr

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.database.errors import AbortedError
from app.core.database.session import (
    Database,
    open_database,
    ping,
    takes_changes,
    transaction,
)
from app.core.errors import UnavailableError
from tests.support.database import execute

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


async def run(database: Database, statement: str) -> None:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        await execute(session, statement)


def fail_with(number: int) -> str:
    """Have the server report an error."""
    return f"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = 'on purpose'"


class TestNumbers:
    @pytest.mark.parametrize("number", [1021, 1205, 1290, 1836, 3572])
    async def test_outage(self, database: Database, number: int) -> None:
        with pytest.raises(UnavailableError):
            await run(database, fail_with(number))

    @pytest.mark.parametrize("number", [1020, 1213])
    async def test_lost_to_another_transaction(self, database: Database, number: int) -> None:
        with pytest.raises(AbortedError):
            await run(database, fail_with(number))

    async def test_a_mistake_is_no_outage(self, database: Database) -> None:
        with pytest.raises(Exception, match="on purpose") as raised:
            await run(database, fail_with(1146))

        assert not isinstance(raised.value, UnavailableError)


class TestTakesChanges:
    async def test_a_server_that_does(self, database: Database) -> None:
        assert await takes_changes(database)
