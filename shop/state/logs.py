"""What the log looks like: a line of text for people, or of JSON for machines."""

from __future__ import annotations

import sys
from typing import Any

import structlog

FORMATS = ("console", "json")


def make_logging(log_format: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: all loggers to standard error, with what is bound to the request
    (its id) on every line. `log_format` is one of `FORMATS`."""
    renderer: structlog.typing.Processor = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        pad_event_to=0,
        # The other way shows every local variable: slow, and some of them are secrets.
        exception_formatter=structlog.dev.plain_traceback,
    )
    if log_format == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if log_format == "json":
        shared.append(structlog.processors.format_exc_info)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "shop": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "shop"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would write the same lines once more, without the id.
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }
