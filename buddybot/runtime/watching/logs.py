"""Structured logging: one event a line, as text or as JSON, without values of an exception in either."""

import json
import logging
from datetime import UTC, datetime

from buddybot.runtime.engine import describe

TEXT, JSON = "text", "json"
_TEXT_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


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
    """Send what is logged to stderr in this form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if form == JSON else logging.Formatter(_TEXT_FORM))
    logging.basicConfig(level=level.upper(), handlers=[handler])
