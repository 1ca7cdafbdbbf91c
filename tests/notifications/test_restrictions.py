"""Who hears that a record is restricted, and that nobody may open one: its kind, never its words."""

from __future__ import annotations

import pytest

from store.actions import alert, message, staff, triage
from store.actions.delivery import finish
from store.actions.restriction import restrict_case, restrict_report
from store.domain.actor import SYSTEM
from store.domain.alert import AlertKind
from store.domain.delivery import DeliveryState, Lane, Sent
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import Town

HATE, CHILD = Restriction.HATE, Restriction.SAFEGUARDING
HAL, SUE, ANN, DAN = 901, 902, 903, 904
CONSOLE = "https://safety.example/console"


async def linked(town: Town, name: str, chat_id: int, role: Role, *grants: Restriction) -> By:
    by = await town.staff(name, role, *grants)
    await town.write(link_chat, by.staff.id, chat_id)
    return by


@pytest.fixture
async def hal(town: Town) -> By:
    """Hal is trusted with hate; Sue oversees, Ann administers, Dan is an officer. All have a chat."""
    await linked(town, "Sue", SUE, Role.SUPERVISOR)
    await linked(town, "Ann", ANN, Role.ADMINISTRATOR)
    await linked(town, "Dan", DAN, Role.OFFICER)
    return await linked(town, "Hal", HAL, Role.OFFICER, HATE)


async def told(town: Town, kind: str = "staff.restricted") -> list[Letter]:
    return await letters(town.store, kind)


async def test_the_granted_hear_at_once_of_a_report_that_is_restricted(town: Town, hal: By) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report(what="Secret words")
    town.pass_time(hours=13)
    await town.twice(restrict_report, cleo, reference, HATE, "Secret reason")
    [letter] = await told(town)
    assert (letter.chat_id, letter.lane, letter.buttons) == (HAL, Lane.CASE, {})
    assert letter.due_at <= town.clock.now()
    assert letter.text == (
        f"A report is restricted now: {reference}\n"
        f"It opens in the console only: {CONSOLE}/reports/{reference}"
    )
    assert await told(town, "staff.unseen") == []


async def test_the_granted_hear_of_a_case_once_and_not_of_each_report_in_it(town: Town, hal: By) -> None:
    cleo = await town.staff("Cleo")
    reference = (await town.write(triage.open_case, cleo, await town.report())).reference
    await town.write(triage.add_to_case, cleo, await town.report(), reference)
    await town.write(restrict_case, cleo, reference, HATE, "Slurs")
    [letter] = await told(town)
    assert letter.text == (
        f"A case is restricted now: {reference}\nIt opens in the console only: {CONSOLE}/cases/{reference}"
    )


async def test_whoever_restricts_it_knows_and_nobody_hears_that_it_was_lifted(town: Town, hal: By) -> None:
    reference = await town.report()
    await town.write(restrict_report, hal, reference, HATE, "Slurs")
    await town.write(restrict_report, hal, reference, None, "It was none")
    assert await told(town) == await told(town, "staff.unseen") == []


async def test_the_groups_card_of_a_restricted_report_says_so_once_and_comes_back(
    town: Town, hal: By
) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    [sent] = await told(town, "staff.card")
    await town.write(finish, [Sent(sent.id, DeliveryState.SENT, message_id=77)])
    await town.write(triage.take, cleo, reference)
    await town.write(restrict_report, cleo, reference, HATE, "Slurs")
    await town.write(triage.take, hal, reference)
    await town.write(triage.release, hal, reference)
    _new, taken, withdrawn = await told(town, "staff.card")
    assert taken.text.endswith("Taken by Cleo")
    assert (withdrawn.method, withdrawn.params["message_id"]) == ("editMessageText", 77)
    assert withdrawn.text.startswith("This report is restricted now.")
    assert reference not in withdrawn.text
    await town.write(restrict_report, hal, reference, None, "It was none")
    assert (await told(town, "staff.card"))[-1].text.endswith("Waiting for triage")


