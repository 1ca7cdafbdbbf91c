"""Whoever is counted for a campaign is sampled, told and tried again, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from notifications.timetable import send_campaigns
from store.actions import campaign_retry, reference, subscription
from store.actions.campaign_sending import AT_ONCE
from store.actions.subscription import Consent
from store.domain.campaign import CampaignFacts
from store.domain.delivery import DeliveryState
from store.domain.resident import Resident
from store.domain.staff import Role
from store.domain.subscription import Subscription, Topic
from store.queries import audience, campaign_audience, campaign_sample
from tests.benchmarks.campaign_rows import subscribe_all
from tests.notifications.test_reminders import heard
from tests.support.campaigns import approved, ended, facts
from tests.support.triage_factory import PROFILE, Town

TOPICS = frozenset({Topic.CAMPAIGNS})
WARD = PROFILE.wards[0]
ELSEWHERE = next(one for one in PROFILE.wards if one.area != WARD.area)


async def subscriber(town: Town, *places: str) -> Resident:
    person = await town.resident()
    wish = Subscription(TOPICS, frozenset(places))
    await town.write(subscription.subscribe, person, wish, Consent("Yes", "en"))
    return person


async def hear_of(town: Town, told: CampaignFacts, *people: Resident) -> list[str]:
    """Return who of these hears of it, once all ways to ask agree."""
    found = {one.resident_id for one in await town.read(campaign_audience.page, told, "", 10)}
    ids = [one.id for one in people]
    assert {one.resident_id for one in await town.read(campaign_audience.among, told, ids)} == found
    assert await town.read(campaign_audience.count, told) == len(found)
    assert (await town.read(campaign_sample.of, told)).total == len(found)
    return [one for one in ids if one in found]


async def test_one_for_an_area_reaches_who_chose_a_ward_of_it_and_the_other_way_round(town: Town) -> None:
    await town.write(reference.seed, PROFILE)
    ward, area = await subscriber(town, WARD.code), await subscriber(town, WARD.area)
    other, everywhere = await subscriber(town, ELSEWHERE.code), await subscriber(town)
    all_of_them = (ward, area, other, everywhere)
    for place in (WARD.area, WARD.code):
        told = facts(places=frozenset({place}))
        assert await hear_of(town, told, *all_of_them) == [ward.id, area.id, everywhere.id]
    assert len(await hear_of(town, facts(), *all_of_them)) == 4


async def test_who_chose_a_ward_is_told_and_tried_again_of_its_area(town: Town) -> None:
    await town.write(reference.seed, PROFILE)
    ward = await subscriber(town, WARD.code)
    sam, hal = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
    sent = await approved(town, sam, hal, places=frozenset({WARD.area}))
    await send_campaigns(town.store)
    assert len(await heard(town, ward)) == 1
    await ended(town, DeliveryState.FAILED)
    await town.write(campaign_retry.retry, sam, sent)
    await send_campaigns(town.store)
    assert len(await heard(town, ward)) == 1


async def test_postgresql_reads_no_more_for_a_late_page_than_for_the_first(town: Town) -> None:
    if town.store.dialect == "sqlite":
        pytest.skip("SQLite looks each person up")
    await subscribe_all(town.store, people := 4_000)
    await town.write(_analyse)
    first, late = [await town.write(_read_for, f"{number:032x}") for number in (0, people - AT_ONCE)]
    assert AT_ONCE <= late <= first


def _analyse(session: Session) -> None:
    session.execute(text("ANALYZE"))


def _read_for(session: Session, after: str) -> int:
    """Return how many rows PostgreSQL reads of its tables for a page, where it merges them as among many."""
    for way in ("hashjoin", "seqscan", "bitmapscan"):
        session.execute(text(f"SET LOCAL enable_{way} = off"))
    wanted = audience.wanted(anywhere=True).limit(AT_ONCE)
    asked = wanted.params(**audience.told(session, Topic.CAMPAIGNS, (), after))
    words = asked.compile(session.connection(), compile_kwargs={"literal_binds": True})
    said = session.connection().exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {words}").scalar_one()
    return _rows_of(said[0]["Plan"])


def _rows_of(node: dict[str, Any]) -> int:
    below = sum(_rows_of(one) for one in node.get("Plans", ()))
    if "Relation Name" not in node:
        return below
    return below + int(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
