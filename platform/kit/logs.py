"""Logs that reveal nobody: one line an event, no bodies, cookies, addresses, codes or tokens (`docs/trust.md`)."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from kit import codes

LONGEST = 2_000  # letters of one text
# A path segment this long is a token or an id: neither belongs in a log.
_LONG_SEGMENT = re.compile(r"(?<=/)[\w-]{20,}(?=/|\s|$)")
_QUERY = re.compile(r"\?\S*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")

# Libraries that write a line for each small thing they do.
CHATTY = ("django_tasks", "wagtail")  # the latter tells of each edit with the title of its page

Event = MutableMapping[str, Any]


def configure(config: Mapping[str, Any]) -> None:
    """Django's `LOGGING_CONFIG`: everything, ours and libraries', goes through the same masks to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_BEFORE, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_LAST]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config["level"])
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def masked(text: str) -> str:
    """A text without queries, e-mail addresses, slip codes, tokens or ids, and none longer than any of ours."""
    if len(text) > LONGEST:
        # Anybody may ask for an address of 60,000 letters, and the patterns take the square of its length.
        # The last piece goes too: cut in half, nothing would know it for what it is.
        text = text[: text.rfind("/", 0, LONGEST) + 1] + "…"
    text = _ADDRESS.sub("[address]", _QUERY.sub("", text))
    return codes.masked(_LONG_SEGMENT.sub("[id]", text))


def _mask_event(logger: Any, name: str, event: Event) -> Event:
    return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}


def _place_of_error(logger: Any, name: str, event: Event) -> Event:
    """An error is told by its class and the places it passed: its message can hold somebody's words."""
    found = event.pop("exc_info", None)
    found = sys.exc_info() if found is True else found
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["at"] = " < ".join(
            f"{f.name}:{f.lineno}" for f in reversed(traceback.extract_tb(error.__traceback__)[-6:])
        )
    return event


_BEFORE: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    _place_of_error,
]
_LAST: list[Any] = [_mask_event, structlog.processors.JSONRenderer(sort_keys=True)]
