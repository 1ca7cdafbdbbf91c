from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from store.domain import suggestion
from store.domain.place import Location
from store.domain.reference import HomeOfficeType, Priority, Restriction
from store.domain.report import Identity, ReportState, ReportView, Source
from store.domain.suggestion import SuggestionKind, Told

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CALM = ReportView(
    id="r",
    reference="K7M-4XQ-9PC",
    state=ReportState.WAITING,
    category="noise.domestic",
    record_type="asb",
    home_office_type=HomeOfficeType.PERSONAL,
    priority=Priority.P3,
    identity=Identity.NAMED,
    source=Source.CHAT,
    text="Music all night",
    place=Location(),
    occurred="",
    still_going=None,
    how_often="weekly",
    extra={},
    language="en",
    danger=False,
    restriction=None,
    reporter_id="ada",
    case_id=None,
    taken_by=None,
    created_at=AT,
    updated_at=AT,
    version=1,
)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"danger": True}, "They said that somebody is in danger."),
        ({"restriction": Restriction.HATE}, "It is told as hate: because of who somebody is."),
        ({"restriction": Restriction.SAFEGUARDING}, "A concern for somebody's safety was raised with it."),
        ({"text": "Somebody is being beaten"}, "The words sound like a weapon, an attack or a fire."),
        ({"text": "A crowd with a knife"}, "The words name a weapon."),
        ({"text": "Widziałem nóż przy nim"}, "The words name a weapon."),
        ({"text": "My husband hits me"}, "The words sound like violence at home."),
        ({"safety_shown": {"domestic_abuse": 2}}, "They were shown safety cards: domestic abuse."),
        ({"how_often": "daily"}, "It happens every day."),
        ({"text": "It is getting WORSE."}, "They say that it gets worse."),
        ({"text": "Jest coraz gorzej"}, "They say that it gets worse."),
    ],
)
def test_each_sign_of_risk_has_a_plain_reason(told: dict[str, Any], reason: str) -> None:
    [found] = suggestion.risks(replace(CALM, **told))
    assert (found.kind, found.reason) == (SuggestionKind.RISK, reason)


@pytest.mark.parametrize("told", [{}, {"restriction": Restriction.INTELLIGENCE}])
def test_a_calm_report_has_no_sign_of_risk(told: dict[str, Any]) -> None:
    assert suggestion.risks(replace(CALM, **told)) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Loud music from the flat above", "loud MUSIC, from the flats above!", True),
        ("Loud music from the flat above", "Rubbish in the lane behind", False),
        ("Loud music again", "Loud music again", False),
        ("", "", False),
    ],
)
def test_stories_are_alike_by_their_words(one: str, other: str, alike: bool) -> None:
    assert suggestion.is_alike(suggestion.words_of(one), suggestion.words_of(other)) is alike


@pytest.mark.parametrize(
    ("at", "since"),
    [
        (AT, datetime(2026, 8, 23, 8, 0, tzinfo=UTC)),
        (datetime(2027, 5, 31, 12, 0, tzinfo=UTC), datetime(2027, 2, 28, 13, 0, tzinfo=UTC)),
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), datetime(2026, 10, 15, 11, 0, tzinfo=UTC)),
        (datetime(2026, 3, 15, 12, 0, tzinfo=UTC), datetime(2025, 12, 15, 12, 0, tzinfo=UTC)),
    ],
)
def test_three_months_are_calendar_months_of_london(at: datetime, since: datetime) -> None:
    assert suggestion.repeat_since(at) == since


def test_a_hot_spot_looks_back_four_weeks_and_a_duplicate_one() -> None:
    assert suggestion.hot_spot_since(AT) == datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    assert suggestion.duplicate_since(AT) == datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_two_reports_make_no_repeat_victim_and_three_do() -> None:
    assert suggestion.repeat_victim(("A",)) == ()
    [found] = suggestion.repeat_victim(("A", "B"))
    assert found.reason == "The same person sent 3 reports in three months: perhaps a repeat victim."
    assert found.reports == ("A", "B")


