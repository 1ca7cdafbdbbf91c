from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from handlers.web.console import export
from handlers.web.console.export_forms import CUT, safe
from store.actions import triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.staff import By, Role, Staff
from tests.support.console import Answer, Console, Visitor
from tests.support.triage_factory import Town

REPORTS, CASES = "/console/reports", "/console/cases"


async def at_work(console: Console, name: str = "cleo", role: Role = Role.OFFICER) -> tuple[Visitor, Staff]:
    member = await console.staff(name, role)
    browser = console.visitor()
    await browser.sign_in(member)
    await browser.get(REPORTS)
    return browser, member


async def bulk(browser: Visitor, path: str, picks: list[str], **form: str) -> Answer:
    """Send several values under one name, as ticked boxes do."""
    sent = [("token", browser.token), *form.items(), *(("pick", pick) for pick in picks)]
    origin = {"Origin": str(browser.client.make_url("")).rstrip("/")}
    async with browser.client.post(path, data=sent, headers=origin, allow_redirects=False) as response:
        return Answer(response.status, await response.text(), "", response.headers)


async def test_ticked_reports_are_given_and_the_page_says_which_were_not(
    console: Console, town: Town
) -> None:
    browser, _cleo = await at_work(console)
    dan = await console.staff("dan")
    free, held = await town.report(), await town.report()
    await town.write(triage.take, By(dan, Channel.WEB), held)
    assert f'value="{free}:1"' in (await browser.get(REPORTS)).text
    picks = [f"{free}:1", f"{held}:2"]
    answer = await bulk(
        browser, f"{REPORTS}/bulk-assignment", picks, officer="me", query="priority=P3&unread=1"
    )
    assert answer.status == 200
    assert "Done: 1 of 2" in answer.text
    assert "Dan has taken this report." in answer.text
    assert f'href="{REPORTS}?priority=P3&amp;unread=1"' in answer.text


