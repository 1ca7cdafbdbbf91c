"""Everybody reads the public pages in their own language; what staff wrote stays as it was written."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from handlers.web.app import Extras
from handlers.web.guards import Anyone, Route
from handlers.web.visit import Visit
from store.actions import meeting_sharing
from store.domain.meeting import MeetingKind
from store.domain.reference import LANGUAGES
from store.domain.staff import By, Role
from tests.handlers.web.public.test_meetings import SITE, TUESDAY, anybody
from tests.support.campaigns import sending
from tests.support.console import Visitor, running_console
from tests.support.meeting_factory import MARGATE, RAMSGATE, cancelled, published
from tests.support.meetings import MENDED, held
from tests.support.triage_factory import Town

__all__ = ["anybody"]

POLISH = {"Accept-Language": "pl-PL,pl;q=0.9,en;q=0.5"}
UKRAINIAN = {"Accept-Language": "uk"}
OURS = re.compile(r'href="(/(?!static|feeds)[^"]*)"')
"""Links to our own pages."""


@pytest.fixture
async def cleo(town: Town) -> By:
    return await town.staff("Cleo")


async def test_a_title_that_is_in_another_language_than_the_page_says_so(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    hal = await town.staff("Hal", Role.SUPERVISOR)
    told = f"/campaigns/{await sending(town, cleo, hal)}"
    meeting = f"/meetings/{(await town.write(published, cleo, TUESDAY)).reference}"
    off = f"/meetings/{(await town.write(cancelled, cleo, TUESDAY, MARGATE, 'Snow')).reference}"
    for path, language, title in (
        (told, "uk", '<title lang="en">Lock your shed. '),
        (told, "pl", "<title>Zamknij szopę. "),
        (told, "en", "<title>Lock your shed. "),
        (meeting, "uk", '<title lang="en">Ramsgate neighbourhood meeting '),
        (meeting, "en", "<title>Ramsgate neighbourhood meeting "),
        (off, "pl", "<title>Odwołane"),
        ("/campaigns", "pl", "<title>O czym informowaliśmy "),
    ):
        assert title in (await anybody.get(f"{path}?lang={language}")).text, (path, language)


async def test_a_polish_browser_reads_polish_and_a_chosen_language_stays(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    made = await town.write(published, cleo, TUESDAY, replace(RAMSGATE, capacity=22))
    listed = await anybody.get("/meetings", **POLISH)
    for words in (
        '<html lang="pl">',
        "<h1>Spotkania w pobliżu</h1>",
        "wtorek 1 grudnia 2026, od 18:30 do 20:30",
        "Na miejscu, pętla indukcyjna, wejście bez schodów",
        f'<a href="/meetings/{made.reference}" lang="en">Ramsgate neighbourhood meeting</a>',
        '<a href="?lang=pl" lang="pl" hreflang="pl" aria-current="true">Polski</a>',
        '<a href="?lang=uk" lang="uk" hreflang="uk">Українська</a>',
        "Na policję w niepilnych sprawach: 101.",
    ):
        assert words in listed.text
    assert listed.headers["Content-Language"] == "pl"
    chosen = (await anybody.get("/meetings?lang=uk", **POLISH)).text
    assert '<html lang="uk">' in chosen
    assert "вівторок 1 грудня 2026 року, з 18:30 до 20:30" in chosen
    ours = OURS.findall(chosen)
    assert f"/meetings/{made.reference}?lang=uk" in ours
    assert [link for link in ours if "lang=uk" not in link] == []
    page = (await anybody.get(f"/meetings/{made.reference}?lang=uk", **POLISH)).text
    assert "Усього 22 місця." in page
    assert '<h1 lang="en">Ramsgate neighbourhood meeting</h1>' in page
    assert [link for link in OURS.findall(page) if "lang=uk" not in link] == []
    polish = (await anybody.get(f"/meetings/{made.reference}", **POLISH)).text
    assert "Nigdy nie pokazujemy Państwa imienia i nazwiska." in polish


async def test_the_calendar_file_speaks_the_language_and_leads_back_to_it(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    made = await town.write(published, cleo, TUESDAY)
    path = f"/meetings/{made.reference}/calendar.ics"
    english = await anybody.get(path)
    polish = await anybody.get(path, **POLISH)
    event: Any
    [event] = icalendar.Calendar.from_ical(polish.text).walk("VEVENT")
    assert "pętla indukcyjna" in event["DESCRIPTION"]
    assert event["URL"] == f"{SITE}/meetings/{made.reference}?lang=pl"
    assert "Last-Modified" not in english.headers
    has_english = {"If-None-Match": english.headers["ETag"], "If-Modified-Since": english.headers["Date"]}
    assert (await anybody.get(path, **has_english)).status == 304
    assert (await anybody.get(path, **POLISH, **has_english)).status == 200
    since = {"If-Modified-Since": english.headers["Date"]}
    assert (await anybody.get(path, **POLISH, **since)).status == 200


async def test_nobody_is_told_to_keep_a_page_of_another_language(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    made = await town.write(published, cleo, TUESDAY)
    hal = await town.staff("Hal", Role.SUPERVISOR)
    sent = await sending(town, cleo, hal)
    for path in (
        "/meetings",
        f"/meetings/{made.reference}",
        f"/meetings/{made.reference}/calendar.ics",
        "/meetings/you-said",
        "/meetings/you-said/ramsgate",
        "/campaigns",
        f"/campaigns/{sent}",
    ):
        marks = {}
        for language in LANGUAGES:
            answer = await anybody.get(path, **{"Accept-Language": language})
            assert answer.headers["Vary"] == "Accept-Language", path
            marks[language] = answer.headers["ETag"]
            asked = {"Accept-Language": language, "If-None-Match": answer.headers["ETag"]}
            kept = await anybody.get(path, **asked)
            assert (kept.status, kept.headers["Vary"]) == (304, "Accept-Language"), path
            asked = {"Accept-Language": "en" if language == "pl" else "pl", "If-None-Match": marks[language]}
            assert (await anybody.get(path, **asked)).status == 200, path
        assert len(set(marks.values())) == len(LANGUAGES), path


@pytest.mark.parametrize(
    "asked", ["xx", "", "%00", "..%2F..%2Fetc", "en_GB", "plx", "<b>", "de-DE", "p" * 500]
)
async def test_what_is_no_language_of_ours_is_as_if_it_were_not_there(anybody: Visitor, asked: str) -> None:
    for headers, language in (({}, "en"), (POLISH, "pl")):
        answer = await anybody.get(f"/meetings?lang={asked}", **headers)
        assert f'<html lang="{language}">' in answer.text
        assert [link for link in OURS.findall(answer.text) if "lang" in link] == []
        assert answer.text == (await anybody.get("/meetings", **headers)).text


@pytest.mark.parametrize("asked", ["PL", "pl-PL", "pl&lang=uk"])
async def test_a_language_may_be_asked_for_as_browsers_write_it(anybody: Visitor, asked: str) -> None:
    text = (await anybody.get(f"/meetings?lang={asked}", **UKRAINIAN)).text
    assert '<html lang="pl">' in text
    assert 'href="/campaigns?lang=pl"' in text
    assert f'rel="canonical" href="{SITE}/meetings?lang=pl"' in text


async def test_search_engines_are_told_of_every_language(town: Town, cleo: By, anybody: Visitor) -> None:
    made = await town.write(published, cleo, TUESDAY)
    for path in ("/meetings", f"/meetings/{made.reference}", "/meetings/you-said/ramsgate", "/campaigns"):
        plain = (await anybody.get(f"{path}?after=K7M-4XQ-9PC", **POLISH)).text
        assert f'<link rel="canonical" href="{SITE}{path}">' in plain
        chosen = (await anybody.get(f"{path}?lang=ro")).text
        assert f'<link rel="canonical" href="{SITE}{path}?lang=ro">' in chosen
        for text in (plain, chosen):
            told = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', text)
            assert dict(told) == {code: f"{SITE}{path}?lang={code}" for code in LANGUAGES} | {
                "x-default": f"{SITE}{path}"
            }


async def test_the_row_of_languages_stays_on_the_page_and_never_leads_elsewhere(anybody: Visitor) -> None:
    text = (await anybody.get("/campaigns?after=K7M-4XQ-9PC&lang=cs")).text
    assert '<a href="?after=K7M-4XQ-9PC&amp;lang=sk" lang="sk" hreflang="sk">Slovenčina</a>' in text
    assert 'href="/campaigns?lang=cs"' in text
    site = str(anybody.client.make_url("")).rstrip("/")
    async with anybody.client.session.get(
        f"{site}//evil.example/x?lang=pl&next=%22%3E%3Cscript%3E"
    ) as strange:
        text = await strange.text()
    assert (strange.status, strange.url.path) == (404, "//evil.example/x")
    assert "evil.example" not in text
    assert "<script" not in text


async def test_what_staff_wrote_says_that_it_is_english(town: Town, cleo: By, anybody: Visitor) -> None:
    facts = replace(RAMSGATE, about="Tell us.", chair="Sgt <b>Example</b>", kind=MeetingKind.DROP_IN)
    made = await town.write(published, cleo, TUESDAY, facts)
    off = await town.write(cancelled, cleo, TUESDAY, MARGATE, "The hall is flooded.")
    over = await held(town, cleo, MENDED)
    await town.write(meeting_sharing.share, cleo, over.reference)
    path = f"/meetings/{made.reference}"
    english, romanian = (await anybody.get(path)).text, (await anybody.get(f"{path}?lang=ro")).text
    assert "Led by Sgt &lt;b&gt;Example&lt;/b&gt;</p>" in english
    assert 'lang="en">' not in english.partition("<main")[2]
    assert 'Conduce: <span lang="en">Sgt &lt;b&gt;Example&lt;/b&gt;</span></p>' in romanian
    assert '<p class="words" lang="en">Tell us.</p>' in romanian
    assert "Puteți veni oricând în acest interval" in romanian
    text = (await anybody.get(f"/meetings/{off.reference}?lang=sk")).text
    assert "<title>Zrušené: Margate neighbourhood meeting" in text
    assert 'Toto stretnutie sa nekoná.</strong> <span lang="en">The hall is flooded.</span>' in text
    text = (await anybody.get("/meetings/you-said?lang=pl")).text
    assert 'Kto to robi: <span lang="en">The council</span>' in text
    assert 'Co zrobiono: <span lang="en">Twelve lamps are mended' in text


async def test_a_campaign_is_told_in_the_readers_language_first(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    hal = await town.staff("Hal", Role.SUPERVISOR)
    sent = await sending(town, cleo, hal)
    for path in ("/campaigns", f"/campaigns/{sent}"):
        polish = (await anybody.get(f"{path}?lang=pl")).text
        assert polish.index("Zamknij szopę.</p>") < polish.index("Lock your shed. Ask")
        assert 'lang="pl">Zamknij szopę.</' in polish
        assert "Kampanie bezpieczeństwa, <time" in polish
        assert "Dla kogo: Cały okręg Smallmouth" in polish
        other = (await anybody.get(f"{path}?lang=cs")).text
        assert other.index("Lock your shed. Ask") < other.index("Zamknij szopę.</p>")
        assert 'lang="en">Lock your shed. Ask' in other


async def test_the_next_page_of_what_was_told_keeps_the_language(
    town: Town, cleo: By, anybody: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.web.public.campaigns.AT_ONCE", 1)
    hal = await town.staff("Hal", Role.SUPERVISOR)
    await sending(town, cleo, hal)
    town.pass_time(minutes=1)
    last = await sending(town, cleo, hal)
    first = (await anybody.get("/campaigns?lang=cs")).text
    assert f'<a href="/campaigns?after={last}&amp;lang=cs">Starší</a>' in first
    second = (await anybody.get(f"/campaigns?after={last}&lang=cs")).text
    assert '<a href="/campaigns?lang=cs">Nejnovější</a>' in second
    assert f"/campaigns/{last}?" not in second


async def test_an_error_is_told_in_the_language_too_and_kept_by_nobody(anybody: Visitor) -> None:
    for path in ("/nowhere", "/meetings/nonsense", "/campaigns/K7M-4XQ-9PC", "/meetings/you-said/nowhere"):
        answer = await anybody.get(path, **UKRAINIAN)
        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store"), path
        assert answer.headers["Vary"] == "Accept-Language"
        assert "<h1>Ми не знайшли цієї сторінки</h1>" in answer.text
        assert '<html lang="uk">' in answer.text
        assert 'rel="canonical"' not in answer.text
        chosen = (await anybody.get(f"{path}?lang=cs", **UKRAINIAN)).text
        assert 'href="/meetings?lang=cs"' in chosen
    answer = await anybody.post("/meetings?lang=pl")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    assert "<h1>To się nie udało</h1>" in answer.text


async def test_a_mistake_of_ours_is_owned_up_to_in_the_language(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(visit: Visit) -> Any:
        raise RuntimeError(visit.request.path)

    extras = Extras(routes=[Route("GET", "/broken", Anyone(), fail)])
    async with running_console(town, extras=extras) as console:
        with caplog.at_level(logging.ERROR):
            answer = await console.visitor().get("/broken", **POLISH)
    assert answer.status == 500
    assert "<h1>Coś poszło nie tak po naszej stronie</h1>" in answer.text


async def test_the_console_stays_english(anybody: Visitor) -> None:
    answer = await anybody.get("/console/sign-in?lang=pl", **POLISH)
    assert '<html lang="en">' in answer.text
    assert "Vary" not in answer.headers


async def test_every_page_can_be_read_in_every_language(town: Town, cleo: By, anybody: Visitor) -> None:
    venue = replace(RAMSGATE.venue, access=frozenset())
    facts = replace(RAMSGATE, venue=venue, join_link="https://meet.example/x", kind=MeetingKind.HYBRID)
    made = await town.write(published, cleo, town.clock.now() + timedelta(hours=2), facts)
    for language in LANGUAGES:
        for path in (f"/meetings/{made.reference}", "/meetings/you-said", "/campaigns", "/nowhere"):
            text = (await anybody.get(f"{path}?lang={language}")).text
            assert f'<html lang="{language}">' in text
            assert "site." not in text
