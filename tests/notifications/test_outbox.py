from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from notifications.outbox import Outbox
from store.actions import case, delivery, evidence, message, report, resident, triage
from store.domain.case import CaseState, Outcome
from store.domain.clock import FixedClock
from store.domain.delivery import DeliveryState, Lane, Sent
from store.domain.evidence import WhyRefused
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import Role
from store.engine import open_store
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from tests.support.deliveries import Letter, hush, letters, link_chat
from tests.support.triage_factory import MORNING, PROFILE, Town

STAFF_GROUP = -100200300


@pytest.fixture
async def town(migrated_database_url: str) -> AsyncIterator[Town]:
    """A town whose events become deliveries."""
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        store.before_commit = Outbox(STAFF_GROUP, "https://safety.example", lambda: PROFILE).publish
        yield Town(store, clock)


async def news(town: Town) -> list[str]:
    return [one.text for one in await letters(town.store, "news.")]


async def sent_card(town: Town) -> Letter:
    [card] = await letters(town.store, "staff.card")
    done = Sent(card.id, DeliveryState.SENT, message_id=77)
    await town.write(delivery.finish, [done])
    return card


async def test_the_staff_group_hears_where_and_what_kind_but_never_a_word_of_it(town: Town) -> None:
    reference = await town.report(
        what="Tom Smith shouts", where={"words": "12 High Street", "area": "ramsgate"}
    )
    [card] = await letters(town.store)
    assert (card.chat_id, card.lane) == (STAFF_GROUP, Lane.CASE)
    assert card.text == f"Report {reference}\nP3 · Noise from a home · Ramsgate\nWaiting for triage"
    assert card.buttons == {"Take it": f"s:take:{reference}:", "Open in private": f"s:open:{reference}:"}


