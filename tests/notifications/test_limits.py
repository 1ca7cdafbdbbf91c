from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import limits as module
from notifications.limits import Limits, Pace, RoundTrip, Window
from store.domain.delivery import Lane

STEPS = st.lists(st.floats(0, 2, allow_nan=False), min_size=1, max_size=80)


def go(window: Window, now: float) -> None:
    window.take()
    window.land(now)


def fullest(times: list[float], seconds: float) -> int:
    """Return the most that fell into any window of so many seconds."""
    return max((sum(start <= t < start + seconds for t in times) for start in times), default=0)


@given(steps=STEPS, most=st.integers(1, 5))
def test_no_window_ever_holds_more_than_it_may(steps: list[float], most: int) -> None:
    window, sent = Window(most, 1.0), []
    for now in accumulate(steps):
        if window.wait(now) == 0:
            go(window, now)
            sent.append(now)
    assert fullest(sent, 1.0) <= most


@given(steps=STEPS, most=st.integers(1, 5))
def test_whoever_waits_as_long_as_told_may_go(steps: list[float], most: int) -> None:
    window = Window(most, 1.0)
    now = 0.0
    for step in steps:
        now += step + window.wait(now + step)
        assert window.wait(now) < 1e-9
        go(window, now)


@given(steps=STEPS, most=st.integers(1, 5), delays=st.lists(st.floats(0, 3), min_size=80, max_size=80))
def test_no_window_is_overfull_wherever_on_the_way_a_request_arrives(
    steps: list[float], most: int, delays: list[float]
) -> None:
    """Requests take a while; the earlier arrive late and the later at once."""
    window = Window(most, 1.0)
    arrived: list[float] = []
    flying: list[float] = []
    for now, delay in zip(accumulate(steps), delays, strict=False):
        for end in sorted(end for end in flying if end <= now):
            window.land(end)
            flying.remove(end)
        if window.wait(now) == 0:
            window.take()
            flying.append(now + delay)
            arrived.append(now + (delay if len(arrived) % 2 else 0))
    assert fullest(sorted(arrived), 1.0) <= most


@given(
    steps=st.lists(st.floats(0, 0.5, allow_nan=False), min_size=1, max_size=120),
    chats=st.lists(st.sampled_from([1, 2, -1, -2]), min_size=120, max_size=120),
)
def test_every_limit_holds_at_once(steps: list[float], chats: list[int]) -> None:
    pace, sent = Pace(Limits(per_second=3, per_group_minute=4), 0.0), []
    for now, chat in zip(accumulate(steps), chats, strict=False):
        if pace.wait(chat, now) == 0:
            pace.take(chat, now)
            pace.land(chat, now)
            sent.append((now, chat))
    assert fullest([now for now, _ in sent], 1.0) <= 3
    for chat in set(chats):
        here = [now for now, to in sent if to == chat]
        assert fullest(here, 1.0) <= 1
        assert chat > 0 or fullest(here, 60.0) <= 4


def test_after_a_start_nothing_goes_for_a_second() -> None:
    pace = Pace(Limits(), 10.0)
    assert pace.wait(1, 10.0) >= 1
    assert pace.wait(1, 11.1) == 0


def test_what_a_group_got_before_the_start_counts() -> None:
    pace = Pace(Limits(per_group_minute=2), 100.0)
    pace.take_in_the_past(-1, 60.0)
    pace.take_in_the_past(-1, 90.0)
    assert pace.wait(-1, 105.0) == pytest.approx(15 + module.MARGIN_SECONDS)
    assert pace.wait(-2, 105.0) == 0


def round_trip(*tens: float) -> float:
    """Return what is trusted after tens of rounds, each with this quickest one."""
    trip = RoundTrip()
    for quickest in tens:
        for seconds in (0.9, quickest, *[0.9] * 8):
            trip.add(seconds)
    return trip.shortest


def test_the_shortest_round_trip_is_not_known_until_enough_were_seen() -> None:
    assert round_trip(0.08, 0.08) == 0
    assert round_trip(0.08, 0.08, 0.08) == 0.08


def test_where_the_quickest_differ_a_quicker_one_is_feared() -> None:
    assert round_trip(0.09, 0.08, 0.082) == pytest.approx(0.076)
    assert round_trip(0.02, 0.06, 0.05) == 0


