from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from handlers.web.console.home import LISTS
from handlers.web.targets import told
from store.actions import case, escalation, message, reference, triage
from store.domain.actor import Channel
from store.domain.case import CaseState, Outcome
from store.domain.finding import Kind, TargetMark, parse
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.domain.target import Standing, rules_of
from store.domain.triage import Counts
from store.queries import digests, finding, reports
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
    assert "<strong>0</strong> reports missed their target" in home
    assert home.count("Due Mon 30 Nov, 5pm") == 2
    town.pass_time(days=4, hours=3)
    await browser.sign_in(cleo)
    assert "<strong>0</strong> of my cases missed theirs" in (await browser.get("/console")).text
    town.pass_time(days=3, hours=12)
    await browser.sign_in(cleo)
    home = (await browser.get("/console")).text
    assert '<strong class="late">1</strong> reports missed their target' in home
    assert '<strong class="late">1</strong> of my cases missed theirs' in home
    assert "missed in all" not in home
    await town.write(case.move, by, opened.reference, CaseState.WAITING_REPORTER)
    assert "Paused while we wait" in (await browser.get(f"/console/cases/{opened.reference}")).text
    await town.write(message.reply, by, second, "Thank you.")
    report = (await browser.get(f"/console/reports/{second}")).text
    assert "<dd>Made <time" in report
    assert "<dt>Decision or next word</dt><dd><span" in report
    home = (await browser.get("/console")).text
    assert "<strong>0</strong> reports missed their target" in home
    assert "<strong>0</strong> of my cases missed theirs" in home


async def test_a_report_whose_reporter_was_asked_is_paused_on_every_list(
    console: Console, town: Town
) -> None:
    await town.write(reference.seed, PROFILE)
    cleo = await console.staff("cleo")
    browser = console.visitor()
    waiting, by = await town.report(), By(cleo, Channel.WEB)
    await town.write(message.ask, by, waiting, "Which nights?")
    await town.write(triage.take, by, waiting)
    town.pass_time(days=13)
    await browser.sign_in(cleo)
    for path in ("/console", "/console/reports", f"/console/reports/{waiting}"):
        assert "Paused while we wait for the reporter" in (await browser.get(path)).text, path
    for mark in TargetMark:
        assert waiting not in (await browser.get(f"/console/reports?state=waiting&target={mark}")).text
    town.pass_time(days=60)
    await browser.sign_in(cleo)
    assert "<strong>0</strong> reports missed their target" in (await browser.get("/console")).text
    assert (await town.read(digests.for_desk)).missed == 0
    assert await town.read(digests.for_officers, town.clock.now().date()) == []
    await town.write(escalation.escalate)
    assert "<strong>0</strong> reports missed their target" in (await browser.get("/console")).text
    town.pass_time(days=60)
    assert await town.write(escalation.escalate) == 1
    await browser.sign_in(cleo)
    assert (
        '<strong class="late">1</strong> reports missed their target' in (await browser.get("/console")).text
    )
    assert (await town.read(digests.for_desk)).missed == 1
    page = (await browser.get("/console/reports?state=waiting&target=missed")).text
    assert waiting in page
    assert "Escalated" in page


async def test_every_count_of_the_desk_leads_to_what_it_counts(console: Console, town: Town) -> None:
    await town.write(reference.seed, PROFILE)
    cleo, dan = await console.staff("cleo", Role.SUPERVISOR, Restriction.HATE), await town.staff("Dan")
    by, browser, ada = By(cleo, Channel.WEB), console.visitor(), await town.resident()
    cases_ = [(await town.write(triage.open_case, by, await town.report(ada))).reference for _ in range(2)]
    await town.write(triage.open_case, dan, await town.report())
    await town.write(case.close, by, cases_[1], Outcome.RESOLVED, "Done.")
    town.pass_time(days=8)
    late = [await town.report(ada) for _ in range(2)]
    await town.report(category="street.threats")
    await town.report(category="street.hate", danger="yes")
    town.pass_time(days=8)
    await town.report(category="street.threats")
    for written in (*late, late[0]):
        await town.write(triage.take, by, written)
        await town.write(message.add, ada, written, f"More, {town.clock.now()}")
        town.pass_time(minutes=5)
    await browser.sign_in(cleo)
    soon = RULES.soon(town.clock.now())
    counts, home = await town.read(reports.counts, cleo, soon), (await browser.get("/console")).text
    assert counts == Counts(5, 3, 2, 2, 1, 2, 1, 4, 0, 1, 2)
    assert (await town.read(reports.counts, dan.staff, soon)).all_cases_missed == 0
    for name, address in LISTS.items():
        assert address.replace("&", "&amp;") in home, name
        path, _, query = address.partition("?")
        kind = Kind(path.rsplit("/", 1)[1])
        wanted = parse(kind, parse_qsl(query))
        if kind is Kind.REPORTS:
            total = (await town.read(finding.found_reports, cleo, PROFILE, wanted)).total
        else:
            total = (await town.read(finding.found_cases, cleo, PROFILE, wanted)).total
        assert total == getattr(counts, name), name


async def test_what_is_due_soon_is_counted_for_waiting_reports_and_my_cases(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    await town.write(triage.open_case, cleo, await town.report())
    await town.report()
    soon = MORNING + timedelta(days=9)
    for by, at, reports_, cases_ in ((cleo, soon, 1, 1), (dan, soon, 1, 0), (dan, None, 0, 0)):
        counts = await town.read(reports.counts, by.staff, at)
        assert (counts.reports_due_soon, counts.cases_due_soon) == (reports_, cases_)
