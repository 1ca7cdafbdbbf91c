"""A campaign with a picture comes to everybody with its words and buttons, and goes up once."""

from __future__ import annotations

from typing import Any

from obstore.store import from_url

from store.domain.campaign_button import CampaignButton, subject_of
from tests.support.campaign_files import lying
from tests.support.campaigns import told
from tests.support.form import step_of
from tests.support.news import press, subscribe
from tests.support.town import Town


async def test_all_get_the_same_picture_and_its_buttons_work(town: Town) -> None:
    people = [town.emulator.person(f"Ola {n}") for n in range(3)]
    for person in people:
        await subscribe(person, "campaigns")

    async def with_picture(reference: str) -> None:
        media: Any = from_url(town.house.media.as_uri())
        await lying(town.house, media, town.officer, reference)

    id_ = await told(town, with_picture, buttons=frozenset({CampaignButton.REPORT}))
    shown = [await person.wait_for("Lock your") for person in people]
    assert len({one.raw["photo"][-1]["file_id"] for one in shown}) == 1
    sent = town.emulator.calls_of("sendPhoto")
    assert len([call for call in sent if "photo" not in call.params]) == 1
    asked = await press(people[0], f"o:told:{subject_of(id_, CampaignButton.REPORT)}")
    assert step_of(asked) == "danger"
    assert asked.id != shown[0].id
