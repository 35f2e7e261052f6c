"""Logs: one JSON object a line with an event's name, counts and durations. Never ids, texts, payloads, places.

What libraries log is reduced to their name, level and the kind of fault: their sentences may carry an address
with the token or a visitor's words (checklist 39).
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any, TextIO

import structlog


class _Names(logging.Formatter):
    """A library's record without its sentence."""

    def format(self, record: logging.LogRecord) -> str:
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return json.dumps({"event": "library", "name": record.name, "level": record.levelname.lower(), "fault": fault})


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Sets up logging for the whole process."""
    structlog.configure(
        processors=[
            _add_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Names())
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelName(level)), handlers=[handler], force=True)


def _add_level(_: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    event["level"] = name
    return event
