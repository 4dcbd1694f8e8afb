"""How gunicorn runs the service; every number is a setting (see .env.example).

`python -m app` starts it: gunicorn by itself stumbles over a wrong WEB_CONCURRENCY before this.
"""

import errno
import gc
import socket

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from app.config.settings import load_settings
from app.core.logging import configure_logging

settings = load_settings()
configure_logging(settings.log)
server = settings.server

wsgi_app = "app.main:create_app()"
worker_class = "app.core.http.server.Worker"
bind = f"[{server.host}]:{server.port}"
workers = server.workers
# The application is not loaded before the fork: a worker opens its own connections, and a new one
# runs the code that is there by then.
preload_app = False
timeout = int(server.worker_timeout.total_seconds())
max_requests = server.max_requests
max_requests_jitter = server.max_requests_jitter
# The workers begin to end only after the drain.
graceful_timeout = int((settings.app.drains_for + server.graceful_timeout).total_seconds())
keepalive = int(server.keep_alive.total_seconds())
forwarded_allow_ips = server.trusted_proxies
logger_class = "app.core.http.server.ServerLogger"
control_socket_disable = True


def on_starting(_: Arbiter) -> None:
    """Say in one sentence that the port is taken, instead of retrying."""
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((server.host, server.port))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error})"
            raise SystemExit(f"Port {server.port} {reason}: set PORT to another one.") from None


def post_worker_init(_: Worker) -> None:
    """Spare the garbage collector what was imported, and the requests that leave no garbage."""
    gc.freeze()
    gc.set_threshold(10_000)  # new objects: a page of a list has more than the default
