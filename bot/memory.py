"""The memory of a whole process and its garbage collector: for a command to set, not for a part."""

from __future__ import annotations

import asyncio
import ctypes
import gc
from contextlib import suppress

COLLECT_AFTER = (10_000, 20, 50)
"""The thresholds: a full pass takes longer than a turn may."""
BEGUN_SECONDS = 1.0
LARGE_BYTES = 128 * 1024
_M_MMAP_THRESHOLD = -3
"""What glibc's malloc.h calls it."""


def return_large() -> None:
    """Let what is large go back to the system as soon as it is free, whatever was large before.

    Left alone, the C library takes the largest that was ever freed for small from then on: that of a hashed
    password is 64 MB. Some systems have no such thing.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)


def settle() -> None:
    """Keep what is here now for good: the collector need not look at it again (shorter pauses).

    The parts of the program need more as each begins; once they have, that is given back too.
    """
    _give_back()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    asyncio.get_running_loop().call_later(BEGUN_SECONDS, _give_back)


def _give_back() -> None:
    """Return to the system what the start needed and nothing uses now; some systems have no way to."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
