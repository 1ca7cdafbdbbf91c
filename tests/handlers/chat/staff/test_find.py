from __future__ import annotations

import pytest

from handlers.chat.staff import lists
from store.actions import message, triage
from store.domain import found
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.handlers.chat.staff.conftest import Office


def labels(office: Office) -> list[str]:
    return [label for one in office.phone.heard for label in one.buttons]


async def test_words_find_reports_and_cases_and_a_tap_opens_them(office: Office) -> None:
    reference = await office.town.report(what="A green mattress behind the garages")
    await office.town.report(what="Loud music")
    case = await office.town.write(triage.open_case, office.cleo, await office.town.report(what="Dumped"))
    await office.town.write(message.note, office.cleo, case.reference, "The mattress is gone.")
    await office.phone.say("/find mattress")
    assert office.phone.text == "Reports found: 1\nCases found: 1"
    assert [reference in labels(office)[0], case.reference in labels(office)[1]] == [True, True]
    await office.phone.tap(labels(office)[0])
    assert "A green mattress behind the garages" in office.phone.text


async def test_a_search_is_recorded_with_its_words(office: Office) -> None:
    await office.phone.say("/find mattress garages")
    assert office.phone.text == "Nothing that is open to you has all of these words in it."
    assert office.town.last(Action.SEARCH_MADE)["words"] == "mattress garages"


async def test_a_reference_finds_its_record_if_it_is_open_to_them(office: Office) -> None:
    told = await office.town.report()
    case = await office.town.write(triage.open_case, office.cleo, told)
    secret = await office.town.report(category="street.hate")
    for reference in (told, case.reference):
        await office.phone.say(f"/find {reference.lower()}")
        assert office.phone.text == "Found by its reference:"
        assert reference in labels(office)[-1]
    await office.phone.say(f"/find {secret}")
    assert office.phone.text.startswith("Nothing that is open to you")


async def test_without_words_it_says_how(office: Office) -> None:
    await office.phone.say("/find")
    assert "/find mattress" in office.phone.text
    assert await office.town.how_often(Action.SEARCH_MADE) == 0


async def test_what_is_not_open_to_somebody_is_not_found(office: Office) -> None:
    reference = await office.town.report(category="street.hate", what="Shouted at the mattress shop")
    await office.phone.say("/find mattress")
    assert office.phone.text.startswith("Nothing")
    _, granted = await office.colleague("Hal", Role.OFFICER, Restriction.HATE)
    await granted.say("/find mattress")
    shown = [label for one in granted.heard for label in one.buttons]
    assert shown == [f"P2 · Restricted · {reference}"]


async def test_of_many_the_newest_are_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FOUND", 2)
    monkeypatch.setattr(found, "MAX_COUNT", 2)
    for _ in range(3):
        await office.town.report(what="Another mattress")
    await office.phone.say("/find mattress")
    assert office.phone.text.startswith("Reports found: more than 2\nCases found: 0\n\nThe newest 2 of each")
    assert len(labels(office)) == 2


@pytest.mark.parametrize("said", ["?", "🙃", '"', "- *"])
async def test_what_are_no_words_gets_the_way_to_ask(office: Office, said: str) -> None:
    await office.town.report()
    await office.phone.say(f"/find {said}")
    assert "/find mattress" in office.phone.text
