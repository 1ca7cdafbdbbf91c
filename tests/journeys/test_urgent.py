"""An urgent alert, from its author to whoever subscribed: at once, once, and followed up to the same."""

from __future__ import annotations

import pytest

from notifications import campaigns as sending_out
from store.actions import campaign, campaign_sending, urgent
from store.domain.delivery import Lane
from store.domain.reference import Restriction
from store.domain.rounds import Round
from store.domain.staff import By
from tests.support.house import until
from tests.support.news import subscribe
from tests.support.town import Town, guardian, said_since
from tests.support.urgent import OVER, facts


async def agreed(town: Town, author: By, approver: By, reference: str) -> None:
    await town.house.write(urgent.submit, author, reference)
    await town.house.write(urgent.approve, approver, reference)


async def test_it_comes_within_a_moment_whatever_digest_one_wants_and_the_all_clear_follows(
    own_town: Town,
) -> None:
    ada, ben = own_town.ada, own_town.ben
    await subscribe(ada, "urgent", often="weekly")
    await subscribe(ben, "campaigns")
    gus = await guardian(own_town, own_town.dan.id, Restriction.HATE)
    district = own_town.house.app.reference.profile.district
    alert = await own_town.staff_does(campaign.make, facts(), district)
    await own_town.staff_does(urgent.submit, alert)
    told = await own_town.dan.wait_for("An urgent alert waits")
    assert f"/console/urgent/{alert}" in told.text
    await own_town.house.write(urgent.approve, gus, alert)
    assert "Urgent: flooding" in (await ada.wait_for("Water at the harbour")).text
    await own_town.settled()
    await own_town.house.restart()
    after = await own_town.staff_does(urgent.follow, alert, OVER, district)
    await agreed(own_town, own_town.officer, gus, after)
    await ada.wait_for("The water is gone.")
    await own_town.settled()
    assert sum("Water at the harbour" in said for said in said_since(ada)) == 1
    assert not any("water" in said.lower() for said in said_since(ben))


async def test_made_out_half_when_everything_stops_it_goes_on_where_it_was(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 1)
    tell_next, people = sending_out.tell_next, [own_town.ada, own_town.ben]
    for person in people:
        await subscribe(person, "urgent")
    gus = await guardian(own_town, kind=Restriction.HATE)
    house = own_town.house
    alert = await own_town.staff_does(campaign.make, facts(), house.app.reference.profile.district)
    with monkeypatch.context() as stopped:
        stopped.setattr(sending_out, "tell_next", lambda *_: None)
        await agreed(own_town, own_town.officer, gus, alert)
        assert await house.write(tell_next, Round(), Lane.URGENT) == 1
        # What is on its way when everything stops is said again: in this lane that is better than silence.
        await until(lambda: any("Water" in said for person in people for said in said_since(person)))
        await own_town.settled()
        await house.stop()
    await house.start()
    for person in people:
        await person.wait_for("Water at the harbour")
    await own_town.settled()
    for person in people:
        assert sum("Water at the harbour" in said for said in said_since(person)) == 1
