from __future__ import annotations

from store.actions import case, message, triage
from store.domain.case import Outcome
from tests.handlers.chat.staff.conftest import Office
from tests.support.deliveries import hush, letters
from tests.support.phone import Phone


async def test_whoever_is_not_written_to_reads_the_teams_words_in_the_own_report(office: Office) -> None:
    town = office.town
    ada = await town.resident("Ada")
    reference, other = await town.report(ada), await town.report()
    await town.write(hush, ada.chat_id)
    opened = await town.write(triage.open_case, office.cleo, reference)
    await town.write(triage.add_to_case, office.cleo, other, opened.reference)
    await town.write(message.reply, office.cleo, reference, "We will look.")
    await town.write(message.reply, office.cleo, other, "To somebody else")
    await town.write(message.note, office.cleo, reference, "Staff only")
    town.pass_time(days=1)
    await town.write(case.close, office.cleo, opened.reference, Outcome.RESOLVED, "All is well.")
    assert await letters(town.store, "news.", ada.chat_id) == []
    phone = Phone(town.store, office.services, ada.chat_id)
    await phone.say("/myreports")
    await phone.tap(reference)
    assert "The team wrote: We will look.\n\nThe team wrote: All is well." in phone.text
    assert "Staff only" not in phone.text
    assert "somebody else" not in phone.text
