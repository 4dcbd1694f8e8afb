"""`worker`: run tasks."""

import sys

from app.config.settings import load_settings
from app.core.command import command
from app.core.logging import configure_logging
from app.tasks.worker import run_worker


@command
def worker() -> None:
    """Run tasks until a signal comes; then finish those that run."""
    settings = load_settings()
    configure_logging(settings.log)
    sys.exit(run_worker(settings))
