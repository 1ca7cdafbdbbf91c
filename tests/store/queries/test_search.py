from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import message, triage
from store.domain.errors import NotAllowed
from store.domain.finding import Filter, Kind
from store.domain.found import Found
from store.domain.reference import Restriction
from store.domain.search_words import Where
from store.domain.staff import By, Role
from store.queries import finding, search
from store.tables.case import CaseRow
from tests.support.triage_factory import PROFILE, Town, counted


async def found(town: Town, by: By, text: str, kind: Kind = Kind.REPORTS) -> set[str]:
    wanted = Filter(kind, text=text)
    if kind is Kind.REPORTS:
        reports = await town.read(finding.found_reports, by.staff, PROFILE, wanted)
        return {line.reference for line in reports.lines}
    cases = await town.read(finding.found_cases, by.staff, PROFILE, wanted)
    return {line.reference for line in cases.lines}


def pieces(page: Found[Any]) -> dict[str, list[tuple[Where, str]]]:
    """What is shown of each line: which of its texts, and the words there."""
    references = {line.id: line.reference for line in page.lines}
    return {references[id_]: [(one.where, one.hit) for one in told] for id_, told in page.snippets.items()}


SAID = {
    "en": "They're shouting at the café every night",
    "pl": "Głośna muzyka i krzyki przez całą noc",
    "ro": "Muzică tare și țipete toată noaptea",
    "cs": "Hlasitá hudba a křik celou noc",
    "sk": "Hlasná hudba a krik celú noc v dome",
    "uk": "Гучна музика й крики щоночі під під'їздом",
}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "theyre CAFE"),
        ("en", "They're café"),
        ("pl", "glosna calą"),
        ("pl", "Głośna krzyki"),
        ("ro", "muzica tipete"),
        ("ro", "muzică și"),
        ("cs", "hlasita krik"),
        ("cs", "křik celou"),
        ("sk", "hlasna celu"),
        ("sk", "krik celú"),
        ("uk", "музика крики"),
        ("uk", "під'їздом"),
    ],
)
async def test_words_are_found_in_every_language_with_accents_and_without(
    town: Town, language: str, typed: str
) -> None:
    cleo = await town.staff("Cleo")
    told = {each: await town.report(what=text) for each, text in SAID.items()}
    assert await found(town, cleo, typed) == {told[language]}


async def test_all_words_must_stand_there_and_the_last_may_be_unfinished(town: Town) -> None:
    cleo = await town.staff("Cleo")
    music, shouts = await town.report(what="Loud music at night"), await town.report(what="Loud shouting")
    assert await found(town, cleo, "loud") == {music, shouts}
    assert await found(town, cleo, "loud mus") == {music}
    assert await found(town, cleo, "lou music") == set()
    assert await found(town, cleo, '"loud mus"') == set()
    assert await found(town, cleo, '"music at" night') == {music}
    assert await found(town, cleo, '"music night"') == set()
    assert await found(town, cleo, '"loud') == {music, shouts}
    assert await found(town, cleo, "?!") == set()


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ('a" OR "b', False),
        ("x:*", False),
        ("NOT music", False),
        ("loud NEAR music", False),
        ("music & !loud", True),
        ("(music)", True),
        ("mus*", True),
        ("'", False),
        ("\\", False),
        ("*", False),
    ],
)
async def test_signs_of_a_query_language_are_only_words(town: Town, typed: str, hit: bool) -> None:
    cleo = await town.staff("Cleo")
    told = await town.report(what="Loud music")
    assert await found(town, cleo, typed) == ({told} if hit else set())


