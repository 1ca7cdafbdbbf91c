"""The garbage collector of a whole process: for a command to set, not for a part."""

from __future__ import annotations

import gc

COLLECT_AFTER = (10_000, 20, 50)
"""The thresholds: a full pass takes longer than a turn may."""


def settle() -> None:
    """Keep what is here now for good: the collector need not look at it again (shorter pauses)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
