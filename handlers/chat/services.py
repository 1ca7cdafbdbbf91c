"""What every turn may lean on: reference data and a few facts about this deployment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.domain.understood import Understood

GATHER = timedelta(seconds=15)
"""Messages that come closer together are one story: a question is asked again only after them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference data in force, with the index of its places."""

    profile: Profile
    places: PlaceIndex


@dataclass(frozen=True, slots=True)
class Services:
    """`reference` gives the data in force now; `staff_chat_id` is the staff group (0: none).

    `read` says what a free text seems to be about.
    """

    reference: Callable[[], Reference]
    read: Callable[[str], Understood]
    staff_chat_id: int
    public_url: str
    gather: timedelta = GATHER
