"""Whatever staff do to a recurring campaign, and whenever we stand still: never twice, late or unapproved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from notifications.timetable import come_again, send_campaigns
from store.actions import campaign, campaign_by_hand, campaign_occurrence, campaign_pattern
from store.domain.campaign import TO_BE_CHANGED, CampaignState
from store.domain.errors import Refusal
from store.domain.recurrence import local_of
from store.domain.rounds import Round
from store.domain.staff import By
from store.engine import Session
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow
from tests.store.domain.test_campaign_rule import EACH_DAY, HATE
from tests.support.campaign_patterns import MAY, RIBBON, STALKING, TUESDAYS, a_pattern, plan
from tests.support.dying import DiedError
from tests.support.readers import hal, sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]

RULES = (TUESDAYS, EACH_DAY, RIBBON, STALKING, HATE, MAY)
STEPS = st.one_of(
    st.tuples(st.just("go on"), st.sampled_from((1, 5, 12, 24, 24, 170, 700, 3_000))),
    st.tuples(st.just("stand still"), st.sampled_from((7, 30, 400, 2_500))),
    st.tuples(st.just("die"), st.just(0)),
    st.tuples(st.just("pause"), st.just(0)),
    st.tuples(st.just("resume"), st.just(0)),
    st.tuples(st.just("approve all"), st.just(0)),
    st.tuples(st.just("approve each"), st.just(0)),
    st.tuples(st.just("confirm"), st.integers(0, 20)),
    st.tuples(st.just("rule"), st.integers(0, len(RULES) - 1)),
    st.tuples(st.just("make one"), st.just(0)),
)


@dataclass
class Watch:
    """One recurring campaign, those who have to do with it, and what was sent of it so far."""

    town: Town
    sam: By
    hal: By
    pattern: str
    sent: set[str] = field(default_factory=set)

    async def look(self) -> None:
        today = local_of(self.town.clock.now()).date()
        rows = await self.town.read(_all_of)
        assert max(Counter((kept.pattern_id, kept.key) for kept, _ in rows).values(), default=1) == 1
        for kept, made in rows:
            if made.id in self.sent or made.started_at is None:
                continue
            self.sent.add(made.id)
            assert made.approved_by is not None
            assert kept.confirmed_at is not None or not kept.guessed
            assert kept.last_day is None or local_of(made.started_at).date() <= kept.last_day
            assert kept.first_day is None or local_of(made.started_at).date() >= kept.first_day

        def is_over(kept: CampaignOccurrenceRow, made: CampaignRow) -> bool:
            past = made.send_at is None or made.send_at <= self.town.clock.now()
            return past and kept.last_day is not None and kept.last_day < today

        left = [kept.key for kept, made in rows if made.state in set(TO_BE_CHANGED) and is_over(kept, made)]
        assert left == []


def _all_of(session: Session) -> list[tuple[CampaignOccurrenceRow, CampaignRow]]:
    found = session.execute(
        select(CampaignOccurrenceRow, CampaignRow).join(
            CampaignRow, CampaignRow.id == CampaignOccurrenceRow.campaign_id
        )
    ).all()
    session.expunge_all()
    return [(kept, made) for kept, made in found]


async def _go_on(watch: Watch, hours: int) -> None:
    watch.town.pass_time(hours=hours)
    await come_again(watch.town.store)
    await send_campaigns(watch.town.store)
    await watch.look()


async def _stand_still(watch: Watch, hours: int) -> None:
    watch.town.pass_time(hours=hours)


def _make_and_die(session: Session) -> None:
    campaign_occurrence.come_due(session, Round())
    raise DiedError


async def _die(watch: Watch, _number: int) -> None:
    with pytest.raises(DiedError):
        await watch.town.write(_make_and_die)


async def _pause(watch: Watch, _number: int) -> None:
    await watch.town.write(campaign_pattern.pause, watch.sam, watch.pattern)


async def _resume(watch: Watch, _number: int) -> None:
    await watch.town.write(campaign_pattern.resume, watch.sam, watch.pattern)


async def _approve_all(watch: Watch, _number: int) -> None:
    await watch.town.write(campaign_pattern.approve, watch.hal, watch.pattern)


async def _approve_each(watch: Watch, _number: int) -> None:
    for _, made in await watch.town.read(_all_of):
        if made.state == CampaignState.DRAFT:
            await watch.town.write(campaign.submit, watch.sam, made.reference)
            await watch.town.write(campaign.approve, watch.hal, made.reference)


async def _confirm(watch: Watch, days: int) -> None:
    for kept, made in await watch.town.read(_all_of):
        if kept.first_day and made.state == CampaignState.DRAFT:
            first = date.fromordinal(kept.first_day.toordinal() + days)
            last = date.fromordinal(first.toordinal() + days)
            await watch.town.write(campaign_by_hand.confirm_days, watch.hal, made.reference, first, last)


async def _rule(watch: Watch, number: int) -> None:
    changed = plan(RULES[number], sure=bool(number % 2))
    await watch.town.write(campaign_pattern.change, watch.sam, watch.pattern, changed, PROFILE.district)


async def _make_one(watch: Watch, _number: int) -> None:
    await watch.town.write(campaign_by_hand.make_one, watch.sam, watch.pattern)


_DOES: dict[str, Callable[[Watch, int], Awaitable[None]]] = {
    "go on": _go_on,
    "stand still": _stand_still,
    "die": _die,
    "pause": _pause,
    "resume": _resume,
    "approve all": _approve_all,
    "approve each": _approve_each,
    "confirm": _confirm,
    "rule": _rule,
    "make one": _make_one,
}


@pytest.mark.timeout(300)
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@example(
    0, [("approve all", 0), ("go on", 170), ("stand still", 400), ("go on", 1), ("rule", 1), ("go on", 24)]
)
@example(2, [("approve each", 0), ("stand still", 2_500), ("go on", 1), ("die", 0), ("go on", 3_000)])
@example(3, [("make one", 0), ("confirm", 3), ("approve each", 0), ("rule", 4), ("go on", 3_000)])
@given(st.integers(0, len(RULES) - 1), st.lists(STEPS, min_size=6, max_size=20))
async def test_each_time_comes_once_in_its_days_and_approved(
    town: Town, sam: By, hal: By, first: int, script: list[tuple[str, int]]
) -> None:
    watch = Watch(town, sam, hal, await a_pattern(town, sam, RULES[first], sure=bool(first % 2)))
    for name, number in script:
        try:
            await _DOES[name](watch, number)
        except Refusal:
            continue
    await _go_on(watch, 1)
    await town.write(campaign_pattern.end, sam, watch.pattern)
