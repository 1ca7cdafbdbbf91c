from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.case import CaseState
from store.domain.errors import Refusal
from store.domain.finding import (
    ALL,
    ME,
    ONLY,
    TEXT_MAX_CHARACTERS,
    VIEW,
    Filter,
    Kind,
    TargetMark,
    as_kind,
    day_begins,
    day_ends,
    pairs_of,
    parse,
    partner_categories,
    without,
)
from store.domain.reference import Priority
from store.domain.report import ReportState
from tests.store.domain.small_profile import SMALL, a_category

CODES = st.sampled_from(["noise", "noise.domestic", "margate", "a1"])
DEGREES = st.integers(-80_000_000, 80_000_000).map(lambda n: n / 1_000_000)


def _box(corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = corners
    return min(west, east), min(south, north), max(west, east), max(south, north)


def _filters(kind: Kind) -> st.SearchStrategy[Filter]:
    states = tuple(state.value for state in (ReportState if kind is Kind.REPORTS else CaseState))
    own = {
        "source": st.sampled_from(["", "phone"]),
        "language": st.sampled_from(["", "pl"]),
        "tag": st.sampled_from(["", "market day"]),
        "legal_hold": st.booleans(),
        "review_due": st.booleans(),
    }
    return st.builds(
        Filter,
        kind=st.just(kind),
        states=st.lists(st.sampled_from(states), unique=True, max_size=3).map(tuple),
        priorities=st.lists(st.sampled_from([p.value for p in Priority]), unique=True, max_size=3).map(tuple),
        areas=st.lists(CODES, unique=True, max_size=3).map(tuple),
        **{name: st.just("") | CODES for name in ("category", "ward", "officer", "partner", "record_type")},
        target=st.none() | st.sampled_from(TargetMark),
        received_from=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        received_to=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        unread=st.booleans(),
        never_contacted=st.booleans(),
        no_point=st.booleans(),
        text=st.sampled_from(["", "loud music", '"all night" x']),
        box=st.none() | st.tuples(DEGREES, DEGREES, DEGREES, DEGREES).map(_box),
        **{name: values for name, values in own.items() if ONLY[name] is kind},
    )


@given(st.sampled_from(Kind).flatmap(_filters))
def test_a_filter_reads_back_from_the_query_it_writes(wanted: Filter) -> None:
    assert parse(wanted.kind, pairs_of(wanted)) == wanted


def test_reports_without_a_wish_are_the_queue_and_cases_are_all() -> None:
    assert parse(Kind.REPORTS, []) == Filter(Kind.REPORTS, states=("waiting",))
    assert parse(Kind.REPORTS, [("q", " "), ("done", "noted")]).is_queue
    assert parse(Kind.REPORTS, [(VIEW, ALL)]) == Filter(Kind.REPORTS)
    assert parse(Kind.CASES, []) == Filter(Kind.CASES)
    assert not parse(Kind.REPORTS, [("q", "music")]).is_queue
    assert pairs_of(Filter(Kind.REPORTS)) == [(VIEW, ALL)]
    assert pairs_of(Filter(Kind.CASES)) == []


def test_a_view_is_a_short_way_to_say_a_state_or_whose_they_are() -> None:
    assert parse(Kind.REPORTS, [(VIEW, "rejected")]).states == ("rejected",)
    assert parse(Kind.CASES, [(VIEW, "mine")]).officer == ME
    assert parse(Kind.CASES, [(VIEW, "nonsense")]) == Filter(Kind.CASES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "monitoring"),
        ("priority", "P9"),
        ("area", "a" * 65),
        ("ward", "w" * 65),
        ("target", "soon"),
        ("from", "yesterday"),
        ("from", "0001-01-01"),
        ("to", "9999-12-31"),
        ("source", "letter"),
        ("language", "fr"),
        ("unread", "yes"),
        ("q", "x" * (TEXT_MAX_CHARACTERS + 1)),
        ("q", "nul\0l"),
        ("box", "1,2,3"),
        ("box", "1,2,x,4"),
        ("box", "3,2,1,4"),
        ("box", "nan,2,3,4"),
        ("box", "1,2,3,91"),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(Kind.REPORTS, [(name, value)])
    assert refused.value.key == "finding.bad_value"
    assert refused.value.values["field"] == name


def test_one_narrowing_is_taken_away_and_the_rest_stays() -> None:
    wanted = Filter(Kind.REPORTS, states=("waiting", "in_case"), unread=True, text="music")
    assert without(wanted, "states", "waiting").states == ("in_case",)
    assert without(wanted, "states") == replace(wanted, states=())
    assert without(wanted, "unread") == replace(wanted, unread=False)
    assert without(wanted, "text").text == ""


def test_the_other_kind_of_list_drops_what_it_does_not_have() -> None:
    wanted = Filter(Kind.REPORTS, states=("waiting",), source="phone", areas=("margate",), text="music")
    assert as_kind(wanted, Kind.CASES) == Filter(Kind.CASES, areas=("margate",), text="music")


def test_a_partner_has_the_categories_it_leads_or_helps_with() -> None:
    other = replace(a_category(), code="street.threats", lead="police", partners=("council",))
    profile = replace(SMALL, categories=(a_category(), other))
    assert partner_categories(profile, "council") == ("noise.domestic", "street.threats")
    assert partner_categories(profile, "police") == ("street.threats",)


def test_a_day_of_london_has_23_to_25_hours() -> None:
    summer, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert day_begins(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert (day_ends(summer) - day_begins(summer)).total_seconds() == 23 * 3600
    assert (day_ends(autumn) - day_begins(autumn)).total_seconds() == 25 * 3600
