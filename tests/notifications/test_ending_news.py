"""A report or case that goes on before its reporter heard that it had ended."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case, delivery, message, reference, triage
from store.domain.case import Outcome
from store.domain.delivery import DeliveryState, Sent
from store.domain.message import MessageKind
from store.domain.report import ClosedReason
from store.domain.staff import By
from store.queries import own_reports
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from tests.support.deliveries import Letter, letters
from tests.support.triage_factory import PROFILE, Town


@pytest.fixture
async def cleo(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    return await town.staff("Cleo")


def _standing(session: Session, reference_: str) -> Any:
    return session.scalars(select(ReportRow).where(ReportRow.reference == reference_)).one()


async def queued(town: Town) -> list[str]:
    return [one.kind for one in await letters(town.store, "news.") if one.state == "queued"]


@pytest.mark.parametrize("told", ["never", "before", "since"])
async def test_an_end_that_was_never_told_is_no_contact_once_it_is_put_back(
    town: Town, cleo: By, told: str
) -> None:
    reference_ = await town.report()
    if told == "before":
        await town.write(message.reply, cleo, reference_, "We look at it.")
    before = await town.read(_standing, reference_)
    town.pass_time(minutes=5)
    await town.write(triage.reject, cleo, reference_, ClosedReason.NOT_ASB, "Not for us.")
    town.pass_time(minutes=5)
    if told == "since":
        await town.write(message.reply, cleo, reference_, "One more thing.")
    spoken = await town.read(_standing, reference_)
    await town.write(triage.reopen, cleo, reference_, "It is for us")
    after = await town.read(_standing, reference_)
    if told == "since":
        assert after.told_at == after.contacted_at == spoken.told_at
    else:
        assert (after.told_at, after.contacted_at) == (before.told_at, before.contacted_at)
    assert await queued(town) == ([] if told == "never" else ["news.notify.reply"])


async def test_an_end_that_went_out_is_followed_by_the_word_that_it_is_open_again(
    town: Town, cleo: By
) -> None:
    reference_ = await town.report()
    await town.write(triage.reject, cleo, reference_, ClosedReason.NOT_ASB, "Not for us.")
    [news] = await letters(town.store, "news.")
    await town.write(delivery.finish, [Sent(news.id, DeliveryState.SENT, message_id=7)])
    await town.write(triage.reopen, cleo, reference_, "It is for us")
    assert await queued(town) == ["news.notify.reopened"]
    assert (await town.read(_standing, reference_)).contacted_at is not None


async def said(town: Town, cleo: By, reference_: str) -> list[MessageKind]:
    if await town.read(_is_case, reference_):
        messages = (await town.write(case.open_page, cleo, reference_)).messages
    else:
        messages = (await town.write(triage.open_report, cleo, reference_)).messages
    return [one.kind for one in messages]


def _is_case(session: Session, reference_: str) -> bool:
    return bool(session.scalar(select(CaseRow.id).where(CaseRow.reference == reference_)))


async def test_a_card_of_the_staff_group_that_was_changed_at_once_is_no_news_to_the_reporter(
    town: Town, cleo: By
) -> None:
    ada = await town.resident()
    reference_ = await town.report(ada)
    await post_cards(town)
    await town.write(triage.reject, cleo, reference_, ClosedReason.NOT_ASB, "Not for us.")
    await post_cards(town)
    assert await queued(town) == ["news.notify.rejected"]
    await town.write(triage.reopen, cleo, reference_, "It is for us")
    assert await queued(town) == []
    assert await said(town, cleo, reference_) == [MessageKind.TAKEN_BACK]
    assert await town.read(own_reports.team_words, ada, reference_) == []


async def post_cards(town: Town) -> None:
    cards = [one for one in await letters(town.store, "staff.card") if one.state == "queued"]
    assert cards
    await town.write(
        delivery.finish, [Sent(one.id, DeliveryState.SENT, message_id=one.id, to_staff=True) for one in cards]
    )


@pytest.mark.parametrize("told", ["never", "before", "since"])
async def test_a_case_that_is_opened_again_before_its_reporters_heard_of_the_end(
    town: Town, cleo: By, told: str
) -> None:
    ada = await town.resident()
    reference_ = await town.report(ada)
    opened = (await town.write(triage.open_case, cleo, reference_)).reference
    await send(town, await letters(town.store, "news."))
    if told == "before":
        await town.write(message.reply, cleo, reference_, "We look at it.")
        await send(town, await letters(town.store, "news."))
    before, case_before = await town.read(_standing, reference_), await town.read(_case, opened)
    town.pass_time(minutes=5)
    await town.write(case.close, cleo, opened, Outcome.RESOLVED, "All is well.")
    town.pass_time(minutes=5)
    if told == "since":
        await town.write(message.reply, cleo, reference_, "One more thing.")
    spoken = await town.read(_standing, reference_)
    await town.write(case.reopen, cleo, opened, "It is not")
    after, case_after = await town.read(_standing, reference_), await town.read(_case, opened)
    if told == "since":
        assert after.told_at == after.contacted_at == spoken.told_at == case_after.contacted_at
    else:
        assert (after.told_at, after.contacted_at) == (before.told_at, before.contacted_at)
        assert case_after.contacted_at == case_before.contacted_at
    assert case_after.target_kind == ("first_contact" if told == "never" else "update")
    assert await queued(town) == (["news.notify.reply"] if told == "since" else [])
    assert MessageKind.TAKEN_BACK in await said(town, cleo, opened)
    assert "All is well." not in await town.read(own_reports.team_words, ada, reference_)


async def test_of_two_reporters_only_who_heard_of_the_end_hears_that_the_case_goes_on(
    town: Town, cleo: By
) -> None:
    ada, ben = await town.resident("Ada"), await town.resident("Ben")
    references = [await town.report(ada), await town.report(ben)]
    opened = (await town.write(triage.open_case, cleo, references[0])).reference
    await town.write(triage.add_to_case, cleo, references[1], opened)
    await send(town, await letters(town.store, "news."))
    await town.write(case.close, cleo, opened, Outcome.RESOLVED, "All is well.")
    await send(town, [one for one in await letters(town.store, "news.") if one.chat_id == ada.chat_id])
    await town.write(case.reopen, cleo, opened, "It is not")
    waiting = [one for one in await letters(town.store, "news.") if one.state == "queued"]
    assert [(one.kind, one.chat_id) for one in waiting] == [("news.notify.reopened", ada.chat_id)]
    heard, unheard = [await town.read(_standing, one) for one in references]
    assert heard.contacted_at is not None
    assert unheard.contacted_at is None
    assert (await town.read(_case, opened)).contacted_at is not None
    assert MessageKind.CLOSING in await said(town, cleo, opened)


async def test_a_second_end_in_one_night_is_told_alone(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    opened = (await town.write(triage.open_case, cleo, reference_)).reference
    await send(town, await letters(town.store, "news."))
    for words in ("All is well.", "Now it is."):
        if words == "Now it is.":
            await town.write(case.reopen, cleo, opened, "It is not")
        town.pass_time(minutes=1)
        await town.write(case.close, cleo, opened, Outcome.RESOLVED, words)
    waiting = [one for one in await letters(town.store, "news.") if one.state == "queued"]
    assert [words in waiting[0].text for words in ("All is well.", "Now it is.")] == [False, True]
    assert len(waiting) == 1
    assert await said(town, cleo, opened) == [MessageKind.TAKEN_BACK, MessageKind.CLOSING]


def _case(session: Session, reference_: str) -> Any:
    return session.scalars(select(CaseRow).where(CaseRow.reference == reference_)).one()


async def send(town: Town, some: list[Letter]) -> None:
    waiting = [one for one in some if one.state == "queued"]
    assert waiting
    await town.write(delivery.finish, [Sent(one.id, DeliveryState.SENT, message_id=7) for one in waiting])
