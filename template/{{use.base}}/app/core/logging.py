"""Structured logs on standard output: one line an event, whoever logs it."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor

from app.config.log import LogSettings

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

# Local variables hold what must not be logged: passwords, tokens, personal data.
EXCEPTIONS: Processor = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logging(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging through one renderer.

    Without ``stream`` they go to standard output. Libraries say nothing below INFO, whatever the
    level: there, some of them write down the values of queries and headers.
    """
    stream = stream or sys.stdout
    level = logging.getLevelNamesMapping()[settings.level]
    structlog.configure(
        processors=[*SHARED, *render(settings)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*SHARED, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *render(settings),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.INFO), force=True)


def render(settings: LogSettings) -> tuple[Processor, ...]:
    """End the chain: JSON for machines, aligned colours for people."""
    if settings.is_json:
        return (EXCEPTIONS, structlog.processors.JSONRenderer())
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(),
        # where rich is installed, the default would print local variables
        exception_formatter=structlog.dev.plain_traceback,
    )
    return (console,)
