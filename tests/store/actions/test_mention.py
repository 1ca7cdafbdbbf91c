from __future__ import annotations

from store.actions import company, message, staff, triage
from store.actions.restriction import restrict_report
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.mention import Untold
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.queries import mentions
from tests.support.triage_factory import Town


async def test_whoever_a_note_names_finds_it_on_their_desk_until_they_open_it(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    case = await town.write(triage.open_case, cleo, await town.report())
    await town.write(message.note, cleo, reference, "@dan please look, and @nobody too")
    await town.write(message.note, cleo, case.reference, "@Dan as well")
    found = await town.read(mentions.unread, dan.staff)
    assert {(line.kind, line.reference, line.by_name) for line in found} == {
        ("report", reference, "Cleo"),
        ("case", case.reference, "Cleo"),
    }
    await town.write(company.open_report, dan, reference)
    assert [line.kind for line in await town.read(mentions.unread, dan.staff)] == ["case"]
    await town.write(company.open_case, dan, case.reference)
    assert await town.read(mentions.unread, dan.staff) == []


async def test_nobody_is_named_who_may_not_open_the_record(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    dan, ann = await town.staff("Dan"), await town.staff("Ann", Role.ANALYST)
    hate, plain = await town.report(category="street.hate"), await town.report()
    await town.write(message.note, hal, hate, "@dan @hal")
    assert town.last(Action.NOTE_ADDED)["mentioned"] == []
    await town.write(message.note, hal, plain, "@ann @dan")
    assert town.last(Action.NOTE_ADDED)["mentioned"] == [dan.staff.id]
    assert ann.staff.id != dan.staff.id


async def test_a_report_restricted_since_is_no_longer_told_of(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    await town.write(message.note, cleo, reference, "@dan")
    await town.write(restrict_report, cleo, reference, Restriction.HATE, "Slurs")
    assert await town.read(mentions.unread, dan.staff) == []


async def test_whoever_writes_a_note_learns_whom_it_names_in_vain(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    gail = await town.staff("Gail", Role.OFFICER, Restriction.HATE)
    await town.staff("Dan")
    gone = await town.staff("Tess", Role.OFFICER, Restriction.HATE)
    await town.write(staff.disable, SYSTEM, gone.staff.id)
    hate, plain = await town.report(category="street.hate"), await town.report()
    said = "@nobody @dan @Gail @hal @tess, ring me at hal@example.org"
    note = await town.write(message.note, hal, hate, said)
    assert await town.read(mentions.untold, hal.staff, note) == Untold(("nobody", "tess"), ("dan",))
    assert [line.reference for line in await town.read(mentions.unread, gail.staff)] == [hate]
    note = await town.write(message.note, hal, plain, "@dan @gail look")
    assert await town.read(mentions.untold, hal.staff, note) == Untold()
