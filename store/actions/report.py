"""What a resident does with a report: send it, add to it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from store.actions import event, evidence, search, target
from store.actions.resident import as_actor
from store.domain import reference_number
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.concern import concern_of
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.priority import suggest_priority
from store.domain.reference import Category, Priority, Profile
from store.domain.report import ClosedReason, Identity, ReportState, Source, may
from store.domain.report_form import EXTRA, HAPPENING_NOW, category_of, takes_files, ward_of
from store.domain.resident import Resident
from store.domain.target import rules_of
from store.domain.triage import strictest
from store.engine import now
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

REPORTS_PER_HOUR = 10
_ALSO_THEY = aliased(ResidentRow)
_RECENT = (
    select(func.count())
    .select_from(ReportRow)
    .join(_ALSO_THEY, _ALSO_THEY.id == ReportRow.reporter_id)
    .where(_ALSO_THEY.chat_id == bindparam("chat_id"), ReportRow.created_at > bindparam("since"))
    .scalar_subquery()
)
"""What came from this address since then: from the person and from their relays."""
_REPORTER = select(
    ResidentRow,
    _RECENT.label("recent"),
    exists().where(ReportRow.reporter_id == ResidentRow.id).label("told_before"),
).where(ResidentRow.id == bindparam("reporter_id"))


@dataclass(frozen=True, slots=True)
class SentReport:
    """What the person is told about the report just sent."""

    id: str
    reference: str
    priority: Priority


def send(
    session: Session,
    resident: Resident,
    profile: Profile,
    answers: Mapping[str, Any],
    messenger_name: str | None = None,
) -> SentReport:
    """Turn the answers of the report form into a report that waits in triage.

    `messenger_name` is kept for somebody who is not anonymous and gave no other name. The hour's
    count includes relays, by the address behind them.
    An anonymous one gets a relay of its own, which nothing joins to this person. Refuses
    `report.too_many` beyond `REPORTS_PER_HOUR`, but never a person in danger.
    """
    category = category_of(profile, answers)
    if category is None:
        raise Refusal("form.choose_one")
    hour = {"chat_id": resident.chat_id, "since": now(session) - timedelta(hours=1)}
    reporter = session.execute(_REPORTER, hour | {"reporter_id": resident.id}).one()
    if reporter.recent >= REPORTS_PER_HOUR and answers.get("danger") != "yes":
        raise Refusal("report.too_many")
    if Identity(answers["identity"]) is Identity.ANONYMOUS:
        reporter_id = _relay(session, resident)
    else:
        reporter_id = resident.id
        person = reporter.ResidentRow
        person.name = answers.get("name") or person.name or messenger_name
        if not reporter.told_before:
            event.record(session, as_actor(resident), Action.RESIDENT_STARTED, ("resident", resident.id))
    row = new_row(session, category, answers, profile)
    row.reporter_id = reporter_id
    row.language = resident.language
    target.start(row, rules_of(profile))
    session.add(row)
    session.flush()
    if takes_files(profile, answers):
        here = bool(answers.get("photo_place"))
        files = [{**file, "use_place": here} for file in answers.get("evidence", ())]
        evidence.add(session, row, files)
    record_sent(session, row, Actor(ActorKind.RESIDENT, row.reporter_id, Channel.CHAT))
    return SentReport(row.id, row.reference, Priority(row.priority))


def withdraw(session: Session, resident: Resident, reference: str) -> None:
    """Take a report back while nobody works on it. Refuses `report.already_decided`."""
    row = own(session, resident, reference)
    if not may(ReportState(row.state), ReportState.WITHDRAWN):
        raise Refusal("report.already_decided")
    row.state = ReportState.WITHDRAWN
    row.closed_reason = ClosedReason.BY_REPORTER
    target.end(session, row, said=False)
    row.updated_at = now(session)
    event.record(
        session,
        Actor(ActorKind.RESIDENT, row.reporter_id, Channel.CHAT),
        Action.REPORT_WITHDRAWN,
        ("report", row.id),
        {"reference": row.reference},
    )


def own(session: Session, resident: Resident, reference: str) -> ReportRow:
    """Return this person's own report, to be changed; `NotFound` for anybody else's."""
    row = session.scalar(
        select(ReportRow)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ReportRow.reference == reference, ResidentRow.chat_id == resident.chat_id)
        .with_for_update(of=ReportRow)
    )
    if row is None:
        raise NotFound("report.not_found")
    return row


def _relay(session: Session, resident: Resident) -> str:
    """Return the id of a relay made for this report alone."""
    relay = ResidentRow(
        relay=True,
        chat_id=resident.chat_id,
        name=None,
        language=resident.language,
        do_not_contact=resident.do_not_contact,
        created_at=now(session),
    )
    session.add(relay)
    session.flush()
    return relay.id


def new_row(session: Session, category: Category, answers: Mapping[str, Any], profile: Profile) -> ReportRow:
    """Return the row that the answers make, for a resident who wrote in the chat; not added yet."""
    at = now(session)
    place = answers.get("where") or {}
    extra = {
        code.removeprefix(EXTRA): answer
        for code, answer in answers.items()
        if code.startswith(EXTRA) and answer is not None
    }
    danger = answers.get("danger") == "yes"
    concern = concern_of(category, answers.get("offer"), extra)
    ward, area = ward_of(profile, answers)
    return ReportRow(
        reference=reference_number.new(),
        state=ReportState.WAITING,
        category=category.code,
        record_type=concern.record_type if concern else category.record_type,
        home_office_type=category.home_office_type,
        priority=suggest_priority(category, extra, danger or concern is not None),
        identity=answers["identity"],
        source=Source.CHAT,
        text=answers["what"],
        place_words=place.get("words") or None,
        **{name: place.get(name) for name in ("lat", "lon", "neighbour")},
        ward=ward,
        area=area,
        outside=bool(place.get("outside")),
        occurred=_said(answers.get("when")),
        still_going="yes" if answers.get("when") == HAPPENING_NOW else answers.get("still"),
        how_often=answers.get("often"),
        extra=extra,
        danger=danger,
        safety_shown={**answers.get("seen", {}), **answers.get("cards", {})},
        restriction=strictest(concern.restriction if concern else None, category.restriction),
        created_at=at,
        updated_at=at,
    )


def _said(answer: Mapping[str, str] | str | None) -> str | None:
    """Return a choice's code, or the person's own words."""
    return answer["words"] if isinstance(answer, Mapping) else answer


def record_sent(session: Session, row: ReportRow, actor: Actor) -> None:
    """Let a report that came in be found, and record it: cards and alerts follow from that."""
    search.index_report(session, row.id)
    event.record(
        session,
        actor,
        Action.REPORT_SENT,
        ("report", row.id),
        {
            "reference": row.reference,
            "category": row.category,
            "area": row.area,
            "priority": row.priority,
            "restriction": row.restriction,
        },
    )
