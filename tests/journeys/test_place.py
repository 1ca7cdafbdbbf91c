"""Where it happened: shared, named or written, and what lies outside the district."""

from __future__ import annotations

import pytest

from tests.support.form import answer, fill, say, start, step_of
from tests.support.town import Town, reference_in

MARGATE = (51.3890, 1.3810)
KINGSGATE = "E05005092"
CANTERBURY = (51.2787, 1.0789)


async def test_a_shared_location_gives_ward_and_area(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_location(*MARGATE)
    shown = await town.ada.wait_for("When did it happen")
    assert "outside" not in shown.text
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.lat, place.lon, place.area, place.outside) == (*MARGATE, "margate", False)
    assert place.ward


async def test_a_shared_location_reads_as_a_point_in_the_review(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_location(*MARGATE)
    await town.ada.wait_for("When did it happen")
    assert "Where: a point on the map" in (await fill(town.ada, "review")).text


async def test_a_venue_keeps_its_name_and_address(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_venue(*MARGATE, "The Clock Tower", "Marine Terrace")
    await town.ada.wait_for("When did it happen")
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.words, place.area) == ("The Clock Tower, Marine Terrace", "margate")


async def test_a_point_outside_names_the_neighbour_and_is_still_taken(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_location(*CANTERBURY)
    shown = await town.ada.wait_for("outside Thanet")
    assert "Canterbury City Council looks after that place" in shown.text
    assert "still take your report" in shown.text
    assert step_of(shown) == "when"
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.outside, place.neighbour) == (True, "Canterbury City Council")


async def test_a_postcode_outside_is_said_to_be_and_still_taken(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shown = await say(town.ada, "CT1 2AA")
    assert "outside Thanet" in shown.text
    assert (await town.kept(reference_in(await fill(town.ada)))).place.outside


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 181.0)])
async def test_what_is_no_point_on_the_earth_is_asked_again(town: Town, point: tuple[float, float]) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_location(*point)
    assert step_of(await town.ada.wait_for("not a place on the map")) == "where"


@pytest.mark.parametrize(
    ("said", "neighbour"),
    [
        ("CT6 5AA", "Canterbury City Council"),
        ("the market in Sandwich", "Dover District Council"),
        ("in Herne Bay near the clock tower", "Canterbury City Council"),
    ],
)
async def test_a_postcode_or_town_outside_names_the_neighbour(town: Town, said: str, neighbour: str) -> None:
    await start(town.ada, "where", group="other")
    shown = await say(town.ada, said)
    assert f"{neighbour} looks after that place" in shown.text
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.words, place.outside, place.neighbour) == (said, True, neighbour)


async def test_a_point_far_away_is_outside_and_nobody_is_said_to_look_after_it(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_location(51.5072, -0.1276)
    shown = await town.ada.wait_for("outside Thanet")
    assert "looks after" not in shown.text
    assert (await town.kept(reference_in(await fill(town.ada)))).place.outside


async def test_a_location_at_another_question_is_where_it_is_and_no_answer_to_that(town: Town) -> None:
    await start(town.ada, "still", group="other")
    town.ada.send_location(*MARGATE)
    assert step_of(await town.ada.wait_for("changed your answer")) == "still"
    assert (await town.open_draft(town.ada)).answers["where"]["lat"] == MARGATE[0]


async def test_a_location_out_of_the_blue_begins_a_report_and_is_kept(town: Town) -> None:
    town.ada.send_location(*MARGATE)
    shown = await town.ada.wait_for("kept the place")
    assert step_of(shown) == "danger"
    assert (await town.open_draft(town.ada)).answers["where"]["lat"] == MARGATE[0]


async def test_a_location_out_of_the_blue_that_is_outside_is_said_to_be_and_still_taken(town: Town) -> None:
    town.ada.send_location(*CANTERBURY)
    shown = await town.ada.wait_for("kept the place")
    assert "Canterbury City Council looks after that place" in shown.text
    place = (await town.kept(reference_in(await fill(town.ada, group="other")))).place
    assert (place.outside, place.lat) == (True, CANTERBURY[0])


@pytest.mark.parametrize("confirm", ["~u", "yes"])
async def test_a_place_outside_that_was_found_in_the_story_is_said_to_be_once_confirmed(
    town: Town, confirm: str
) -> None:
    await say(town.ada, "Loud music in Burgate Lane, Canterbury CT1 2AA, every night")
    await fill(town.ada, "where", offer="noise.domestic")
    shown = await answer(town.ada, confirm)
    assert "outside Thanet" in shown.text
    assert (await town.kept(reference_in(await fill(town.ada)))).place.outside


async def test_a_place_outside_is_said_to_be_when_an_edit_names_it(town: Town) -> None:
    await start(town.ada, "where", group="other")
    said = town.ada.say("CT9 1EZ")
    await town.ada.wait_for()
    town.ada.edit(said.id, "CT1 2AA")
    shown = await town.ada.wait_for("I have changed")
    assert "outside Thanet" in shown.text


async def test_a_landmark_without_a_point_offers_the_wards_it_may_lie_in(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shown = await say(town.ada, "the car park at Joss Bay")
    assert step_of(shown) == "ward"
    assert shown.labels[:3] == ["1. Kingsgate", "2. Beacon Road", "3. Cliftonville East"]
    shown = await answer(town.ada, KINGSGATE)
    assert step_of(shown) == "when"
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.words, place.lat, place.area) == ("the car park at Joss Bay", None, "broadstairs")
    assert place.ward == KINGSGATE


async def test_a_town_named_beside_the_place_in_a_story_is_said_to_be_outside_once_confirmed(
    town: Town,
) -> None:
    await say(town.ada, "Lads drinking outside tesco in canterbury every night")
    await fill(town.ada, "where", offer="substance.street_drinking")
    shown = await answer(town.ada, "~u")
    assert "Canterbury City Council looks after that place" in shown.text
