from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.clock import LONDON
from store.domain.errors import Refusal
from store.domain.subscription import QuietHours, Subscription, Topic, concerned, concerned_by, pause_end

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AREA_OF = {"W1": "margate", "W2": "margate", "W3": "ramsgate"}
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
CHANGES = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]),
    st.integers(-26 * 60, 26 * 60),
)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
HOURS = st.builds(QuietHours, TIMES, TIMES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "said", "until"),
    [
        (QuietHours(), "2026-11-25T20:59", "2026-11-25T20:59"),
        (QuietHours(), "2026-11-25T21:00", "2026-11-26T08:00"),
        (QuietHours(), "2026-11-26T07:59", "2026-11-26T08:00"),
        (QuietHours(), "2026-11-26T08:00", "2026-11-26T08:00"),
        (QuietHours(), "2026-07-01T20:00", "2026-07-02T07:00"),
        (QuietHours(), "2026-03-28T22:00", "2026-03-29T07:00"),
        (QuietHours(), "2026-10-24T22:00", "2026-10-25T08:00"),
        (QuietHours(time(12), time(14)), "2026-11-25T11:59", "2026-11-25T11:59"),
        (QuietHours(time(12), time(14)), "2026-11-25T12:00", "2026-11-25T14:00"),
        (QuietHours(time(12), time(14)), "2026-11-25T14:00", "2026-11-25T14:00"),
        # The end is skipped in March: the clocks go from 1:00 to 2:00 at 1:00 UTC.
        (QuietHours(time(22), time(1, 30)), "2026-03-29T00:59", "2026-03-29T01:00"),
        (QuietHours(time(22), time(1, 30)), "2026-03-29T01:00", "2026-03-29T01:00"),
        # The start is skipped.
        (QuietHours(time(1, 30), time(7)), "2026-03-29T00:59", "2026-03-29T00:59"),
        (QuietHours(time(1, 30), time(7)), "2026-03-29T01:00", "2026-03-29T06:00"),
        (QuietHours(time(1, 10), time(1, 50)), "2026-03-29T01:00", "2026-03-29T01:00"),
        # The end, then the start, comes twice in October: 1:30 is at 0:30 and at 1:30 UTC.
        (QuietHours(time(22), time(1, 30)), "2026-10-25T00:30", "2026-10-25T01:30"),
        (QuietHours(time(22), time(1, 30)), "2026-10-25T01:30", "2026-10-25T01:30"),
        (QuietHours(time(1, 30), time(7)), "2026-10-25T00:30", "2026-10-25T07:00"),
        (QuietHours(time(1, 30), time(7)), "2026-10-25T01:10", "2026-10-25T07:00"),
        # One night's end and the next one's start meet in the hour that comes twice.
        (QuietHours(time(1, 30), time(1)), "2026-10-25T00:15", "2026-10-26T01:00"),
    ],
)
def test_quiet_hours_end_when_londons_clock_says_so(hours: QuietHours, said: str, until: str) -> None:
    assert hours.until(at(said)) == at(until)
    assert hours.holds(at(said)) is (said != until)


@given(HOURS, INSTANTS | CHANGES)
def test_their_end_is_outside_them_and_everything_before_it_inside(hours: QuietHours, now: datetime) -> None:
    until = hours.until(now)
    assert timedelta(0) <= until - now <= timedelta(days=2)
    assert not hours.holds(until)
    assert hours.holds(now) is (until > now)
    if until > now:
        assert hours.until(until - timedelta(microseconds=1)) == until
        assert hours.until(now + (until - now) / 2) == until


def an_hour_comes_twice(day: date) -> bool:
    begins, ends = (datetime.combine(day + timedelta(days), time(), LONDON) for days in (0, 1))
    return ends.astimezone(UTC) - begins.astimezone(UTC) > timedelta(hours=24)


@given(HOURS, INSTANTS | CHANGES)
def test_they_hold_where_the_clock_shows_a_time_within_them(hours: QuietHours, now: datetime) -> None:
    shown = now.astimezone(LONDON).time()
    within = hours.start <= shown < hours.end
    if hours.start > hours.end:
        within = shown >= hours.start or shown < hours.end
    if hours.start == hours.end:
        within = False
    if within:
        assert hours.holds(now)
    elif not an_hour_comes_twice(now.astimezone(LONDON).date()):
        assert not hours.holds(now)


