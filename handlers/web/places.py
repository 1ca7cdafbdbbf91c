"""The index of places, built when it is first wanted and again for other reference data."""

from __future__ import annotations

from collections.abc import Callable

from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile


class Places:
    """Keeps the index of the reference data of the moment."""

    def __init__(self, profile: Callable[[], Profile]) -> None:
        self._profile = profile
        self._kept: tuple[Profile, PlaceIndex] | None = None

    def index(self) -> PlaceIndex:
        """Return the index for the reference data of the moment."""
        profile = self._profile()
        if self._kept is None or self._kept[0] is not profile:
            self._kept = (profile, PlaceIndex(profile))
        return self._kept[1]
