"""Neighbourhood engagement meetings: what one is, what may change, and what people are told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain.errors import Refusal

MINUTE = timedelta(minutes=1)
TITLE_MAX_CHARACTERS = 200
WORDS_MAX_CHARACTERS = 1_000
LONGEST = timedelta(hours=24)
LINK_SHOWN_BEFORE = timedelta(hours=1)
"""A joining link is shown so long before the start, not sooner: what is posted early is found by others."""
MOST_PRIORITIES = 3
"""At most three priorities come out of a meeting (the practice of neighbourhood policing)."""


class MeetingKind(StrEnum):
    """How people take part."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    DROP_IN = "drop_in"


class MeetingState(StrEnum):
    """Who knows of it: staff only, everybody, or everybody that it does not take place."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Access(StrEnum):
    """What a venue has for those who need it."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    BSL = "bsl"
    PARKING = "parking"
    TOILETS = "toilets"


KIND_LABELS: Mapping[MeetingKind, str] = MappingProxyType(
    {
        MeetingKind.IN_PERSON: "In person",
        MeetingKind.ONLINE: "Online",
        MeetingKind.HYBRID: "In person and online",
        MeetingKind.DROP_IN: "Drop-in",
    }
)
STATE_LABELS: Mapping[MeetingState, str] = MappingProxyType(
    {
        MeetingState.DRAFT: "Draft",
        MeetingState.PUBLISHED: "Published",
        MeetingState.CANCELLED: "Cancelled",
    }
)
ACCESS_LABELS: Mapping[Access, str] = MappingProxyType(
    {
        Access.STEP_FREE: "Step-free",
        Access.HEARING_LOOP: "Hearing loop",
        Access.BSL: "BSL interpreter",
        Access.PARKING: "Parking",
        Access.TOILETS: "Accessible toilets",
    }
)
MOVES: Mapping[MeetingState, frozenset[MeetingState]] = MappingProxyType(
    {
        MeetingState.DRAFT: frozenset({MeetingState.PUBLISHED, MeetingState.CANCELLED}),
        MeetingState.PUBLISHED: frozenset({MeetingState.CANCELLED}),
        MeetingState.CANCELLED: frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where it is. `access` says what it has; a point is WGS84 degrees."""

    name: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    access: frozenset[Access] = frozenset()
    access_note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What staff say of a meeting, or of every meeting of a series.

    `area` and `wards` are codes; none of both is the whole district. `doors_before` is how long
    before the start the doors open.
    """

    title: str
    area: str | None
    kind: MeetingKind
    lasts: timedelta
    wards: tuple[str, ...] = ()
    venue: Venue = field(default_factory=Venue)
    about: str = ""
    chair: str = ""
    join_link: str | None = None
    capacity: int | None = None
    doors_before: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it is read. Times are aware UTC.

    `slot` is the start that its series gave it (naive London time, ISO 8601), None for a single
    one; `sequence` grows with every change that those who were told must hear of. `coming` counts
    the people who said so.
    """

    id: str
    reference: str
    state: MeetingState
    starts_at: datetime
    facts: MeetingFacts
    version: int
    sequence: int = 0
    series_id: str | None = None
    slot: str | None = None
    publish_at: datetime | None = None
    published_at: datetime | None = None
    cancel_reason: str | None = None
    coming: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it ends (aware UTC)."""
        return self.starts_at + self.facts.lasts

    @property
    def fingerprint(self) -> str:
        """What a reminder of it rests on; see `fingerprint`."""
        return fingerprint(self.starts_at, self.facts.venue, self.state)


def fingerprint(starts_at: datetime, venue: Venue, state: MeetingState) -> str:
    """Return a digest of start, venue and state: a reminder with another one is stale."""
    told = f"{starts_at.isoformat()}\n{venue.name}\n{venue.address}\n{state.value}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def may(state: MeetingState, to: MeetingState) -> bool:
    """Tell whether a meeting may go from `state` to `to`; staying is no move."""
    return to in MOVES[state]


def checked(facts: MeetingFacts) -> MeetingFacts:
    """Return the facts if everybody may be told of them.

    Refusals: those of `checked_draft`, `meeting.needs_venue`.
    """
    if facts.kind is not MeetingKind.ONLINE and not facts.venue.name.strip():
        raise Refusal("meeting.needs_venue")
    return checked_draft(facts)


def checked_draft(facts: MeetingFacts) -> MeetingFacts:
    """Return the facts if a draft can be made of them: its venue may still be looked for.

    Refusals: `meeting.needs_title`, `meeting.too_long` (`maximum`), `meeting.needs_length`,
    `meeting.bad_link`, `meeting.bad_capacity`.
    """
    if not facts.title.strip():
        raise Refusal("meeting.needs_title")
    _check_lengths(facts)
    if not timedelta() < facts.lasts <= LONGEST or not timedelta() <= facts.doors_before <= LONGEST:
        raise Refusal("meeting.needs_length")
    if facts.capacity is not None and facts.capacity < 1:
        raise Refusal("meeting.bad_capacity")
    if facts.join_link is not None and not facts.join_link.startswith(("https://", "http://")):
        raise Refusal("meeting.bad_link")
    return facts


def _check_lengths(facts: MeetingFacts) -> None:
    venue = facts.venue
    short = (facts.title, facts.chair, venue.name, venue.address, venue.access_note)
    for said, most in (
        *((words, TITLE_MAX_CHARACTERS) for words in short),
        (facts.about, WORDS_MAX_CHARACTERS),
        (facts.join_link or "", WORDS_MAX_CHARACTERS),
    ):
        if len(said) > most:
            raise Refusal("meeting.too_long", maximum=most)


def link_shown(meeting: Meeting, now: datetime) -> bool:
    """Tell whether its joining link may be shown: shortly before it, and while it goes on."""
    soon = meeting.starts_at - LINK_SHOWN_BEFORE
    return meeting.facts.join_link is not None and soon <= now < meeting.ends_at


def packed(facts: MeetingFacts) -> dict[str, object]:
    """Return the facts as plain JSON values, for the row."""
    told = asdict(facts)
    venue = told["venue"] | {"access": sorted(facts.venue.access)}
    minutes = {"lasts": facts.lasts // MINUTE, "doors_before": facts.doors_before // MINUTE}
    return told | minutes | {"venue": venue, "wards": list(facts.wards)}


def unpacked(told: Mapping[str, Any]) -> MeetingFacts:
    """Return the facts that `packed` made plain."""
    venue = told["venue"]
    access = frozenset(Access(one) for one in venue["access"])
    more = {
        "kind": MeetingKind(told["kind"]),
        "lasts": told["lasts"] * MINUTE,
        "doors_before": told["doors_before"] * MINUTE,
        "wards": tuple(told["wards"]),
        "venue": Venue(**{**venue, "access": access}),
    }
    return MeetingFacts(**{**told, **more})


@dataclass(frozen=True, slots=True)
class MeetingPriority:
    """One of the things that a meeting chose: who does it, and what came of it (None: nothing yet)."""

    text: str
    owner: str
    result: str | None = None


def checked_priorities(told: Sequence[MeetingPriority]) -> tuple[MeetingPriority, ...]:
    """Return the priorities without the blanks around their words, and without empty ones.

    Refusals: `meeting.too_many_priorities` (`maximum`), `meeting.needs_owner`, `meeting.needs_priority`
    (an owner or a result of nothing), `meeting.too_long` (`maximum`).
    """
    said = [(one.text.strip(), one.owner.strip(), (one.result or "").strip()) for one in told]
    kept = [words for words in said if any(words)]
    if len(kept) > MOST_PRIORITIES:
        raise Refusal("meeting.too_many_priorities", maximum=MOST_PRIORITIES)
    for text, owner, result in kept:
        if not text:
            raise Refusal("meeting.needs_priority")
        if not owner:
            raise Refusal("meeting.needs_owner")
        if max(len(text), len(result)) > WORDS_MAX_CHARACTERS or len(owner) > TITLE_MAX_CHARACTERS:
            raise Refusal("meeting.too_long", maximum=WORDS_MAX_CHARACTERS)
    return tuple(MeetingPriority(text, owner, result or None) for text, owner, result in kept)
