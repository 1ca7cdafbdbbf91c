"""A report that is put back before its reporter heard that it had ended."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import delivery, message, reference, triage
from store.domain.delivery import DeliveryState, Sent
from store.domain.report import ClosedReason
from store.domain.staff import By
from store.tables.report import ReportRow
from tests.support.deliveries import letters
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
