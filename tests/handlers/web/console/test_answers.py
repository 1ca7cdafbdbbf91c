from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers.web.console.answers import NOT_ANSWERED, Row, answers_of
from store.actions import triage
from store.domain.reference import AnswerKind, Choice, ExtraQuestion
from store.domain.triage import ReportPage
from tests.support.triage_factory import PROFILE, Town

ASKED = (
    ExtraQuestion("kind", AnswerKind.CHOICE, {"en": "What kind?"}, (Choice("music", {"en": "Music"}),)),
    ExtraQuestion("diary", AnswerKind.YES_NO, {"en": "A diary?"}),
    ExtraQuestion("rooms", AnswerKind.TEXT, {"en": "Which rooms?"}),
)
WITH_QUESTIONS = replace(PROFILE, categories=(replace(PROFILE.categories[0], questions=ASKED),))


async def page_of(town: Town, **changes: Any) -> ReportPage:
    cleo = await town.staff("Cleo")
    page = await town.write(triage.open_report, cleo, await town.report())
    return replace(page, report=replace(page.report, **changes))


def told(page: ReportPage) -> dict[str, Row]:
    return {row.label: row for row in answers_of(page, WITH_QUESTIONS)}


async def test_a_categorys_own_questions_are_shown_with_their_words(town: Town) -> None:
    extra = {"kind": "music", "diary": "no", "rooms": "Sypialnia", "gone": "as it was"}
    rows = told(await page_of(town, extra=extra, language="pl"))
    assert rows["What kind?"] == Row("What kind?", "Music")
    assert rows["A diary?"].text == "No"
    assert rows["Which rooms?"] == Row("Which rooms?", "Sypialnia", "pl")
    assert rows["gone"].text == "as it was"


async def test_a_category_that_was_retired_still_shows_its_answers(town: Town) -> None:
    rows = told(await page_of(town, category="noise.retired", extra={"kind": "music"}))
    assert (rows["Category"].text, rows["kind"].text) == ("noise.retired", "music")


async def test_what_was_not_answered_says_so(town: Town) -> None:
    page = await page_of(town)
    nowhere = replace(page.report.place, words="", lat=None, lon=None, ward=None, area=None)
    rows = told(replace(page, report=replace(page.report, place=nowhere, still_going=None)))
    assert {rows[label].text for label in ("Where", "When", "Still going on", "How often")} == {NOT_ANSWERED}
    assert not {"Point", "Ward and area", "Outside the district"} & set(rows)


@pytest.mark.parametrize(
    ("neighbour", "said"),
    [("Dover District Council", "Yes: Dover District Council"), (None, "Yes: which council is not known")],
)
async def test_a_place_outside_names_the_neighbour(town: Town, neighbour: str | None, said: str) -> None:
    page = await page_of(town)
    outside = replace(page.report.place, outside=True, neighbour=neighbour)
    rows = told(replace(page, report=replace(page.report, place=outside)))
    assert rows["Outside the district"].text == said
