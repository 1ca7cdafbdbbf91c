"""Ids that rise with time, so that rows can be inserted many at once without asking back."""

from __future__ import annotations

import secrets
import time
from datetime import timedelta

_EPOCH_US = 1_577_836_800_000_000
CLOCKS_DIFFER = timedelta(hours=1)
"""By no more do the clocks of two machines differ: but for that, ids rise as rows were made."""
_PROCESS_BITS = 12
_PROCESS = secrets.randbits(_PROCESS_BITS)


class RisingIds:
    """Makes 63-bit ids: microseconds since 2020, then bits that tell processes apart."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """Return an id above every one that this process made before."""
        moment = time.time_ns() // 1_000 - _EPOCH_US
        self._last = max(moment, self._last + 1)
        return self._last << _PROCESS_BITS | _PROCESS


def width(span: timedelta) -> int:
    """Return how far ids rise in this time."""
    return span // timedelta(microseconds=1) << _PROCESS_BITS


rising_ids = RisingIds()
