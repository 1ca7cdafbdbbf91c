"""The garbage collector of a whole process: for a command to set, not for a part."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

COLLECT_AFTER = (10_000, 20, 50)
"""The thresholds: a full pass takes longer than a turn may."""


def settle() -> None:
    """Keep what is here now for good: the collector need not look at it again (shorter pauses)."""
    gc.collect()
    _give_back()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _give_back() -> None:
    """Return to the system what the start needed and nothing uses now; some systems have no way to."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
