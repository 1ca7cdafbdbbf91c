from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.web.targets import told
from store.actions import case, message, reference, triage
from store.domain.actor import Channel
from store.domain.case import CaseState
from store.domain.staff import By
from store.domain.target import Standing, rules_of
from store.queries import reports
from tests.support.console import Console
from tests.support.triage_factory import MORNING, PROFILE, Town

RULES = rules_of(PROFILE)


@pytest.mark.parametrize(
    ("hours", "text", "standing"),
    [
        (0, "Due Mon 30 Nov, 5pm", Standing.DUE),
        (99, "Due soon: Mon 30 Nov, 5pm", Standing.DUE_SOON),
        (178, "Missed today", Standing.MISSED),
        (200, "Missed by 1 working day", Standing.MISSED),
        (220, "Missed by 2 working days", Standing.MISSED),
    ],
)
async def test_a_target_is_told_in_words(town: Town, hours: int, text: str, standing: Standing) -> None:
    cleo = await town.staff("Cleo")
    await town.report()
    [line] = await town.read(reports.queue, cleo.staff)
    found = told(line, RULES, MORNING + timedelta(hours=hours))
    assert found is not None
    assert (found.text, found.standing) == (text, standing)


async def test_pages_show_how_targets_stand_and_home_counts_them(console: Console, town: Town) -> None:
    await town.write(reference.seed, PROFILE)
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    by = By(cleo, Channel.WEB)
    first, second = await town.report(), await town.report()
    assert "Due Mon 30 Nov, 5pm" in (await browser.get(f"/console/reports/{first}")).text
    opened = await town.write(triage.open_case, by, first)
    home = (await browser.get("/console")).text
    assert '<strong>0</strong> targets missed <span class="hint">0 due soon</span>' in home
    assert home.count("Due Mon 30 Nov, 5pm") == 2
    town.pass_time(days=4, hours=3)
    await browser.sign_in(cleo)
    assert "<strong>0</strong> targets missed" in (await browser.get("/console")).text
    town.pass_time(days=3, hours=12)
    await browser.sign_in(cleo)
    assert '<strong class="late">2</strong> targets missed' in (await browser.get("/console")).text
    await town.write(case.move, by, opened.reference, CaseState.WAITING_REPORTER)
    assert "Paused while we wait" in (await browser.get(f"/console/cases/{opened.reference}")).text
    await town.write(message.reply, by, second, "Thank you.")
    assert "<dd>Made <time" in (await browser.get(f"/console/reports/{second}")).text
    home = (await browser.get("/console")).text
    assert "<strong>0</strong> targets missed" in home
    assert "Nothing due" in home


async def test_what_is_due_soon_is_counted_for_waiting_reports_and_my_cases(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    await town.write(triage.open_case, cleo, await town.report())
    await town.report()
    soon = MORNING + timedelta(days=9)
    assert (await town.read(reports.counts, cleo.staff, soon)).due_soon == 2
    assert (await town.read(reports.counts, dan.staff, soon)).due_soon == 1
    assert (await town.read(reports.counts, dan.staff)).due_soon == 0
