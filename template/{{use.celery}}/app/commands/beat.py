"""`beat`: send periodic tasks."""

from app.config.settings import load_settings
from app.core.command import command
from app.core.logging import configure_logging
from app.tasks.beat import run_beat


@command
def beat() -> None:
    """Send periodic tasks until a signal comes. Exactly one of it has to run."""
    settings = load_settings()
    configure_logging(settings.log)
    run_beat(settings)