async def test_the_card_follows_what_becomes_of_the_report(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await sent_card(town)
    await town.write(triage.take, cleo, reference)
    await town.write(triage.release, cleo, reference)
    await town.write(triage.open_case, cleo, reference)
    taken, released, opened = (await letters(town.store, "staff.card"))[1:]
    assert (taken.method, taken.params["message_id"]) == ("editMessageText", 77)
    assert taken.text.endswith("Taken by Cleo")
    assert list(taken.buttons) == ["Open in private"]
    assert released.text.endswith("Waiting for triage")
    assert list(released.buttons) == ["Take it", "Open in private"]
    assert opened.text.endswith("In a case")


async def test_a_restricted_report_is_told_only_to_the_people_granted_its_kind(town: Town) -> None:
    granted = await town.staff("Dee", Role.OFFICER, Restriction.HATE)
    supervisor = await town.staff("Sue", Role.SUPERVISOR)
    analyst = await town.staff("Ann", Role.ANALYST, Restriction.HATE)
    unlinked = await town.staff("Uma", Role.OFFICER, Restriction.HATE)
    for number, by in enumerate((granted, supervisor, analyst)):
        await town.write(link_chat, by.staff.id, 500 + number)
    assert unlinked.staff.chat_id is None
    reference = await town.report(category="street.hate")
    [alert] = await letters(town.store)
    assert alert.chat_id == 500
    assert f"https://safety.example/console/reports/{reference}" in alert.text
    assert "hate" not in alert.text.lower().replace("restricted", "")
    assert alert.buttons == {}


async def test_that_somebody_looks_is_told_once_however_often_it_is_taken(town: Town) -> None:
    cleo, ben, ada = await town.staff("Cleo"), await town.staff("Ben"), await town.resident()
    reference = await town.report(ada)
    await town.write(triage.take, cleo, reference)
    await town.write(triage.release, cleo, reference)
    await town.write(triage.take, ben, reference)
    [told] = await letters(town.store, "news.")
    assert told.chat_id == ada.chat_id
    assert reference in told.text
    assert "looking at it now" in told.text


async def test_a_question_comes_with_a_button_to_answer_it(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    reference = await town.report(ada)
    asked = await town.write(message.ask, cleo, reference, "Which nights?")
    [told] = await letters(town.store, "news.")
    assert "Which nights?" in told.text
    assert told.buttons == {"Answer": f"o:answer:{asked.id}"}


async def test_a_long_reply_goes_in_pieces(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await town.write(message.reply, cleo, reference, "\N{CLAPPING HANDS SIGN}" * 3_000)
    told = await letters(town.store, "news.")
    assert len(told) == 2
    assert sum(one.text.count("\N{CLAPPING HANDS SIGN}") for one in told) == 3_000


async def test_a_case_tells_everybody_in_it_and_only_what_changes_for_them(town: Town) -> None:
    cleo, ada, ben = await town.staff("Cleo"), await town.resident("Ada"), await town.resident("Ben")
    first, second = await town.report(ada), await town.report(ben, identity="anonymous")
    reference = (await town.write(triage.open_case, cleo, first)).reference
    await town.write(triage.add_to_case, cleo, second, reference)
    assert [one.chat_id for one in await letters(town.store, "news.")] == [ada.chat_id, ben.chat_id]
    await town.write(case.move, cleo, reference, CaseState.INVESTIGATING)
    assert len(await news(town)) == 2
    await town.write(case.move, cleo, reference, CaseState.ACTION_TAKEN)
    assert (await news(town))[2:] == [
        f"News about report {one}. It is now: Action under way." for one in (first, second)
    ]
    await town.write(case.move, cleo, reference, CaseState.MONITORING)
    await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Of {reference}: they moved out.")
    assert ["closed" in text for text in (await news(town))[4:]] == [True, True]
    for own, other, text in zip((first, second), (second, first), (await news(town))[4:], strict=True):
        assert f"Of {own}: they moved out." in text
        assert other not in text
    told = [Sent(one.id, DeliveryState.SENT, message_id=7) for one in await letters(town.store, "news.")]
    await town.write(delivery.finish, told)
    await town.write(case.reopen, cleo, reference, "It began again")
    assert ["opened it again" in text for text in (await news(town))[6:]] == [True, True]
    assert not any("It began again" in text for text in await news(town))


@pytest.mark.parametrize("words", ["", "Ring the council."])
async def test_the_end_of_a_report_is_told_with_its_words(town: Town, words: str) -> None:
    cleo, one, other = await town.staff("Cleo"), await town.report(), await town.report()
    await town.write(triage.signpost, cleo, one, ClosedReason.OTHER_SERVICE, words)
    await town.write(triage.reject, cleo, other, ClosedReason.NOT_ASB, words)
    told = await news(town)
    assert ["another service" in told[0], "can not take" in told[1]] == [True, True]
    assert all(text.endswith(words or ".") for text in told)


async def test_everybody_reads_news_in_their_own_language(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(language: str, key: str, **_values: object) -> str:
        return f"{language} {key}"

    monkeypatch.setattr("notifications.payloads.say", said)
    cleo, ada = await town.staff("Cleo"), await town.resident()
    reference = await town.report(ada)
    await town.write(resident.set_language, ada, "pl")
    await town.write(triage.take, cleo, reference)
    assert await news(town) == ["pl notify.taken"]


async def test_news_in_the_evening_waits_for_the_morning_and_staff_do_not(town: Town) -> None:
    cleo = await town.staff("Cleo")
    town.pass_time(hours=13)
    reference = await town.report()
    await town.write(triage.take, cleo, reference)
    [told] = await letters(town.store, "news.")
    card = (await letters(town.store, "staff.card"))[-1]
    assert told.due_at.isoformat() == "2026-11-24T08:00:00+00:00"
    assert card.due_at <= town.clock.now()


async def test_whoever_must_not_be_contacted_hears_nothing_through_a_relay_either(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    references = [await town.report(ada), await town.report(ada, identity="anonymous")]
    await town.write(hush, ada.chat_id)
    for reference in references:
        await town.write(message.reply, cleo, reference, "Hello")
    assert await news(town) == []


async def test_a_person_at_risk_gets_no_reference_and_no_words(town: Town) -> None:
    dee = await town.staff("Dee", Role.OFFICER, Restriction.SAFEGUARDING)
    reference = await town.report(category="street.safeguarding")
    await town.write(message.ask, dee, reference, "Are the children safe?")
    [told] = await letters(town.store, "news.")
    assert told.text == "There is news. Open it when it is safe: /myreports"
    assert told.buttons == {}


async def test_the_officer_hears_that_the_reporter_wrote_but_not_what(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    await town.write(link_chat, cleo.staff.id, 900)
    reference = await town.report(ada)
    asked = await town.write(message.ask, cleo, reference, "Which nights?")
    await town.write(message.answer, ada, asked.id, "Fridays, Tom Smith")
    [alert] = await letters(town.store, "staff.alert")
    assert (alert.chat_id, alert.buttons) == (900, {"Open the report": f"s:open:{reference}:"})
    assert alert.text == f"The reporter of {reference} wrote."


async def test_of_a_restricted_report_the_officer_gets_the_way_to_the_console(town: Town) -> None:
    dee, ada = await town.staff("Dee", Role.OFFICER, Restriction.HATE), await town.resident()
    await town.write(link_chat, dee.staff.id, 900)
    reference = await town.report(ada, category="street.hate")
    await town.write(triage.take, dee, reference)
    await town.write(message.add, ada, reference, "It was him again")
    alert = (await letters(town.store, "staff.alert"))[-1]
    assert alert.text.endswith(f"/console/reports/{reference}")
    assert alert.buttons == {}


async def test_words_about_a_report_that_nobody_took_alert_nobody(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    reference = await town.report(ada)
    await town.write(message.add, ada, reference, "And again")
    await town.write(triage.take, cleo, reference)
    await town.write(message.add, ada, reference, "And again, to somebody without a chat")
    assert await letters(town.store, "staff.alert") == []


def add_file(session: Session, reference: str) -> str:
    row = session.query(ReportRow).filter_by(reference=reference).one()
    evidence.add(session, row, [{"kind": "photo", "file_id": "f", "unique_id": "u"}])
    return session.query(EvidenceRow.id).scalar() or ""


def wear_out(session: Session) -> None:
    session.execute(update(EvidenceRow).values(tries=99))


@pytest.mark.parametrize(("state", "words"), [("refused", "not keep"), ("failed", "not get")])
async def test_a_file_that_could_not_be_kept_is_told_to_its_sender(
    town: Town, state: str, words: str
) -> None:
    reference = await town.report()
    evidence_id = await town.write(add_file, reference)
    if state == "refused":
        await town.write(evidence.refused, evidence_id, WhyRefused.KIND)
    else:
        await town.write(wear_out)
        await town.write(evidence.failed, evidence_id, "network")
    [told] = await news(town)
    assert reference in told
    assert words in told


async def test_taking_a_report_back_tells_the_group_and_not_the_reporter(town: Town) -> None:
    ada = await town.resident()
    reference = await town.report(ada)
    await sent_card(town)
    await town.write(report.withdraw, ada, reference)
    assert (await letters(town.store, "staff.card"))[-1].text.endswith("Withdrawn by the reporter")
    assert await letters(town.store, "staff.alert") == []
    assert await news(town) == []
