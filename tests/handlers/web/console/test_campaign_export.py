"""What became of each message of a campaign leaves as a file: for supervisors, without anybody's name."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from handlers.web.console import campaign_export as page
from notifications.campaigns import tell_next
from store.actions import campaign_export, reference, resident, subscription
from store.actions.subscription import Consent
from store.domain.delivery import DeliveryState
from store.domain.errors import NotAllowed
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.queries import campaign_export as exported
from tests.support.campaigns import WISH, approved, begun, ended
from tests.support.console import Answer, Console, Visitor
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/campaigns"


@pytest.fixture
async def supervisor(console: Console, town: Town) -> Visitor:
    await town.write(reference.seed, PROFILE)
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("hal", Role.SUPERVISOR))
    return visitor


def rows_of(answer: Answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def test_it_says_what_became_of_each_and_never_who(supervisor: Visitor, town: Town, cleo: By) -> None:
    people = [await town.resident(name) for name in ("Ada Marsh", "Ewa", "Dan")]
    await town.write(resident.set_language, people[1], "pl")
    wishes = (
        replace(WISH, places=frozenset({"ramsgate", "central-harbour"})),
        replace(WISH, places=frozenset({"margate"})),
        WISH,
    )
    for person, wish in zip(people, wishes, strict=True):
        await town.write(subscription.subscribe, person, wish, Consent("Yes", "en"))
    made = await approved(town, cleo, await town.staff("Gus", Role.SUPERVISOR))
    assert await town.write(tell_next, Round()) == 3
    await ended(town, DeliveryState.SENT)
    await ended(town, DeliveryState.FAILED, error="=cmd|' /C calc'!A0")
    answer = await supervisor.get(f"{PATH}/{made}/export.csv")
    name = f'attachment; filename="campaign-{made}-2026-11-23.csv"'
    assert answer.headers["Content-Disposition"] == name
    head, *rows = rows_of(answer)
    assert head == ["Number", "Language", "Areas", "State", "When", "Why"]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert sorted(row[1:3] for row in rows) == [
        ["English", "Everywhere"],
        ["English", "Ramsgate"],
        ["Polish", "Margate"],
    ]
    assert [row[3:] for row in rows] == [
        ["Sent", "2026-11-23 09:00", ""],
        ["Failed", "2026-11-23 09:00", "'=cmd|' /C calc'!A0"],
        ["Waiting to go out", "", ""],
    ]
    for person in people:
        assert person.id not in answer.text
        assert str(person.chat_id) not in answer.text
    assert town.last(Action.EXPORT_MADE) == {"reference": made, "form": "csv"}
    assert f"{PATH}/{made}/export.csv" in (await supervisor.get(f"{PATH}/{made}")).text


async def test_it_is_written_page_by_page(
    supervisor: Visitor, town: Town, cleo: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 2)
    made = await begun(town, cleo, await town.staff("Gus", Role.SUPERVISOR), people=4)
    other = await begun(town, cleo, await town.staff("Eve", Role.SUPERVISOR), people=1)
    for reference_, count in ((made, 4), (other, 5)):
        answer = await supervisor.get(f"{PATH}/{reference_}/export.csv")
        assert [row[0] for row in rows_of(answer)[1:]] == [str(n + 1) for n in range(count)]


async def test_an_officer_is_shown_none_and_gets_none(browser: Visitor, town: Town, cleo: By) -> None:
    await town.write(reference.seed, PROFILE)
    made = await begun(town, cleo, await town.staff("Gus", Role.SUPERVISOR))
    assert "export.csv" not in (await browser.get(f"{PATH}/{made}")).text
    assert (await browser.get(f"{PATH}/{made}/export.csv")).status == 403
    with pytest.raises(NotAllowed):
        await town.write(campaign_export.begin, cleo, made)
    with pytest.raises(NotAllowed):
        await town.read(exported.rows, cleo.staff, "id", 0, 1)
    assert await town.how_often(Action.EXPORT_MADE) == 0


async def test_there_is_none_of_what_is_not_there(supervisor: Visitor) -> None:
    assert (await supervisor.get(f"{PATH}/K7M-4XQ-9PC/export.csv")).status == 404
