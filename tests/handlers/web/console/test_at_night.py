"""At night what is told waits for the morning; that is said where somebody is told, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import entry, triage
from store.domain.staff import By
from tests.support.console import Console, Visitor
from tests.support.deliveries import hush
from tests.support.triage_factory import PHONED, PROFILE, Town

REPORTS, CASES = "/console/reports", "/console/cases"
WAITS = "Quiet hours: it goes out at 8am."


@pytest.fixture
async def by_night(console: Console, town: Town) -> tuple[Visitor, By]:
    town.pass_time(hours=13)
    visitor, sam = console.visitor(), await town.staff("Sam")
    await visitor.sign_in(await console.staff("cleo"))
    return visitor, sam


async def said_after(visitor: Visitor, path: str, **form: Any) -> str:
    done = await visitor.post(path, version="1", **form)
    assert done.status == 303, done.text
    return (await visitor.get(done.location)).text


async def test_a_report_is_closed_at_night(by_night: tuple[Visitor, By], town: Town) -> None:
    visitor, sam = by_night
    told = await town.report()
    phoned = (await town.write(entry.enter, sam, PROFILE, PHONED)).reference
    silent = await town.resident()
    hushed = await town.report(silent)
    await town.write(hush, silent.chat_id)
    for reference, waits in ((phoned, False), (told, True), (hushed, False)):
        text = await said_after(visitor, f"{REPORTS}/{reference}/rejection", reason="not_asb", words="")
        assert "The report is closed." in text
        assert (WAITS in text) is waits, reference


async def test_a_case_is_closed_at_night(by_night: tuple[Visitor, By], town: Town) -> None:
    visitor, sam = by_night
    phoned = (await town.write(entry.enter, sam, PROFILE, PHONED)).reference
    for reference, waits in ((await town.report(), True), (phoned, False)):
        case = await town.write(triage.open_case, sam, reference)
        ending = {"outcome": "warning_given", "words": "A warning was given."}
        text = await said_after(visitor, f"{CASES}/{case.reference}/closure", **ending)
        assert "The case is closed." in text
        assert (WAITS in text) is waits
