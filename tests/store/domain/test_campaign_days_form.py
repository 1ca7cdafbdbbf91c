"""Days that staff write in chat: one, or from one to another, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store.domain import questions as engine
from store.domain.campaign_days_form import ABOUT, CAMPAIGN_DAYS, DAYS, PROPOSED, checked_days, days_ahead
from store.domain.errors import Refusal
from tests.support.triage_factory import PROFILE

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MAY = (date(2027, 5, 12), date(2027, 5, 20))
NEW_YEAR = (date(2026, 12, 29), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("12 May", (MAY[0], MAY[0])),
        ("2027-05-12", (MAY[0], MAY[0])),
        ("tomorrow", (date(2026, 11, 24), date(2026, 11, 24))),
        ("Friday", (date(2026, 11, 27), date(2026, 11, 27))),
        ("12 to 20 May 2027", MAY),
        ("from 12 to 20 May", MAY),
        ("12-20 May", MAY),
        ("12th – 20th of May", MAY),
        ("12 May until 20 May 2027", MAY),
        ("12.5. to 20.5.2027", MAY),
        ("2027-05-12 to 2027-05-20", MAY),
        ("9-12 May", (date(2027, 5, 9), MAY[0])),
        ("29 December to 3 January", NEW_YEAR),
        ("29 Dec to 3 January 2027", NEW_YEAR),
        ("29 December 2026 to 3 January 2027", NEW_YEAR),
        ("the 12th to the 20th of May", MAY),
        ("between 12 and 20 May", MAY),
        ("on 12/5/2027", (MAY[0], MAY[0])),
        ("12. 5. 2027", (MAY[0], MAY[0])),
        ("May 12, 2028", (date(2028, 5, 12), date(2028, 5, 12))),
        ("12 May, 2028", (date(2028, 5, 12), date(2028, 5, 12))),
        ("Sat 12 to Sun 13 June", (date(2027, 6, 12), date(2027, 6, 13))),
        ("Saturday, 12 June", (date(2027, 6, 12), date(2027, 6, 12))),
        ("tomorrow to Friday", (date(2026, 11, 24), date(2026, 11, 27))),
    ],
)
def test_days_are_read(said: str, days: tuple[date, date]) -> None:
    assert days_ahead(said, AT) == days


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("12 to 20 May", MAY),
        ("Wed 12 May to 20 May", MAY),
        ("15 to 20 May", (date(2027, 5, 15), MAY[1])),
        ("20 March to 20 May", (date(2027, 3, 20), MAY[1])),
        ("1 March to 20 May", None),
        ("20 May to 12 May", None),
        ("Sun 12 to 20 May", None),
        ("12 to 14 May", (date(2028, 5, 12), date(2028, 5, 14))),
        ("12 May", (date(2028, 5, 12), date(2028, 5, 12))),
        ("Monday to Sunday", None),
        ("today to 20 May", (date(2027, 5, 15), MAY[1])),
    ],
)
def test_days_between_which_we_are_have_begun(said: str, days: tuple[date, date] | None) -> None:
    assert days_ahead(said, datetime(2027, 5, 15, 9, tzinfo=UTC)) == days


@pytest.mark.parametrize(
    "said",
    [
        "someday",
        "12 May to someday",
        "someday to 12 May",
        "20 May to 12 May 2027",
        "20 May to 12 May",
        "to",
        "31 June",
        "2 to 3 pm on 12 May",
        "12 May at 3 pm",
        "12 May or 13 May",
        "12 May and 20 May",
        "Sun 12 June",
        "Sat 12",
        "3 pm",
        "next Friday 10",
        "Friday or Saturday",
        "12 May 27",
    ],
)
def test_what_is_no_day_is_not_taken_for_one(said: str) -> None:
    assert days_ahead(said, AT) is None


def test_a_proposal_is_confirmed_by_a_tap_or_other_days_are_written() -> None:
    answers = {PROPOSED: ["2027-05-12", "2027-05-20"], ABOUT: "Its days: 12 to 20 May 2027."}
    asked = engine.first(CAMPAIGN_DAYS, PROFILE, answers)
    assert [option.label for option in asked.options] == [{"en": "On 12 to 20 May 2027"}]
    assert "Its days: 12 to 20 May 2027." in str(asked.prompt)
    assert checked_days(answers | {DAYS: PROPOSED}, AT) == ["2027-05-12", "2027-05-20"]
    assert checked_days(answers | {DAYS: {"words": "13 May"}}, AT) == ["2027-05-13", "2027-05-13"]
    with pytest.raises(Refusal) as refused:
        checked_days(answers | {DAYS: {"words": "soon"}}, AT)
    assert refused.value.key == "campaign.days_unreadable"


def test_of_no_days_none_are_offered() -> None:
    assert engine.first(CAMPAIGN_DAYS, PROFILE, {PROPOSED: [], ABOUT: ""}).options == ()
