"""A report: one incident told by one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.case import CaseState
from store.domain.errors import Refusal
from store.domain.place import Location
from store.domain.reference import HomeOfficeType, Priority, Restriction


class ReportState(StrEnum):
    """Where a report is; the last three are the end of it."""

    WAITING = "waiting"
    IN_CASE = "in_case"
    SIGNPOSTED = "signposted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Identity(StrEnum):
    """Who may know who told us: staff, the safety unit only, or nobody."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Source(StrEnum):
    """How it reached us; all but chat and web are entered by staff for somebody."""

    CHAT = "chat"
    PHONE = "phone"
    WALK_IN = "walk_in"
    MEETING = "meeting"
    WEB = "web"


class ClosedReason(StrEnum):
    """Why a report ended without a case."""

    OTHER_SERVICE = "other_service"
    NOT_OUR_AREA = "not_our_area"
    NOT_ASB = "not_asb"
    DUPLICATE = "duplicate"
    TOO_LITTLE_DETAIL = "too_little_detail"
    NOT_A_REPORT = "not_a_report"
    BY_REPORTER = "by_reporter"


class PlainStatus(StrEnum):
    """The four plain words residents see."""

    RECEIVED = "received"
    BEING_LOOKED_AT = "being_looked_at"
    ACTION_UNDER_WAY = "action_under_way"
    CLOSED = "closed"


MOVES: Mapping[ReportState, frozenset[ReportState]] = MappingProxyType(
    {
        ReportState.WAITING: frozenset(ReportState) - {ReportState.WAITING},
        ReportState.IN_CASE: frozenset(),
        ReportState.SIGNPOSTED: frozenset({ReportState.WAITING}),
        ReportState.REJECTED: frozenset({ReportState.WAITING}),
        ReportState.WITHDRAWN: frozenset(),
    }
)
"""Where a report goes from where it is; what staff ended by mistake goes back into the queue."""

REASONS: Mapping[ReportState, tuple[ClosedReason, ...]] = MappingProxyType(
    {
        ReportState.WAITING: (),
        ReportState.IN_CASE: (),
        ReportState.SIGNPOSTED: (ClosedReason.OTHER_SERVICE, ClosedReason.NOT_OUR_AREA),
        ReportState.REJECTED: (
            ClosedReason.NOT_ASB,
            ClosedReason.NOT_OUR_AREA,
            ClosedReason.DUPLICATE,
            ClosedReason.TOO_LITTLE_DETAIL,
            ClosedReason.NOT_A_REPORT,
        ),
        ReportState.WITHDRAWN: (ClosedReason.BY_REPORTER,),
    }
)

STATE_LABELS: Mapping[ReportState, str] = MappingProxyType(
    {
        ReportState.WAITING: "Waiting for triage",
        ReportState.IN_CASE: "In a case",
        ReportState.SIGNPOSTED: "Signposted",
        ReportState.REJECTED: "Rejected",
        ReportState.WITHDRAWN: "Withdrawn by the reporter",
    }
)

REASON_LABELS: Mapping[ClosedReason, str] = MappingProxyType(
    {
        ClosedReason.OTHER_SERVICE: "For another service",
        ClosedReason.NOT_OUR_AREA: "Not in our area",
        ClosedReason.NOT_ASB: "Not anti-social behaviour",
        ClosedReason.DUPLICATE: "Duplicate",
        ClosedReason.TOO_LITTLE_DETAIL: "Too little to go on",
        ClosedReason.NOT_A_REPORT: "Not a report",
        ClosedReason.BY_REPORTER: "Withdrawn by the reporter",
    }
)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as it is read. Only a query that knows who asks may make one.

    `still_going` is yes, no or not_sure; `how_often` first_time, sometimes, weekly or daily; None
    is "not answered". `extra` holds answers to the category's own questions by code. `version`
    grows by one with every change. `safety_shown` says which safety cards the person was shown, in
    which version.
    """

    id: str
    reference: str
    state: ReportState
    category: str
    record_type: str
    home_office_type: HomeOfficeType
    priority: Priority
    identity: Identity
    source: Source
    text: str
    place: Location
    occurred: str
    still_going: str | None
    how_often: str | None
    extra: Mapping[str, str]
    language: str
    danger: bool
    restriction: Restriction | None
    reporter_id: str | None
    case_id: str | None
    taken_by: str | None
    created_at: datetime
    updated_at: datetime
    version: int
    closed_reason: ClosedReason | None = None
    target_at: datetime | None = None
    target_paused_at: datetime | None = None
    contacted_at: datetime | None = None
    escalated_at: datetime | None = None
    safety_shown: Mapping[str, int] = field(default_factory=dict)


def may(state: ReportState, to: ReportState) -> bool:
    """Tell whether a report may go from `state` to `to`; staying is no move."""
    return to in MOVES[state]


def check_ending(state: ReportState, to: ReportState, reason: ClosedReason | None) -> None:
    """Refuse an end that does not follow, or whose reason is missing or does not fit.

    Refusals: `report.already_decided`, `report.needs_reason`.
    """
    if not may(state, to):
        raise Refusal("report.already_decided", state=state.value)
    if reason not in REASONS[to]:
        raise Refusal("report.needs_reason")


def plain_status(
    report_state: ReportState, case_state: CaseState | None, *, taken: bool = False
) -> PlainStatus:
    """Return what the reporter is told.

    `case_state` matters only to a report in a case, `taken` (by an officer) only to a waiting one.
    """
    if report_state is ReportState.WAITING:
        return PlainStatus.BEING_LOOKED_AT if taken else PlainStatus.RECEIVED
    if report_state is not ReportState.IN_CASE or case_state is CaseState.CLOSED:
        return PlainStatus.CLOSED
    if case_state in {CaseState.ACTION_TAKEN, CaseState.MONITORING}:
        return PlainStatus.ACTION_UNDER_WAY
    return PlainStatus.BEING_LOOKED_AT
