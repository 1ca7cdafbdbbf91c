"""The place in a list at which its next page begins, as an address says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from store.domain.errors import Refusal
from store.domain.finding import CODE_MAX_CHARACTERS, Filter
from store.domain.reference import Priority

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mark(values: Sequence[Any]) -> str:
    """Return the place in a list after the line with these order values, for an address."""
    *first, at, id_ = values
    return "_".join([*first, str((at - _EPOCH) // timedelta(microseconds=1)), id_])


def after(wanted: Filter, text: str) -> tuple[Any, ...] | None:
    """Return the order values that `mark` wrote; None without any. Refusal: `finding.bad_value`."""
    if not text:
        return None
    *first, at, id_ = text.split("_") if text.count("_") else ("", "", "")
    good = at.isascii() and at.isdigit() and id_.isalnum() and len(at) <= len("9999999999999999")
    if not good or len(first) != int(wanted.is_queue) or not set(first) <= set(Priority):
        raise Refusal("finding.bad_value", field="after", value=text[:CODE_MAX_CHARACTERS])
    return (*first, _EPOCH + timedelta(microseconds=int(at)), id_)
