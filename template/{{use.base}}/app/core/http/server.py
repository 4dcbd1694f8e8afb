"""How gunicorn's processes behave."""

import logging
import os
import signal

from gunicorn.config import Config
from gunicorn.glogging import Logger
from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):
    """Uvicorn without its access log, which the middleware writes, and without its name."""

    CONFIG_KWARGS = {  # noqa: RUF012 - the base class reads it from the class
        **UvicornWorker.CONFIG_KWARGS,
        "access_log": False,
        "http": "app.core.http.protocol:Protocol",
        "server_header": False,
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        logging.getLogger("uvicorn.error").propagate = True

    async def callback_notify(self) -> None:
        """Say that it lives, or end when nobody is left to hear it: it would hold the port."""
        await super().callback_notify()
        if os.getppid() != self.ppid:
            self.log.warning("gunicorn was killed")
            signal.raise_signal(signal.SIGTERM)


class ServerLogger(Logger):
    """Gunicorn's messages, through the service's own logging."""

    def setup(self, cfg: Config) -> None:
        """Take away gunicorn's handlers and format."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