def test_the_shortest_round_trip_follows_a_network_that_became_slower(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TENS_KEPT", 3)
    assert round_trip(0.01, 0.2, 0.2) == 0
    assert round_trip(0.01, 0.2, 0.2, 0.2) == 0.2
    assert round_trip(0.01, 0.2, 0.2, 0.2, 0.1, 0.1) == 0.1


def test_who_was_too_fast_no_longer_trusts_the_round_trip() -> None:
    pace = Pace(Limits(per_second=1), 0.0)
    for number in range(30):
        pace.take(0, number)
        pace.land(0, number + 0.5, 0.5)
    assert pace.bot_wait(29.5) == pytest.approx(0.5 + module.MARGIN_SECONDS)
    pace.pause(29.5)
    assert pace.bot_wait(29.5) == pytest.approx(1 + module.MARGIN_SECONDS)


@given(
    delays=st.lists(
        st.tuples(st.floats(0.02, 0.3, allow_nan=False), st.floats(0.02, 0.3, allow_nan=False)),
        min_size=60,
        max_size=60,
    )
)
def test_what_the_round_trip_gives_back_never_overfills_a_second(delays: list[tuple[float, float]]) -> None:
    """Each takes at least 20 ms there and 20 ms back; the quickest round is known from the start."""
    pace, arrived, landing = Pace(Limits(per_second=5), -2.0), [], list[tuple[float, float]]()
    for _ in range(30):
        pace.take(0, -2.0)
        pace.land(0, -2.0, 0.04)
    now = 0.0
    for number, (there, back) in enumerate(delays):
        while (wait := pace.bot_wait(now)) > 0:
            now = min([now + wait, *(end for end, _ in landing)])
            for end, took in [one for one in landing if one[0] <= now]:
                pace.land(-number, end, took)
                landing.remove((end, took))
        pace.take(number, now)
        arrived.append(now + there)
        landing.append((now + there + back, there + back))
    assert fullest(sorted(arrived), 1.0) <= 5


def test_with_a_steady_network_the_whole_second_is_used() -> None:
    pace, now = Pace(Limits(), -2.0), 0.0
    flying: list[tuple[float, int]] = []
    for chat in range(600):
        while (wait := pace.bot_wait(now, Lane.CAMPAIGN)) > 0:
            now = min([now + wait, *(end for end, _ in flying)])
            for end, landed in [one for one in flying if one[0] <= now]:
                pace.land(landed, end, 0.08)
                flying.remove((end, landed))
        pace.take(chat, now)
        flying.append((now + 0.08, chat))
    assert 599 / now > 29.5


def test_bulk_that_goes_a_little_late_does_not_move_what_is_behind_it() -> None:
    pace = Pace(Limits(per_second=5), 0.0)
    pace.take(1, 5.0)
    pace.take(2, 5.25)
    assert pace.bot_wait(5.25, Lane.CAMPAIGN) == pytest.approx(0.15)
    pace.take(3, 6.0)
    assert pace.bot_wait(6.0, Lane.CAMPAIGN) == pytest.approx(0.2)


def test_the_bulk_of_a_fifth_of_a_second_goes_together_and_only_when_all_of_it_may() -> None:
    pace = Pace(Limits(per_second=30), 0.0)
    for chat in range(6):
        assert pace.bot_wait(5.0, Lane.CAMPAIGN) == 0
        pace.take(chat, 5.0)
    assert pace.bot_wait(5.0, Lane.CAMPAIGN) == pytest.approx(0.2)
    assert pace.bot_wait(5.0, Lane.REPLY) == 0
    for chat in range(22):
        pace.take(chat, 5.0)
    assert pace.bot_wait(5.95, Lane.CAMPAIGN) == module.LOOK_AGAIN_SECONDS
    assert pace.bot_wait(5.95, Lane.REPLY) == 0


def test_a_reply_takes_the_place_of_one_that_would_have_gone_together() -> None:
    pace = Pace(Limits(per_second=30), 0.0)
    for chat in range(6):
        pace.take(chat, 5.0)
        pace.land(chat, 5.0)
    assert pace.bot_wait(5.0, Lane.CAMPAIGN) == pytest.approx(0.2)


def test_what_does_not_go_after_all_counts_no_more() -> None:
    pace = Pace(Limits(per_second=1), 0.0)
    pace.take(1, 5.0)
    assert pace.wait(1, 5.0) > 0
    pace.take_back(1)
    assert pace.wait(1, 5.0) == 0


def test_what_is_on_its_way_counts_until_its_answer_came() -> None:
    window = Window(1, 1.0)
    window.take()
    assert window.wait(50.0) == module.LOOK_AGAIN_SECONDS
    assert not window.idle(50.0)
    window.land(50.0)
    assert window.wait(50.5) == pytest.approx(0.5 + module.MARGIN_SECONDS)
    assert window.idle(52.0)


def test_the_latest_pause_counts() -> None:
    pace = Pace(Limits(), 0.0)
    pace.pause(20.0)
    pace.pause(15.0)
    assert pace.paused(10.0) == 10
    assert pace.bot_wait(10.0) == 10
    assert pace.paused(30.0) == 0


@pytest.mark.parametrize("lane", [Lane.URGENT, Lane.CASE, Lane.REMINDER, Lane.CAMPAIGN])
def test_bulk_is_spaced_evenly_and_a_reply_takes_the_next_slot(lane: Lane) -> None:
    pace = Pace(Limits(per_second=5), 0.0)
    pace.take(1, 5.0)
    pace.land(1, 5.0)
    assert pace.bot_wait(5.0, lane) == pytest.approx(0.2)
    assert pace.bot_wait(5.0, Lane.REPLY) == 0


def test_quiet_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORGET_CHATS_ABOVE", 10)
    pace = Pace(Limits(per_second=1000), 0.0)
    for chat in range(1, 50):
        pace.take(chat, chat * 2.0)
        pace.land(chat, chat * 2.0)
    assert len(pace._chats) <= 12
    assert pace.wait(49, 98.0) > 0
