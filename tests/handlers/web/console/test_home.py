"""What *My desk* says of restricted records that nobody may open: how many, to those who oversee the desk."""

from __future__ import annotations

from store.actions import alert
from store.actions import staff as accounts
from store.domain.actor import SYSTEM
from store.domain.alert import AlertKind
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.handlers.web.console.test_restriction import at_work
from tests.support.console import Console
from tests.support.triage_factory import Town, counted

HATE, CHILD = Restriction.HATE, Restriction.SAFEGUARDING


async def test_those_who_oversee_the_desk_see_how_many_records_nobody_may_open(
    console: Console, town: Town
) -> None:
    boss, _sue = await at_work(console, "sue", Role.SUPERVISOR)
    administrator, _ann = await at_work(console, "ann", Role.ADMINISTRATOR)
    officer, _dan = await at_work(console, "dan")
    hidden = [await town.report(category="street.hate") for _ in range(2)]
    await town.write(alert.raise_alert, await town.resident(), AlertKind.SUICIDE_SELFHARM, "Secret words")
    for browser in (boss, administrator):
        text = (await browser.get("/console")).text
        assert "Nobody may open 2 restricted records: hate." in text
        assert "Nobody may open 1 restricted record: safeguarding." in text
        assert "python -m bot staff grant" in text
        assert not any(each in text for each in ("Secret", *hidden))
    assert "Nobody may open" not in (await officer.get("/console")).text
    hana = await town.staff("Hana", Role.OFFICER)
    await town.write(accounts.grant, SYSTEM, hana.staff.id, HATE)
    for browser in (boss, administrator):
        text = (await browser.get("/console")).text
        assert "hate." not in text
        assert "Nobody may open 1 restricted record: safeguarding." in text


async def test_the_desk_of_a_supervisor_costs_three_statements_more_and_four_where_a_kind_is_nobodys(
    console: Console, town: Town
) -> None:
    """Alerts, tasks of the year, and whether somebody is granted each kind: counting is dearer, and rare."""
    boss, sue = await at_work(console, "sue", Role.SUPERVISOR, *Restriction)
    for expected in (10, 11):
        with counted() as sent:
            await boss.get("/console")
        assert len(sent) == expected, sent
        await town.write(accounts.revoke, SYSTEM, sue.staff.id, CHILD)
