from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.deep_link import (
    DeepLink,
    HereLink,
    JoinLink,
    MeetingLink,
    ReportLink,
    address,
    at_door,
    make,
    parse,
    to_meeting,
)


@pytest.mark.parametrize(
    ("payload", "link"),
    [
        ("report_vehicle-parking", ReportLink("vehicle.parking")),
        ("report_street-intimidating_group", ReportLink("street.intimidating_group")),
        ("meeting_M7X", MeetingLink("M7X")),
        ("join_margate", JoinLink("margate")),
        ("here_M7X", HereLink("M7X")),
    ],
)
def test_a_payload_and_its_link_are_one(payload: str, link: DeepLink) -> None:
    assert parse(payload) == link
    assert make(link) == payload


@pytest.mark.parametrize(
    "payload",
    ["", "report", "report_", "reports_x", "staff_abc", "report_vehicle.parking", "report_a b", "report_é"],
)
def test_what_is_no_payload_of_ours_means_nothing(payload: str) -> None:
    assert parse(payload) is None


def test_a_payload_has_at_most_64_characters() -> None:
    assert parse("join_" + "x" * 59) == JoinLink("x" * 59)
    assert parse("join_" + "x" * 60) is None
    with pytest.raises(ValueError, match="does not fit"):
        make(JoinLink("x" * 60))


@pytest.mark.parametrize("code", ["", "two words", "a-b", "café"])
def test_a_code_that_would_not_come_back_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        make(ReportLink(code))


@given(st.text(max_size=80))
def test_whatever_is_read_can_be_made_again(payload: str) -> None:
    link = parse(payload)
    assert link is None or make(link) == payload


def test_an_address_opens_the_chat_with_the_payload() -> None:
    assert address("@our_bot", "join_x") == "https://t.me/our_bot?start=join_x"


def test_a_reference_goes_into_a_link_without_its_hyphens() -> None:
    assert make(to_meeting("K7M-4XQ-9PC")) == "meeting_K7M4XQ9PC"


def test_the_poster_at_the_door_of_a_meeting_is_a_link_of_its_own() -> None:
    assert make(at_door("K7M-4XQ-9PC")) == "here_K7M4XQ9PC"
