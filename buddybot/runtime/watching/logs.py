"""Structured logging: one event a line, as text or as JSON, without values of an exception in either.

Python has ways to stderr of its own for what nobody caught: a traceback ends in the values of the error, the loop's
sentences hold what a callback was called with. Each of them ends here.
"""

import asyncio
import json
import logging
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime

from buddybot.runtime.engine import describe

TEXT, JSON = "text", "json"
OURS = "buddybot"
"""What the names of our loggers begin with, those of adapters too; none of them writes down a value."""
_TEXT_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


class TextFormatter(logging.Formatter):
    """One event a line; of an error its kind and place on the next, never its values."""

    def __init__(self) -> None:
        super().__init__(_TEXT_FORM)

    def format(self, record: logging.LogRecord) -> str:
        """Return these lines."""
        record.message, record.asctime = record.getMessage(), self.formatTime(record)
        line, error = self.formatMessage(record), record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{describe(error)}"


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event; of an error its kind and place, never its values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info is not None and record.exc_info[1] is not None:
            told["error"] = describe(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def begin_logging(level: str, form: str) -> None:
    """Send what is logged to stderr in this form, and what nobody caught with it. Call it inside the loop that runs."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if form == JSON else TextFormatter())
    handler.addFilter(_ours_or_loud)
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("asyncio").addFilter(_without_values)
    sys.excepthook = lambda _kind, error, _trace: _tell("the bot ended by a fault", error)
    sys.unraisablehook = lambda found: _tell("a fault while something was put away", found.exc_value)
    threading.excepthook = lambda found: _tell("a thread ended by a fault", found.exc_value)
    asyncio.get_running_loop().set_exception_handler(_tell_of_the_loop)


def _ours_or_loud(record: logging.LogRecord) -> bool:
    """Let no library chat, whatever level was asked for: what one says in passing is what it just handled."""
    return record.levelno >= logging.WARNING or record.name.startswith(OURS)


def _tell(what: str, error: BaseException | None) -> None:
    log.error("%s (%s)", what, "no error" if error is None else describe(error))


def _tell_of_the_loop(_loop: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
    """Tell what asyncio would: its own sentence names a task with its result, and a callback with its arguments."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        _tell("nobody waited for what failed", error)
    else:
        log.error("%s", str(context.get("message", "")).partition("<")[0])


def _without_values(record: logging.LogRecord) -> bool:
    """In debug mode asyncio names a callback that was slow, with all it was called with."""
    if isinstance(record.args, tuple):
        record.args = tuple(one if isinstance(one, int | float) else "a callback" for one in record.args)
    return True
