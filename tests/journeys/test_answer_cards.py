"""An answer to a question of the category can call for a safety card, which is kept and may restrict."""

from __future__ import annotations

from typing import Any

import pytest

from bot.emulator import Bubble
from store.domain.reference import Priority, Restriction
from tests.support.form import SKIP, data_of, fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

SAFEGUARDING, HATE = Restriction.SAFEGUARDING, Restriction.HATE
CARDS = {
    ("neighbour.harassment", "hate", "yes"): (["hate_crime"], HATE, "asb"),
    ("premises.problem", "problem", "takeover"): (["adult_at_risk"], SAFEGUARDING, "safeguarding"),
    ("premises.problem", "vulnerable", "yes"): (["adult_at_risk"], SAFEGUARDING, "safeguarding"),
    ("street.sexual", "young_or_controlled", "yes"): (
        ["child_at_risk", "modern_slavery"],
        SAFEGUARDING,
        "safeguarding",
    ),
    ("street.rough_sleeping", "unwell", "yes"): (["emergency"], None, "asb"),
    ("street.intimidating_group", "weapons", "yes"): (["emergency"], None, "asb"),
    ("street.rowdy", "behaviour", "climbing"): (["emergency"], None, "asb"),
    ("substance.drug_use", "children", "yes"): (["child_at_risk"], SAFEGUARDING, "safeguarding"),
    ("fire.fireworks", "thrown", "yes"): (["emergency"], None, "asb"),
    ("fire.deliberate", "out", "no"): (["emergency"], None, "asb"),
}
HARASSED: dict[str, Any] = {"group": "neighbour", "category": "neighbour.harassment"}


async def carry_on(town: Town) -> Bubble:
    """Tap the way on under the card, which is the last thing said."""
    await town.settled()
    card = town.ada.last
    assert step_of(card) is None
    town.ada.tap_data(next(data for data in data_of(card) if data.startswith("o:carry_on:")), card.id)
    return await town.ada.wait_for()


@pytest.mark.parametrize("answered", CARDS, ids="-".join)
async def test_the_answer_shows_its_card_and_the_report_takes_what_it_means(
    town: Town, answered: tuple[str, str, str]
) -> None:
    category, question, answer = answered
    cards, restriction, record_type = CARDS[answered]
    profile = town.house.app.reference.profile
    given: dict[str, Any] = {"group": profile.category(category).group, "category": category}
    await start(town.ada, f"extra.{question}", **given)
    await tap(town.ada, answer)
    await carry_on(town)
    kept = await town.kept(reference_in(await fill(town.ada, **given)))
    assert {code: kept.safety_shown.get(code) for code in cards} == {
        code: profile.safety(code).version for code in cards
    }
    assert (kept.category, kept.restriction, kept.record_type) == (category, restriction, record_type)
    assert restriction is None or kept.priority is Priority.P1


async def test_a_hate_motive_said_in_words_shows_the_card_once(town: Town) -> None:
    await start(town.ada, "extra.hate", **HARASSED)
    assert "True Vision" in (await say(town.ada, "Yes")).text
    assert step_of(await carry_on(town)) == "extra.evidence"
    await tap(town.ada, "~b")
    assert step_of(town.ada.last) == "extra.hate"
    await tap(town.ada, "yes")
    await town.settled()
    assert not any("True Vision" in said for said in said_since(town.ada))


async def test_another_answer_shows_nothing_and_restricts_nothing(town: Town) -> None:
    await start(town.ada, "extra.hate", **HARASSED)
    assert step_of(await tap(town.ada, "no")) == "extra.evidence"
    kept = await town.kept(reference_in(await fill(town.ada, **HARASSED)))
    assert (kept.restriction, "hate_crime" in kept.safety_shown) == (None, False)


async def test_an_answer_that_was_taken_back_restricts_nothing_but_was_shown(town: Town) -> None:
    await start(town.ada, "extra.hate", **HARASSED)
    await tap(town.ada, "yes")
    await carry_on(town)
    await tap(town.ada, "~b")
    await tap(town.ada, "no")
    kept = await town.kept(reference_in(await fill(town.ada, **HARASSED)))
    assert (kept.restriction, "hate_crime" in kept.safety_shown) == (None, True)


async def test_advice_is_given_also_where_the_story_came_first(town: Town) -> None:
    await say(town.ada, "used needles and canisters all over the grass by the slide, Dane Park")
    if step_of(town.ada.last) is None:
        await carry_on(town)
    shown = await fill(town.ada, "where", offer="substance.paraphernalia")
    assert "Do not touch needles" in shown.text
    kept = await town.kept(reference_in(await fill(town.ada, where=SKIP)))
    assert kept.category == "substance.paraphernalia"