async def test_a_card_that_waits_never_goes_once_its_report_is_restricted(town: Town, hal: By) -> None:
    reference = await town.report()
    await town.write(restrict_report, hal, reference, HATE, "Slurs")
    assert [card.state for card in await told(town, "staff.card")] == ["cancelled"]


async def test_of_a_kind_that_nobody_with_a_chat_may_open_the_overseers_hear(town: Town, hal: By) -> None:
    cleo = await town.staff("Cleo")
    await town.staff("Uma", Role.OFFICER, CHILD)
    came = await town.report(category="street.safeguarding", what="Secret words")
    report, opened = await town.report(), await town.report()
    reference = (await town.write(triage.open_case, cleo, opened)).reference
    await town.write(restrict_report, cleo, report, CHILD, "Secret reason")
    await town.write(restrict_case, cleo, reference, CHILD, "Secret reason")
    letters_ = await told(town, "staff.unseen")
    assert sorted(letter.chat_id for letter in letters_) == sorted([SUE, ANN] * 3)
    assert letters_[0].text == (
        "A restricted record (report, safeguarding) came in that nobody with a linked chat may open, so it "
        "may lie unseen. An administrator can let somebody open this kind: "
        "python -m bot staff grant USERNAME safeguarding"
    )
    for hidden in ("Secret", came, report, opened, reference):
        assert not any(hidden in letter.text for letter in letters_)
    assert await told(town) == []


@pytest.mark.parametrize(
    ("kind", "grant"),
    [(AlertKind.SUICIDE_SELFHARM, CHILD), (AlertKind.STAFF_THREAT, Restriction.STAFF_THREAT)],
)
async def test_an_alert_that_nobody_may_open_is_told_at_once_without_its_words(
    town: Town, hal: By, kind: AlertKind, grant: Restriction
) -> None:
    await town.write(alert.raise_alert, await town.resident(), kind, "Secret words")
    letters_ = await told(town, "staff.unseen")
    assert {(letter.chat_id, letter.lane) for letter in letters_} == {(SUE, Lane.URGENT), (ANN, Lane.URGENT)}
    assert "A restricted record (alert, " in letters_[0].text
    assert letters_[0].text.endswith(f"python -m bot staff grant USERNAME {grant.value}")
    assert "Secret" not in letters_[0].text
    assert await told(town, "staff.danger") == []


async def test_who_is_disabled_or_opens_no_records_does_not_keep_the_overseers_from_hearing(
    town: Town, hal: By
) -> None:
    await linked(town, "Pia", 905, Role.PARTNER, HATE)
    await town.write(staff.disable, SYSTEM, hal.staff.id)
    await town.report(category="street.hate")
    assert {letter.chat_id for letter in await told(town, "staff.unseen")} == {SUE, ANN}


@pytest.mark.parametrize("kind", [CHILD, HATE])
@pytest.mark.parametrize("whole", [False, True])
async def test_what_waits_for_the_morning_is_said_quietly_on_a_phone_that_is_guarded_since(
    town: Town, hal: By, kind: Restriction, *, whole: bool
) -> None:
    ada, ben = await town.resident(), await town.resident("Ben")
    reference, other = await town.report(ada), await town.report(ben)
    town.pass_time(hours=13)
    case = (await town.write(triage.open_case, hal, reference)).reference
    await town.write(message.ask, hal, reference, "Which flat is the child in?")
    await town.write(triage.open_case, hal, other)
    if whole:
        await town.write(restrict_case, hal, case, kind, "A child is hit there")
    else:
        await town.write(restrict_report, hal, reference, kind, "A child is hit there")
    waiting = [one for one in await told(town, "news.") if one.state == "queued"]
    hers = [one for one in waiting if one.chat_id == ada.chat_id]
    assert len([one for one in waiting if one.chat_id == ben.chat_id]) == 1
    if kind is CHILD:
        [quiet] = hers
        assert (quiet.text, quiet.buttons) == ("There is news. Open it when it is safe: /myreports", {})
        assert quiet.due_at > town.clock.now()
    else:
        assert "Which flat" in hers[-1].text