async def test_addresses_and_paths_are_found_by_their_parts(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = await town.report(what="See example.com/loud-music, mail ada@example.org; 10-15 people, day/night")
    for typed in ("music", "example", "ada", "15", "night", "loud-music", "day/night"):
        assert await found(town, cleo, typed) == {told}, typed


async def test_places_messages_and_notes_are_found_and_lead_to_the_case_too(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    told, other = await town.report(ada), await town.report()
    opened = (await town.write(triage.open_case, cleo, told)).reference
    asked = await town.write(message.ask, cleo, told, "Which staircase?")
    await town.write(message.answer, ada, asked.id, "The green doorway")
    await town.write(message.note, cleo, opened, "The landlord knows")
    assert await found(town, cleo, "harbour") == {told, other}
    for text, reports in (("staircase", {told}), ("doorway", {told}), ("landlord", set())):
        assert await found(town, cleo, text) == reports
        assert await found(town, cleo, text, Kind.CASES) == {opened}


async def test_a_hit_shows_the_words_as_they_were_written(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = await town.report(what="Every Friday. Głośna muzyka przez całą noc.")
    opened = (await town.write(triage.open_case, cleo, told)).reference
    await town.write(message.note, cleo, opened, "Ask the Café owner")
    shown = await town.read(
        finding.found_reports, cleo.staff, PROFILE, Filter(Kind.REPORTS, text="glosna muz")
    )
    assert pieces(shown) == {told: [(Where.REPORT, "Głośna")]}
    for typed, where, hit in (
        ("glosna muz", Where.REPORT, "Głośna"),
        ('"the cafe"', Where.NOTE, "the Café"),
        ("harbour", Where.PLACE, "harbour"),
    ):
        page = await town.read(finding.found_cases, cleo.staff, PROFILE, Filter(Kind.CASES, text=typed))
        assert pieces(page) == {opened: [(where, hit)]}


async def test_restricted_words_are_found_only_by_those_granted_them(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    secret = await town.report(category="street.hate", what="A secret symbol")
    opened = (await town.write(triage.open_case, hal, secret)).reference
    await town.write(message.note, hal, opened, "A secret witness")
    for kind, shown in ((Kind.REPORTS, {secret}), (Kind.CASES, {opened})):
        assert await found(town, hal, "secret", kind) == shown
        assert await found(town, cleo, "secret", kind) == set()
        wanted = Filter(kind, text="secret")
        assert await town.read(finding.count, cleo.staff, PROFILE, wanted) == 0
        assert await town.read(finding.points, cleo.staff, PROFILE, wanted) == []


async def test_a_restricted_report_does_not_lead_to_its_case_for_others(town: Town) -> None:
    """A case may lie open while one of its reports does not, were the two ever to differ."""
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    secret = await town.report(category="street.hate", what="A secret symbol")
    reference = (await town.write(triage.open_case, hal, secret)).reference
    await town.write(_unrestrict, reference)
    assert await found(town, hal, "symbol", Kind.CASES) == {reference}
    assert await found(town, cleo, "symbol", Kind.CASES) == set()


def _unrestrict(session: Session, reference: str) -> None:
    session.execute(update(CaseRow).where(CaseRow.reference == reference).values(restriction=None))


async def test_a_reference_leads_to_its_record_for_those_who_may_open_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    told, secret = await town.report(), await town.report(category="street.hate")
    opened = (await town.write(triage.open_case, cleo, told)).reference
    for by, reference, kind in (
        (cleo, told, Kind.REPORTS),
        (cleo, opened, Kind.CASES),
        (hal, secret, Kind.REPORTS),
        (cleo, secret, None),
        (cleo, "K7M-4XQ-9PC", None),
    ):
        assert await town.read(search.where_is, by.staff, reference) is kind
    analyst = await town.staff("Ann", Role.ANALYST)
    with pytest.raises(NotAllowed):
        await town.read(search.where_is, analyst.staff, told)


async def test_a_search_costs_two_statements(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for _ in range(5):
        await town.report()
    with counted() as sent:
        assert len(await found(town, cleo, "music")) == 5
    assert len(sent) == 2, sent


async def test_beginnings_of_words_are_looked_for_where_the_whole_word_is_rare(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleo = await town.staff("Cleo")
    whole = await town.report(what="The bins again")
    begun = await town.report(what="A binsful of glass")
    assert await found(town, cleo, "bins") == {begun, whole}
    monkeypatch.setattr(search, "MAX_HITS", 1)
    assert await found(town, cleo, "bins") == {whole}