@given(TIMES, INSTANTS | CHANGES)
def test_never_quiet_is_the_same_start_and_end(both: time, now: datetime) -> None:
    assert QuietHours(both, both).until(now) == now
    assert not QuietHours(both, both).holds(now)


def test_an_instant_of_any_time_zone_is_the_same_instant() -> None:
    assert QuietHours().until(at("2026-07-01T21:00").astimezone(LONDON)) == at("2026-07-02T07:00")


WANTS = Subscription(frozenset({Topic.MEETINGS}))


def test_only_what_was_chosen_is_wanted_and_not_while_paused_nor_after_the_stop() -> None:
    assert WANTS.wants(Topic.MEETINGS, NOW)
    assert not WANTS.wants(Topic.SURVEYS, NOW)
    for paused, wanted in ((NOW + timedelta(seconds=1), False), (NOW, True)):
        assert Subscription(WANTS.topics, paused_until=paused).wants(Topic.MEETINGS, NOW) is wanted
    assert not Subscription(WANTS.topics, stopped_at=NOW).wants(Topic.MEETINGS, NOW)


def test_something_concerns_who_wants_everything_or_one_of_its_places_and_what_is_for_all_everybody() -> None:
    margate = Subscription(WANTS.topics, frozenset({"margate"}))
    assert WANTS.about({"ramsgate"})
    assert margate.about({"margate", "W1"})
    assert not margate.about({"ramsgate"})
    assert margate.about(())


@pytest.mark.parametrize(
    ("area", "wards", "places"),
    [
        (None, (), set()),
        ("margate", (), {"margate", "W1", "W2"}),
        ("nowhere", (), {"nowhere"}),
        ("margate", ("W3",), {"W3", "ramsgate"}),
        (None, ("W1", "W3"), {"W1", "W3", "margate", "ramsgate"}),
        (None, ("gone",), {"gone"}),
    ],
)
def test_an_area_concerns_its_wards_and_a_ward_its_area(
    area: str | None, wards: tuple[str, ...], places: set[str]
) -> None:
    assert concerned(area, wards, AREA_OF) == places


def test_a_pause_ends_as_its_day_begins_in_london() -> None:
    assert pause_end(date(2027, 1, 5), NOW.date()) == at("2027-01-05T00:00")
    assert pause_end(date(2027, 7, 1), NOW.date()) == at("2027-06-30T23:00")


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 11, 25), "subscribe.no_day"),
        (date(2026, 1, 1), "subscribe.no_day"),
        (date(2028, 1, 1), "subscribe.too_far"),
    ],
)
def test_a_pause_is_refused_that_has_ended_or_lasts_for_years(day: date, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        pause_end(day, NOW.date())
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("topics", "places", "wider"),
    [
        ({Topic.MEETINGS}, {"margate"}, False),
        ({Topic.MEETINGS, Topic.URGENT}, {"margate"}, False),
        ({Topic.MEETINGS, Topic.SURVEYS}, {"margate"}, True),
        ({Topic.MEETINGS}, {"margate", "ramsgate"}, True),
        ({Topic.MEETINGS}, set(), True),
    ],
)
def test_another_topic_or_place_is_more_than_was_agreed_to(
    topics: set[Topic], places: set[str], *, wider: bool
) -> None:
    had = Subscription(frozenset({Topic.MEETINGS, Topic.URGENT}), frozenset({"margate"}))
    assert Subscription(frozenset(topics), frozenset(places)).is_wider_than(had) is wider


def test_nothing_is_wider_than_every_topic_everywhere() -> None:
    everything = Subscription(frozenset(Topic))
    assert not Subscription(frozenset(Topic), frozenset({"margate"})).is_wider_than(everything)


def test_areas_and_wards_concern_together_who_wants_any_of_them() -> None:
    assert concerned_by({"margate"}, AREA_OF) == {"margate", "W1", "W2"}
    assert concerned_by({"W1"}, AREA_OF) == {"W1", "margate"}
    assert concerned_by({"W3", "margate"}, AREA_OF) == {"W3", "ramsgate", "margate", "W1", "W2"}
    assert concerned_by(set(), AREA_OF) == frozenset()
