"""A broker of a proof's own, which may be killed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.harness.engine import unavailable
from tests.harness.servers import PERIOD, free_port
from tests.harness.services import connects

LONGEST_START: Final = 60.0
FOLDERS: Final = os.pathsep.join(["/usr/lib/rabbitmq/bin", os.environ["PATH"], "/usr/sbin"])
"""Where servers are looked for: the RabbitMQ on Debian's PATH changes its user."""


@dataclass
class PrivateBroker:
    """A server on a free port, with its files in a folder."""

    command: tuple[str, ...]
    url: str
    port: int
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, with the files that it left, and wait until it listens."""
        with (self.folder / "broker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [program(self.command[0]), *self.command[1:]],
                cwd=self.folder,
                env={**os.environ, **self.variables},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + LONGEST_START
        while not connects(("127.0.0.1", self.port)):
            runs = self.process.poll() is None and time.monotonic() < deadline
            assert runs, (self.folder / "broker.log").read_text()
            time.sleep(PERIOD)

    def kill(self) -> None:
        """End it as a lost machine does."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def redis(folder: Path) -> PrivateBroker:
    """A Redis that writes to a disk, as the service wants it."""
    port = free_port()
    command = ("redis-server", "--port", str(port), "--appendonly", "yes", "--save", "")
    return PrivateBroker(command, f"redis://127.0.0.1:{port}/0", port, folder)


def rabbitmq(folder: Path) -> PrivateBroker:
    """A RabbitMQ with a name of its own."""
    port, between = free_port(), free_port()
    configuration = folder / "rabbitmq.conf"
    configuration.write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\n")
    variables = {
        "HOME": str(folder),
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_CONFIG_FILE": str(configuration),
        "RABBITMQ_CONFIG_FILES": str(folder / "conf.d"),
        "RABBITMQ_NODENAME": f"private-{port}@localhost",
        "RABBITMQ_DIST_PORT": str(between),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
    }
    url = f"amqp://guest:guest@127.0.0.1:{port}//"
    return PrivateBroker(("rabbitmq-server",), url, port, folder, variables)


PRIVATE: Final = {"redis": redis, "rabbitmq": rabbitmq}
"""How to make one, by the answer to `broker`."""


@contextmanager
def private_broker(name: str, folder: Path) -> Generator[PrivateBroker]:
    """Run a broker meanwhile."""
    folder.mkdir()
    broker = PRIVATE[name](folder)
    try:
        broker.start()
        yield broker
    finally:
        broker.kill()


def program(name: str) -> str:
    """Find a server, or say that it is missing."""
    return shutil.which(name, path=FOLDERS) or unavailable(f"a {name}", "install it")