async def test_ticked_cases_move_and_are_tagged_and_found_by_the_tag(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    sue = await console.staff("sue", Role.SUPERVISOR)
    opened = [
        (await town.write(triage.open_case, By(cleo, Channel.WEB), await town.report())).reference
        for _ in range(2)
    ]
    for deed, form, version in (
        ("bulk-state", {"state": "investigating"}, 1),
        ("bulk-tag", {"tag": "Market  Day"}, 2),
        ("bulk-assignment", {"officer": sue.id}, 3),
    ):
        picks = [f"{reference}:{version}" for reference in opened]
        assert "Done: 2 of 2" in (await bulk(browser, f"{CASES}/{deed}", picks, **form)).text, deed
    found = await browser.get(f"{CASES}?tag=Market+Day&state=investigating&officer={sue.id}")
    assert "2 cases<" in found.text
    boss, _ = await at_work(console, "tom", Role.SUPERVISOR)
    gone = await bulk(boss, f"{CASES}/bulk-untag", [f"{opened[0]}:4"], tag="market day")
    assert "Done: 1 of 1" in gone.text
    assert "1 case<" in (await browser.get(f"{CASES}?tag=market+day")).text


@pytest.mark.parametrize(
    ("path", "form", "picks", "said"),
    [
        (f"{REPORTS}/bulk-assignment", {"officer": "me"}, [], "Tick at least one"),
        (f"{REPORTS}/bulk-assignment", {}, ["K7M-4XQ-9PC:1"], "Choose whom to give them to."),
        (f"{CASES}/bulk-state", {"state": "asleep"}, ["K7M-4XQ-9PC:1"], "Choose where the case goes."),
        (f"{CASES}/bulk-tag", {"tag": " "}, ["K7M-4XQ-9PC:1"], "Type the tag."),
        (f"{CASES}/bulk-untag", {"tag": "x" * 33}, ["K7M-4XQ-9PC:1"], "at most 32 characters"),
    ],
)
async def test_a_bulk_deed_that_makes_no_sense_is_refused_whole(
    console: Console, town: Town, path: str, form: dict[str, str], picks: list[str], said: str
) -> None:
    browser, _cleo = await at_work(console)
    answer = await bulk(browser, path, picks, **form)
    assert answer.status == 422
    assert "Nothing was done" in answer.text
    assert said in answer.text


def rows_of(answer: Answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def test_a_csv_is_the_same_list_without_words_or_reporters(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    ada = await town.resident("Ada Marsh")
    urgent = await town.report(ada, category="street.threats", what="Very secret words")
    await town.report()
    opened = await town.write(triage.open_case, By(cleo, Channel.WEB), urgent)
    answer = await browser.get(f"{REPORTS}/export.csv?view=all&priority=P1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reports-2026-11-23.csv"'
    head, row = rows_of(answer)
    told = dict(zip(head, row, strict=True))
    assert (told["Reference"], told["Status"], told["Case"]) == (urgent, "In a case", opened.reference)
    assert (told["Area"], told["With"], told["Received"]) == ("Ramsgate", "Cleo", "2026-11-23 09:01")
    for hidden in ("Ada", "secret words", "by the harbour", str(ada.chat_id)):
        assert hidden not in answer.text
    event = town.last(Action.EXPORT_MADE)
    assert (event["rows"], event["cut"], event["form"]) == (1, False, "csv")
    assert ["priority", "P1"] in [list(pair) for pair in event["filter"]]


async def test_json_and_geojson_hold_the_same_rows(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    placed, lost = await town.report(), await town.report(where={"words": "somewhere"})
    case = await town.write(triage.open_case, By(cleo, Channel.WEB), placed)
    plain = json.loads((await browser.get(f"{REPORTS}/export.json?view=all")).text)
    assert [row["reference"] for row in plain["rows"]] == [lost, placed]
    assert (plain["cut"], plain["kind"]) == (False, "reports")
    shapes = json.loads((await browser.get(f"{REPORTS}/export.geojson?view=all")).text)
    assert shapes["type"] == "FeatureCollection"
    assert [shape["geometry"] for shape in shapes["features"]] == [
        None,
        {"type": "Point", "coordinates": [1.4122, 51.3343]},
    ]
    cases = json.loads((await browser.get(f"{CASES}/export.geojson")).text)
    assert [shape["id"] for shape in cases["features"]] == [case.reference]
    none = json.loads((await browser.get(f"{REPORTS}/export.json?q=nowhere")).text)
    assert none["rows"] == []
    assert (await browser.get(f"{REPORTS}/export.csv?from=soon")).status == 422


async def test_an_export_goes_on_in_pieces_and_says_where_it_was_cut(
    console: Console, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _cleo = await at_work(console)
    told = [await town.report() for _ in range(7)]
    monkeypatch.setattr(export, "AT_ONCE", 2)
    whole = json.loads((await browser.get(f"{REPORTS}/export.json")).text)
    assert [row["reference"] for row in whole["rows"]] == told
    monkeypatch.setattr(export, "MAX_EXPORT_ROWS", 5)
    cut = await browser.get(f"{REPORTS}/export.csv?view=all")
    _head, *rows, last = rows_of(cut)
    assert [row[0] for row in rows] == told[:1:-1]
    assert last == [CUT]
    named = json.loads((await browser.get(f"{REPORTS}/export.geojson?view=all")).text)
    assert (len(named["features"]), named["cut"], named["note"]) == (5, True, CUT)
    monkeypatch.setattr(export, "MAX_EXPORT_ROWS", 7)
    assert json.loads((await browser.get(f"{REPORTS}/export.json")).text)["cut"] is False


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_text_can_be_a_formula(first: str) -> None:
    assert safe(f"{first}cmd|x") == f"'{first}cmd|x"
    unchanged: list[Any] = [f"a{first}", -1.5, None, ""]
    assert [safe(cell) for cell in unchanged] == unchanged


async def test_a_name_that_looks_like_a_formula_is_made_harmless(console: Console, town: Town) -> None:
    browser, _cleo = await at_work(console)
    evil = await town.staff('=HYPERLINK("http://x")')
    await town.write(triage.take, evil, await town.report())
    assert rows_of(await browser.get(f"{REPORTS}/export.csv"))[1][13] == '\'=HYPERLINK("http://x")'
