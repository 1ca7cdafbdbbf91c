from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case, sign_in, staff, task, triage
from store.domain.actor import SYSTEM
from store.domain.case import Outcome
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.sign_in import Failure, HalfWay, NewSession, token_hash
from store.domain.staff import Role
from store.queries import sign_ins
from store.queries import staff as accounts
from store.queries.chat import who
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.staff import StaffSessionRow
from tests.support.triage_factory import Town

CHAT = 4711


async def test_an_account_is_added_with_a_secret_of_its_own(town: Town) -> None:
    cleo = await town.write(staff.add, SYSTEM, " Cleo ", " Cleo Bell ", Role.OFFICER, "hash")
    account = await town.read(accounts.by_username, "CLEO")
    assert (account.staff, account.username, account.password_hash) == (cleo, "cleo", "hash")
    assert len(account.totp_secret or "") == 32
    assert town.last(Action.STAFF_ADDED) == {"username": "cleo", "role": "officer"}


@pytest.mark.parametrize(
    ("username", "name", "key"),
    [
        ("cleo", "Another", "staff.username_taken"),
        ("two words", "Dan", "staff.username_wrong"),
        ("", "Dan", "staff.username_wrong"),
        ("d" * 65, "Dan", "staff.username_wrong"),
        ("dan", "  ", "staff.name_missing"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(town: Town, username: str, name: str, key: str) -> None:
    await town.staff("Cleo")
    with pytest.raises(Refusal) as refusal:
        await town.write(staff.add, SYSTEM, username, name, Role.OFFICER)
    assert refusal.value.key == key


@pytest.mark.parametrize("deed", ["revoke", "disable"])
async def test_work_that_closes_to_somebody_is_free_for_others(town: Town, deed: str) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE)
    taken = [await town.report(category=category) for category in ("street.hate", "noise.domestic")]
    opened = [await town.report(category=category) for category in ("street.hate", "noise.domestic")]
    for reference in taken:
        await town.write(triage.take, hal, reference)
    led = [(await town.write(triage.open_case, hal, reference)).reference for reference in opened]
    for reference in led:
        await town.write(task.add, hal, reference, "Ring the landlord", hal.staff.id, None)
    done = await town.write(task.add, hal, led[0], "Visit", hal.staff.id, None)
    await town.write(task.finish, hal, led[0], done)
    over = await town.report(category="street.hate")
    closed = (await town.write(triage.open_case, hal, over)).reference
    await town.write(case.close, hal, closed, Outcome.RESOLVED, "It has stopped.")
    for _twice in range(2):
        if deed == "revoke":
            await town.write(staff.revoke, SYSTEM, hal.staff.id, Restriction.HATE)
        else:
            await town.write(staff.disable, SYSTEM, hal.staff.id)
    kept = hal.staff.id if deed == "revoke" else None
    assert [(await town.read(_holder, one)) for one in (*taken, *led)] == [None, kept, None, kept]
    assert await town.read(_holder, closed) == hal.staff.id
    lost = 1 if deed == "revoke" else 2
    assert await town.how_often(Action.REPORT_RELEASED) == await town.how_often(Action.CASE_RELEASED) == lost
    pages = [await town.write(case.open_page, eve, reference) for reference in led]
    assert [[one.stranded for one in page.file.tasks] for page in pages] == [
        [True, False],
        [deed == "disable"],
    ]
    again = await town.write(case.reopen, eve, closed, "It began again.")
    assert again.officer_id == eve.staff.id


def _holder(session: Session, reference: str) -> str | None:
    taken = session.scalar(select(ReportRow.taken_by).where(ReportRow.reference == reference))
    return taken or session.scalar(select(CaseRow.officer_id).where(CaseRow.reference == reference))


async def test_grants_are_given_and_taken_by_name_once(town: Town) -> None:
    cleo = (await town.staff("Cleo")).staff
    for _twice in range(2):
        await town.write(staff.grant, SYSTEM, cleo.id, Restriction.HATE)
    await town.write(staff.grant, SYSTEM, cleo.id, Restriction.SAFEGUARDING)
    assert (await town.read(accounts.by_id, cleo.id)).staff.grants == {
        Restriction.HATE,
        Restriction.SAFEGUARDING,
    }
    for _twice in range(2):
        await town.write(staff.revoke, SYSTEM, cleo.id, Restriction.HATE)
    assert (await town.read(accounts.by_id, cleo.id)).staff.grants == {Restriction.SAFEGUARDING}
    assert await town.how_often(Action.STAFF_GRANTED) == 2
    assert await town.how_often(Action.STAFF_GRANT_ENDED) == 1


async def test_a_code_links_one_chat_once(town: Town) -> None:
    cleo, dan = (await town.staff("Cleo")).staff, (await town.staff("Dan")).staff
    old = await town.write(staff.start_link, cleo.id)
    code = await town.write(staff.start_link, cleo.id)
    for wrong in (old, "nonsense"):
        with pytest.raises(NotFound, match=r"staff\.link_unknown"):
            await town.write(staff.link, wrong, CHAT)
    assert (await town.write(staff.link, code, CHAT)).chat_id == CHAT
    with pytest.raises(NotFound, match=r"staff\.link_unknown"):
        await town.write(staff.link, code, CHAT)
    taken_over = await town.write(staff.start_link, dan.id)
    await town.write(staff.link, taken_over, CHAT)
    assert (await town.read(accounts.by_id, cleo.id)).staff.chat_id is None
    assert (await town.read(who, CHAT)).staff.id == dan.id  # type: ignore[union-attr]
    assert await town.how_often(Action.STAFF_LINKED) == 2


async def test_a_code_lasts_a_day(town: Town) -> None:
    code = await town.write(staff.start_link, (await town.staff("Cleo")).staff.id)
    town.pass_time(hours=24)
    with pytest.raises(NotFound, match=r"staff\.link_unknown"):
        await town.write(staff.link, code, CHAT)


async def test_a_disabled_account_loses_chat_sessions_and_links(town: Town) -> None:
    cleo = (await town.staff("Cleo")).staff
    await town.write(staff.link, await town.write(staff.start_link, cleo.id), CHAT)
    link = await town.write(staff.sign_in_link, cleo)
    code = await town.write(staff.start_link, cleo.id)
    for _twice in range(2):
        await town.write(staff.disable, SYSTEM, cleo.id)
    assert (await town.read(who, CHAT)).staff is None
    assert await town.write(sign_in.by_link, link) is Failure.EXPIRED
    with pytest.raises(NotFound, match=r"staff\.link_unknown"):
        await town.write(staff.link, code, CHAT)
    with pytest.raises(NotFound, match=r"staff\.not_found"):
        await town.write(staff.sign_in_link, cleo)
    assert [line.staff.disabled for line in await town.read(accounts.listing)] == [True]
    assert await town.how_often(Action.STAFF_DISABLED) == 1


async def test_what_nobody_has_is_not_found(town: Town) -> None:
    for change in (staff.disable, staff.renew_second_factor):
        with pytest.raises(NotFound, match=r"staff\.not_found"):
            await town.write(change, SYSTEM, "nobody")
    with pytest.raises(NotFound, match=r"staff\.not_found"):
        await town.read(accounts.by_id, "nobody")
    with pytest.raises(NotFound, match=r"staff\.not_found"):
        await town.read(accounts.by_username, "nobody")


async def test_a_session_keeps_only_the_hash_of_its_token(town: Town) -> None:
    cleo = (await town.staff("Cleo", Role.OFFICER, Restriction.HATE)).staff
    begun = await signed_in(town, cleo.id)
    assert begun.staff.grants == {Restriction.HATE}
    signed = await town.read(sign_ins.session_of, begun.token)
    assert signed is not None
    assert signed.id == token_hash(begun.token)
    kept = await town.read(lambda session: session.get_one(StaffSessionRow, signed.id).csrf)
    assert kept == signed.csrf != begun.token
    assert await town.read(sign_ins.session_of, signed.id) is None


async def test_a_lost_phone_gets_a_new_secret_and_ends_every_session(town: Town) -> None:
    cleo = (await town.staff("Cleo")).staff
    begun = await signed_in(town, cleo.id)
    before = (await town.read(accounts.by_id, cleo.id)).totp_secret
    await town.write(staff.renew_second_factor, SYSTEM, cleo.id)
    account = await town.read(accounts.by_id, cleo.id)
    assert account.totp_secret != before
    assert account.totp_confirmed is False
    assert await town.read(sign_ins.session_of, begun.token) is None


async def test_a_locked_account_is_not_opened_by_a_link(town: Town) -> None:
    cleo = (await town.staff("Cleo")).staff
    link = await town.write(staff.sign_in_link, cleo)
    results = [await town.write(sign_in.by_password, "cleo", right=False) for _ in range(5)]
    assert results == [Failure.WRONG] * 4 + [Failure.LOCKED]
    assert await town.write(sign_in.by_password, "cleo", right=True) is Failure.LOCKED
    assert await town.write(sign_in.by_link, link) is Failure.LOCKED


async def signed_in(town: Town, staff_id: str) -> NewSession:
    account = await town.read(accounts.by_id, staff_id)
    half_way = await town.write(sign_in.by_password, account.username, right=True)
    assert isinstance(half_way, HalfWay)
    code = pyotp.TOTP(account.totp_secret or "").at(town.clock.now())
    begun = await town.write(sign_in.second_factor, half_way.token, code)
    assert isinstance(begun, NewSession)
    return begun
