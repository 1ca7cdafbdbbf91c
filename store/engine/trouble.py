"""What an error of the database says: whether it may pass by itself, and nothing of the data."""

from __future__ import annotations

from socket import gaierror
from typing import Any

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

PASSING_WORDS = ("locked", "busy", "is full", "i/o error", "unable to open", "closed database")
"""Of SQLite: another process writes, or the disk has a bad time."""
PASSING_CLASSES = ("08", "53", "57P", "40001", "40P01", "55P03")
"""SQLSTATEs that begin so: connection, resources, shutdown, conflicts, locks (PostgreSQL, appendix A)."""
VALUES_CLASS = "22"
"""Class "data exception": its first line quotes the value."""


def is_transient(error: BaseException) -> bool:
    """Tell whether the same unit may succeed later: the trouble is the database's, not the unit's."""
    if isinstance(error, PoolTimeoutError | ConnectionError | gaierror):
        return True
    if not isinstance(error, DBAPIError):
        return str(getattr(error, "sqlstate", None) or "").startswith(PASSING_CLASSES)
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(PASSING_CLASSES)
    said = str(error.orig).casefold()
    return any(words in said for words in PASSING_WORDS)


def is_locked(error: BaseException) -> bool:
    """Tell whether another process holds SQLite's write lock."""
    said = str(error).casefold()
    return "locked" in said or "busy" in said


def without_values(context: ExceptionContext) -> None:
    """Take what people wrote out of an error, and out of those it came from, before it is raised."""
    origin = context.original_exception
    quotes = str(getattr(origin, "sqlstate", None) or "").startswith(VALUES_CLASS)
    for error in (context.sqlalchemy_exception, origin, origin.__cause__):
        if error is not None:
            _clean(error, quotes=quotes)


def _clean(error: Any, *, quotes: bool) -> None:
    for part in ("detail", "context", "hint", "internal_query"):
        if isinstance(getattr(error, part, None), str):
            setattr(error, part, None)
    first = str(error.args[0] if error.args else "").partition("\n")[0]
    if quotes:
        first = first.partition(": ")[0]
    error.args = (first, *error.args[1:])
