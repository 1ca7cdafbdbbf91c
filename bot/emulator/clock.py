"""The emulator's own clock: real time plus an offset, so that a test can let time pass."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Unix and monotonic time, both moved forward by `advance`."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._held: int | None = None

    def unix(self) -> int:
        """Seconds since 1970, as the Bot API writes its dates."""
        return int(time.time() + self._offset) if self._held is None else self._held

    @contextmanager
    def held(self) -> Iterator[None]:
        """Date alike whatever is done meanwhile, as if all of it fell into one second."""
        self._held = self.unix()
        try:
            yield
        finally:
            self._held = None

    def monotonic(self) -> float:
        """Seconds that only ever grow; limits, expiry and the call log use these."""
        return time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once: limits clear, callback queries and updates expire."""
        if seconds < 0:
            raise ValueError("time only goes forward")
        self._offset += seconds
