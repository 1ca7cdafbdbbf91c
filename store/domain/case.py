"""A case: what staff work, made of one or more reports about the same problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.errors import Refusal
from store.domain.reference import HomeOfficeType, Priority, Restriction


class CaseState(StrEnum):
    """Where a case is."""

    OPEN = "open"
    INVESTIGATING = "investigating"
    ACTION_TAKEN = "action_taken"
    MONITORING = "monitoring"
    WAITING_REPORTER = "waiting_reporter"
    WAITING_PARTNER = "waiting_partner"
    REOPENED = "reopened"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended; the no-further-action reasons follow published closure lists."""

    RESOLVED = "resolved"
    ADVICE_GIVEN = "advice_given"
    WARNING_GIVEN = "warning_given"
    ENFORCEMENT_ACTION = "enforcement_action"
    PASSED_TO_PARTNER = "passed_to_partner"
    NO_EVIDENCE = "no_evidence"
    NOT_ASB = "not_asb"
    NOT_OUR_AREA = "not_our_area"
    NO_REPLY = "no_reply"
    NO_FURTHER_ACTION = "no_further_action"


_WAITING = frozenset({CaseState.WAITING_REPORTER, CaseState.WAITING_PARTNER})
_BEGINNING = _WAITING | {CaseState.INVESTIGATING, CaseState.CLOSED}
_WORK = frozenset({CaseState.INVESTIGATING, CaseState.ACTION_TAKEN, CaseState.MONITORING})
_UNDER_WAY = _WORK | _WAITING | {CaseState.CLOSED}

MOVES: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {
        CaseState.OPEN: _BEGINNING,
        # Monitoring watches whether an action holds, so there must have been one.
        CaseState.INVESTIGATING: _UNDER_WAY - {CaseState.INVESTIGATING, CaseState.MONITORING},
        CaseState.ACTION_TAKEN: _UNDER_WAY - {CaseState.ACTION_TAKEN},
        CaseState.MONITORING: _UNDER_WAY - {CaseState.MONITORING},
        CaseState.WAITING_REPORTER: _UNDER_WAY - {CaseState.WAITING_REPORTER},
        CaseState.WAITING_PARTNER: _UNDER_WAY - {CaseState.WAITING_PARTNER},
        CaseState.REOPENED: _BEGINNING,
        CaseState.CLOSED: frozenset({CaseState.REOPENED}),
    }
)

OWN_DEEDS = frozenset({CaseState.CLOSED, CaseState.REOPENED})
"""Where a case goes by a deed of its own, with words; OPEN it is only at its beginning."""

STATE_LABELS: Mapping[CaseState, str] = MappingProxyType(
    {
        CaseState.OPEN: "Open",
        CaseState.INVESTIGATING: "Investigating",
        CaseState.ACTION_TAKEN: "Action taken",
        CaseState.MONITORING: "Monitoring",
        CaseState.WAITING_REPORTER: "Waiting for the reporter",
        CaseState.WAITING_PARTNER: "Waiting for a partner",
        CaseState.REOPENED: "Reopened",
        CaseState.CLOSED: "Closed",
    }
)

OUTCOME_LABELS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.RESOLVED: "Resolved",
        Outcome.ADVICE_GIVEN: "Advice given",
        Outcome.WARNING_GIVEN: "Warning given",
        Outcome.ENFORCEMENT_ACTION: "Enforcement action",
        Outcome.PASSED_TO_PARTNER: "Passed to a partner",
        Outcome.NO_EVIDENCE: "No evidence",
        Outcome.NOT_ASB: "Not anti-social behaviour",
        Outcome.NOT_OUR_AREA: "Not in our area",
        Outcome.NO_REPLY: "No reply from the reporter",
        Outcome.NO_FURTHER_ACTION: "No further action",
    }
)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it is read. Only a query that knows who asks may make one.

    `closing_words` are those the reporters get. `version` grows with every change.
    `legal_hold` says why nothing of it may be deleted; `merged` once it went into another case.
    """

    id: str
    reference: str
    state: CaseState
    category: str
    priority: Priority
    officer_id: str | None
    outcome: Outcome | None
    closing_words: str | None
    restriction: Restriction | None
    opened_at: datetime
    closed_at: datetime | None
    updated_at: datetime
    version: int
    record_type: str
    home_office_type: HomeOfficeType
    ward: str | None
    area: str | None
    legal_hold: str | None
    merged: bool
    target_at: datetime | None = None
    target_kind: str | None = None
    target_paused_at: datetime | None = None
    escalated_at: datetime | None = None


def may(state: CaseState, to: CaseState) -> bool:
    """Tell whether a case may go from `state` to `to`; staying is no move."""
    return to in MOVES[state]


def next_states(state: CaseState) -> tuple[CaseState, ...]:
    """Return the states to offer on a page, in their order.

    Closing and reopening are deeds of their own, with words, and so are not among them.
    """
    return tuple(to for to in CaseState if may(state, to) and to not in OWN_DEEDS)


def check_closing(state: CaseState, outcome: Outcome | None, words: str | None) -> None:
    """Refuse to close a closed case, or without an outcome, or without words for the reporter.

    Refusals: `case.already_closed`, `case.close_needs_outcome`, `case.close_needs_words`.
    """
    if state is CaseState.CLOSED:
        raise Refusal("case.already_closed")
    if outcome is None:
        raise Refusal("case.close_needs_outcome")
    if words is None or not words.strip():
        raise Refusal("case.close_needs_words")
