"""Logs: a sentence, its `action`, and ids. Never message text, names or tokens."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_TOKEN = re.compile(r"bot\d+:[\w-]+|\b\d{6,}:[\w-]{20,}")
HIDDEN = "(token)"
QUIET = ("telegram", "httpx", "httpcore", "apscheduler", "aiohttp.access", "alembic")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, sentence, and the extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **{k: v for k, v in record.__dict__.items() if k not in _STANDARD},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return _TOKEN.sub(HIDDEN, json.dumps(line, ensure_ascii=False, default=str))


def set_up(level: int = logging.INFO) -> None:
    """Send the logs of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