def test_namesakes_make_a_repeat_victim_only_where_the_person_alone_does_not() -> None:
    assert suggestion.repeat_victim(("A",), ()) == suggestion.repeat_victim((), ("B",)) == ()
    [found] = suggestion.repeat_victim(("A",), ("B",))
    assert found.reports == ("A", "B")
    assert found.reason == (
        "3 reports in three months: perhaps a repeat victim. Perhaps the same person: same name, same ward."
    )
    [sure] = suggestion.repeat_victim(("A", "B"), ("C",))
    assert sure.reports == ("A", "B")


def test_the_queue_says_when_only_the_name_is_the_same() -> None:
    [(_kind, said)] = suggestion.glance(QUIET, 0, (1, 2), None, 0).reasons
    assert said == "Repeat victim? 3 in 3 months, perhaps the same person: same name"
    [(_kind, sure)] = suggestion.glance(QUIET, 0, (3, 2), None, 0).reasons
    assert sure == "Repeat victim? 3 in 3 months"
    assert suggestion.glance(QUIET, 0, (1, 1), None, 0).reasons == ()


@pytest.mark.parametrize(
    ("near", "in_ward", "reason"),
    [
        (4, 4, None),
        (5, 4, "5 reports within 300 metres in the last 28 days: perhaps a hot spot."),
        (1, 9, "9 of this category in this ward in the last 28 days: perhaps a hot spot."),
        (
            6,
            200,
            (
                "6 reports within 300 metres and 200 or more of this category in this ward"
                " in the last 28 days: perhaps a hot spot."
            ),
        ),
    ],
)
def test_many_reports_from_one_place_make_a_hot_spot(near: int, in_ward: int, reason: str | None) -> None:
    assert [found.reason for found in suggestion.hot_spot(near, in_ward, 200)] == ([reason] if reason else [])


def test_duplicates_and_cases_are_named_with_their_reason() -> None:
    assert suggestion.duplicates(()) == ()
    [one] = suggestion.duplicates(("A",))
    [two] = suggestion.duplicates(("A", "B"))
    assert one.reason == "This report says nearly the same, near by, in the last 7 days."
    assert two.reason.startswith("These reports say")
    assert "near by" in suggestion.same_case("C", "ward", 1).reason
    assert "near the point, in the last 90 days (2 reports)" in suggestion.same_case("C", None, 2).reason


LOUD = Told(
    "  Loud\nmusic, it is getting worse  ", danger=True, restriction=None, safety_shown={}, how_often="daily"
)
QUIET = replace(LOUD, text="Music", danger=False, how_often=None)


def test_a_glance_tells_the_beginning_the_files_and_the_risk_in_a_few_words() -> None:
    seen = suggestion.glance(LOUD, 4, (2, 0), "K7M-4XQ-9PC", 2)
    assert (seen.story, seen.files, seen.case) == ("Loud music, it is getting worse", 2, "K7M-4XQ-9PC")
    assert seen.reasons == ((SuggestionKind.RISK, "Risk: every day, gets worse"),)
    assert (seen.like_it, seen.by_person) == (0, 0)


def test_a_long_story_is_cut_between_words() -> None:
    told = replace(LOUD, text="word " * 60)
    assert suggestion.glance(told, 0, (0, 0), None, 0).story == " ".join(["word"] * 24) + " …"
    endless = suggestion.glance(replace(LOUD, text="x" * 500), 0, (0, 0), None, 0).story
    assert endless == "x" * suggestion.STORY_CHARACTERS + " …"


def test_a_glance_at_a_restricted_report_says_nothing_of_its_words() -> None:
    told = replace(LOUD, text="He has a knife", restriction=Restriction.SAFEGUARDING)
    seen = suggestion.glance(told, 5, (3, 0), None, 1)
    assert (seen.story, seen.risks, seen.files) == ("", (), 1)
    assert [kind for kind, _text in seen.reasons] == [SuggestionKind.REPEAT_VICTIM, SuggestionKind.HOT_SPOT]


def test_a_number_under_another_name_is_pointed_out_with_where() -> None:
    assert suggestion.known_contact(()) == ()
    [found] = suggestion.known_contact(("A", "B"))
    assert (found.kind, found.reports) == (SuggestionKind.KNOWN_CONTACT, ("A", "B"))
    assert "under another name" in found.reason
