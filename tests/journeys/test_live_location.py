"""Places that were shared without being asked for, and those that move on by themselves."""

from __future__ import annotations

import pytest

from tests.support.form import fill, say, start, step_of
from tests.support.town import Town, reference_in, said_since

MARGATE = (51.3890, 1.3810)
RAMSGATE = (51.3343, 1.4122)
NORTH_OF_THE_POLE = (91.0, 0.0)
AN_HOUR_SECONDS = 3600


async def test_of_a_live_location_the_first_point_is_taken(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shared = town.ada.send_location(*MARGATE, live_period=AN_HOUR_SECONDS)
    await town.ada.wait_for("When did it happen")
    before = await town.open_draft(town.ada)
    town.ada.mark()
    town.ada.move(shared.id, *RAMSGATE)
    await town.settled()
    assert said_since(town.ada) == []
    assert await town.open_draft(town.ada) == before
    place = (await town.kept(reference_in(await fill(town.ada)))).place
    assert (place.lat, place.lon) == MARGATE


async def test_a_live_location_that_moves_on_does_not_take_the_next_question_away(patient_town: Town) -> None:
    town = patient_town
    shared = town.ada.send_location(*MARGATE, live_period=AN_HOUR_SECONDS)
    await town.ada.wait_for("Is anyone in danger")
    town.ada.say("they sit on the wall and shout")
    await town.ada.wait_for("I have added this")
    town.ada.move(shared.id, *RAMSGATE)
    await town.settled()
    assert step_of(await town.ada.wait_for("Is anyone in danger")) == "danger"


async def test_a_live_location_moves_on_after_the_report_is_sent_and_nothing_is_said(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shared = town.ada.send_location(*MARGATE, live_period=AN_HOUR_SECONDS)
    await town.ada.wait_for("When did it happen")
    await fill(town.ada)
    town.ada.mark()
    town.ada.move(shared.id, *RAMSGATE)
    await town.settled()
    assert said_since(town.ada) == []
    assert await town.draft(town.ada) is None


@pytest.mark.parametrize("live_period", [None, AN_HOUR_SECONDS])
async def test_what_is_no_point_on_the_earth_out_of_the_blue_is_answered(
    town: Town, live_period: int | None
) -> None:
    parked = await town.parked()
    town.ada.send_location(*NORTH_OF_THE_POLE, live_period=live_period)
    shown = await town.ada.wait_for("not a place on the map")
    assert "Report a problem" in shown.labels
    assert await town.parked() == parked
    assert step_of(await say(town.ada, "Loud music at the harbour")) == "danger"
