"""Any filters together give what a plain reading of them gives, on both databases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import message, triage
from store.domain.finding import ME, NOBODY, Filter, Kind, TargetMark, day_begins, day_ends
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.domain.working_days import due_at
from store.queries import finding
from store.tables.report import ReportRow
from tests.support.triage_factory import HARBOUR, MORNING, PROFILE, Town

WORDS = ("music", "shouting", "scooters", "harbour")
PLACES: tuple[dict[str, Any], ...] = (
    HARBOUR,
    HARBOUR | {"lat": 51.3886, "lon": 1.3940, "ward": "eastcliff", "area": "margate"},
    {"words": "nowhere"},
)
BOX = (1.39, 51.38, 1.40, 51.39)


@dataclass(frozen=True)
class Told:
    """What a report was made with, to be read without any database."""

    reference: str
    category: str
    priority: str
    restricted: bool
    state: str
    officer: str | None
    place: dict[str, Any]
    words: str
    contacted: bool
    target: Any
    received: Any
    unread: bool


def fits(told: Told, wanted: Filter, me: str, now: Any) -> bool:
    who = {ME: me, NOBODY: None}.get(wanted.officer, wanted.officer)
    soon = due_at(1, now, PROFILE.bank_holidays)
    marks = {
        None: True,
        TargetMark.MISSED: told.target is not None and told.target <= now,
        TargetMark.DUE: told.target is not None and told.target > now,
        TargetMark.DUE_SOON: told.target is not None and now < told.target <= soon,
    }
    return all(
        (
            not told.restricted,
            not wanted.states or told.state in wanted.states,
            not wanted.priorities or told.priority in wanted.priorities,
            not wanted.areas or told.place.get("area") in wanted.areas,
            not wanted.category
            or told.category.split(".")[0] == wanted.category
            or told.category == wanted.category,
            not wanted.ward or told.place.get("ward") == wanted.ward,
            not wanted.officer or told.officer == who,
            not wanted.text or all(word in told.words.split() for word in wanted.text.split()),
            not wanted.unread or told.unread,
            not wanted.never_contacted or not told.contacted,
            marks[wanted.target],
            wanted.received_from is None or told.received >= day_begins(wanted.received_from),
            wanted.received_to is None or told.received < day_ends(wanted.received_to),
            wanted.box is None or told.place.get("lat") == 51.3886,
        )
    )


def changed(session: Session, reference: str, /, **values: Any) -> None:
    session.execute(update(ReportRow).where(ReportRow.reference == reference).values(**values))


async def one(town: Town, dice: random.Random, staff: Sequence[By]) -> Told:
    category = dice.choice(("noise.domestic", "street.threats", "street.hate"))
    place, words = dice.choice(PLACES), " ".join(dice.sample(WORDS, 2))
    ada = await town.resident()
    reference = await town.report(ada, category=category, where=place, what=words)
    by = dice.choice(staff)
    state, officer, unread = "waiting", None, dice.random() < 0.3
    if unread:
        await town.write(message.add, ada, reference, "again")
    fate = dice.choice(("nothing", "taken", "case")) if category != "street.hate" else "nothing"
    if fate == "taken":
        await town.write(triage.take, by, reference)
        officer = by.staff.id
    elif fate == "case":
        await town.write(triage.open_case, by, reference)
        state, officer = "in_case", by.staff.id
    contacted = MORNING if dice.random() < 0.5 else None
    target = dice.choice((None, MORNING, MORNING + timedelta(days=1), MORNING + timedelta(days=9)))
    received = MORNING - timedelta(hours=dice.randrange(90))
    values = {"contacted_at": contacted, "target_at": target, "created_at": received}
    await town.write(changed, reference, **values)
    priority = {"noise.domestic": "P3", "street.threats": "P1", "street.hate": "P2"}[category]
    said = f"{words} {place['words']} {'again' if unread else ''}"
    return Told(
        reference, category, priority, category == "street.hate", state, officer, place, said,
        contacted is not None, target, received, unread,
    )  # fmt: skip


def filters(staff: Sequence[By]) -> st.SearchStrategy[Filter]:
    """Up to four narrowings at once: with more, next to nothing is left to compare."""
    days = st.dates(MORNING.date() - timedelta(days=4), MORNING.date())
    narrowings: dict[str, st.SearchStrategy[Any]] = {
        "states": st.sampled_from([("waiting",), ("in_case",), ("waiting", "in_case"), ("rejected",)]),
        "priorities": st.sampled_from([("P1",), ("P1", "P3"), ("P2",)]),
        "areas": st.sampled_from([("margate",), ("margate", "ramsgate")]),
        "category": st.sampled_from(["noise", "street", "street.threats"]),
        "ward": st.sampled_from(["eastcliff", "central-harbour"]),
        "officer": st.sampled_from([ME, NOBODY, staff[1].staff.id]),
        "text": st.sampled_from([*WORDS[:3], "music shouting"]),
        "unread": st.just(True),
        "never_contacted": st.just(True),
        "target": st.sampled_from(TargetMark),
        "received_from": days,
        "received_to": days,
        "box": st.just(BOX),
    }
    names = st.sets(st.sampled_from(sorted(narrowings)), max_size=4)
    chosen = names.flatmap(
        lambda some: st.fixed_dictionaries({name: narrowings[name] for name in sorted(some)})
    )
    return chosen.map(lambda values: Filter(Kind.REPORTS, **values))


async def test_filters_together_give_what_a_plain_reading_of_them_gives(town: Town) -> None:
    staff = [await town.staff("Cleo"), await town.staff("Dan")]
    await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    dice = random.Random(7)
    told = [await one(town, dice, staff) for _ in range(18)]
    me, now = staff[0].staff, town.clock.now()
    examples: list[Filter] = []

    @settings(
        max_examples=80, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    @given(filters(staff))
    def collect(wanted: Filter) -> None:
        examples.append(wanted)

    collect()
    hit = 0
    for wanted in examples:
        page = await town.read(finding.found_reports, me, PROFILE, wanted)
        shown = {line.reference for line in page.lines}
        expected = {each.reference for each in told if fits(each, wanted, me.id, now)}
        assert shown == expected, wanted
        assert page.total == len(expected)
        assert await town.read(finding.count, me, PROFILE, wanted) == len(expected)
        placed = sum("lat" in each.place for each in told if each.reference in expected)
        assert len(await town.read(finding.points, me, PROFILE, wanted)) == placed
        rows, _more = await town.read(finding.export_rows, me, PROFILE, wanted, ("", 50))
        assert {row.reference for row in rows} == expected
        hit += bool(expected)
    assert 20 < hit < len(examples)
