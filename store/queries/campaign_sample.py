"""A sample of whom a campaign would reach now: numbers, never who they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from store.domain import spread
from store.domain.campaign import CampaignFacts, ends_at
from store.domain.reminder import heard_at
from store.domain.subscription import Frequency, QuietHours
from store.engine import now
from store.queries import campaign_audience
from store.tables.subscriber import SubscriberPlaceRow


@dataclass(frozen=True, slots=True)
class Sample:
    """How many would hear of it, by language, by how often they want to hear, and by what they chose.

    `places` are areas and wards by their codes; somebody who chose several counts for each of them.
    `everywhere` is how many chose none. `late` is for how many of them all it would come too late: it ends
    before their digest, or before the end of their quiet hours. Of one that is spread over hours that is
    `about` how many: those who want it alike are taken to come evenly over the hours.
    """

    languages: Mapping[str, int]
    frequencies: Mapping[Frequency, int]
    places: Mapping[str, int]
    everywhere: int
    late: int = 0
    about: bool = False

    @property
    def total(self) -> int:
        """How many that are."""
        return sum(self.languages.values())


def of(session: Session, facts: CampaignFacts, *, by_place: bool = True) -> Sample:
    """Return a sample of whom a campaign would be made out to now; the largest groups first."""
    wanted, told = campaign_audience.everybody(session, facts)
    languages: dict[str, int] = {}
    frequencies: dict[Frequency, int] = {}
    wishes: dict[tuple[Frequency, QuietHours], int] = {}
    everywhere = 0
    often = (wanted.c.frequency, wanted.c.quiet_from, wanted.c.quiet_to)
    chosen = (wanted.c.language, wanted.c.everywhere, *often)
    for language, all_of_it, code, quiet_from, quiet_to, count in session.execute(
        select(*chosen, func.count()).group_by(*chosen), told
    ):
        frequency = Frequency(code)
        everywhere += count if all_of_it else 0
        languages[language] = languages.get(language, 0) + count
        frequencies[frequency] = frequencies.get(frequency, 0) + count
        wish = (frequency, QuietHours(quiet_from, quiet_to))
        wishes[wish] = wishes.get(wish, 0) + count
    return Sample(
        _largest_first(languages),
        {one: frequencies[one] for one in Frequency if one in frequencies},
        _places(session, wanted, told) if by_place else {},
        everywhere,
        _late(facts, max(facts.send_at or now(session), now(session)), wishes),
        about=facts.spread > 0,
    )


def _late(facts: CampaignFacts, begins: datetime, wishes: Mapping[tuple[Frequency, QuietHours], int]) -> int:
    """Return for how many of those who want it so it comes too late, if it begins then.

    Who is told later in its hours hears no earlier: all from some place in its order on are too late.
    """
    ends, of_all = ends_at(facts, begins), sum(wishes.values())

    def heard(wish: tuple[Frequency, QuietHours], place: int) -> datetime:
        due_at = spread.moment(begins, facts.spread, place, of_all) if facts.spread else begins
        return heard_at(*wish, due_at)

    late = 0
    for wish, count in wishes.items():
        in_time = bisect_left(range(of_all), ends, key=partial(heard, wish))
        late += count * (of_all - in_time)
    return -(-late // of_all) if late else 0


def _places(session: Session, wanted: Subquery, told: Mapping[str, Any]) -> Mapping[str, int]:
    heard = (
        select(SubscriberPlaceRow.place, func.count().label("heard"))
        .join(wanted, wanted.c.id == SubscriberPlaceRow.resident_id)
        .group_by(SubscriberPlaceRow.place)
    )
    return _largest_first({row.place: row.heard for row in session.execute(heard, told)})


def _largest_first(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
