"""How gunicorn's processes behave."""

import logging

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


class ServerLogger(Logger):
    """Gunicorn's messages, through the service's own logging."""

    def setup(self, cfg: Config) -> None:
        """Take away gunicorn's handlers and format."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
