"""What staff see of reports and cases: lines and pages, made only by what knows who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.domain.case import CaseState, CaseView
from store.domain.case_file import CaseFile, PersonFacts
from store.domain.evidence import EvidenceView
from store.domain.message import MessageView
from store.domain.reference import Priority, Restriction
from store.domain.report import Identity, ReportState, ReportView
from store.domain.suggestion import Suggestion
from store.domain.timeline import TimelineLine

NEAR_KM = 0.3
RECENT_DAYS = 90
"""What "near" and "recent" mean when cases are suggested for a report (a proposal of ours)."""

_STRICTEST_FIRST = (
    Restriction.SAFEGUARDING,
    Restriction.INTELLIGENCE,
    Restriction.HATE,
    Restriction.STAFF_THREAT,
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list, without its text. `unread` counts what the reporter wrote since."""

    id: str
    reference: str
    category: str
    area: str | None
    ward: str | None
    priority: Priority
    state: ReportState
    identity: Identity
    restriction: Restriction | None
    danger: bool
    taken_by: str | None
    taken_by_name: str | None
    case_reference: str | None
    unread: int
    created_at: datetime
    updated_at: datetime
    version: int
    target_at: datetime | None = None
    target_paused_at: datetime | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list. Area and ward are those of its first report; `reports` counts them."""

    id: str
    reference: str
    category: str
    area: str | None
    ward: str | None
    priority: Priority
    state: CaseState
    restriction: Restriction | None
    officer_id: str | None
    officer_name: str | None
    reports: int
    unread: int
    created_at: datetime
    updated_at: datetime
    version: int
    target_at: datetime | None = None
    target_kind: str | None = None
    target_paused_at: datetime | None = None
    escalated_at: datetime | None = None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything about one report. `reporter_name` is None when it is anonymous or unknown.

    `contact` is how else to reach them; without a chat (`has_chat`) nothing can be written to them.
    `do_not_contact`: nothing is pushed to this reporter; a question waits until they write.
    `suggestions` are open cases it may belong to, the most likely first, and `hints` what else the
    machine points out, with its reasons; `previous` and `next` the references beside
    it in the queue: all only while it waits, but for the hints of risk, which stay while it is worked on.
    `warned_of` are the people of its case with a contact warning, where this person may open the case.
    """

    report: ReportView
    reporter_name: str | None
    do_not_contact: bool
    taken_by_name: str | None
    case_reference: str | None
    case_state: CaseState | None
    messages: tuple[MessageView, ...]
    evidence: tuple[EvidenceView, ...]
    timeline: tuple[TimelineLine, ...]
    suggestions: tuple[CaseLine, ...]
    hints: tuple[Suggestion, ...] = ()
    previous: str | None = None
    next: str | None = None
    contact: str | None = None
    has_chat: bool = True
    warned_of: tuple[PersonFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a case went, when (UTC) and by whom. `into` is None where this person may not open it.

    `may_undo`: they may open the case that has now what belonged to it.
    """

    into: str | None
    at: datetime
    by_name: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything about one case. `reporter_names` by report id; anonymous ones are left out.

    `with_chat` are the ids of the reports whose reporters can be written to, `do_not_contact` of
    those whose reporters asked us not to write first; `contacts` how else to reach them, by report id.

    `hidden_reports` counts reports under a restriction that this person was not granted: they and
    all that belongs to them are left out. `timeline` tells of the cases that went into it too, where
    this person may open them; `merged` says where it went itself.
    """

    case: CaseView
    officer_name: str | None
    reports: tuple[ReportView, ...]
    reporter_names: Mapping[str, str]
    hidden_reports: int
    with_chat: frozenset[str]
    do_not_contact: frozenset[str]
    contacts: Mapping[str, str]
    messages: tuple[MessageView, ...]
    evidence: tuple[EvidenceView, ...]
    timeline: tuple[TimelineLine, ...]
    file: CaseFile
    merged: Merged | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, for the head of a page: only what this person may open is counted.

    `taken_by_me` are waiting reports, `my_cases` open cases; `unread` counts the reports of either
    about which reporters wrote what I have not opened. Targets are counted of all waiting reports
    and of my cases; for a supervisor, who hears of those that were missed, also of everybody's.
    """

    waiting: int
    waiting_p1: int
    taken_by_me: int
    open_cases: int
    my_cases: int
    unread: int
    reports_due_soon: int = 0
    reports_missed: int = 0
    cases_due_soon: int = 0
    cases_missed: int = 0
    all_cases_missed: int = 0


def strictest(*restrictions: Restriction | None) -> Restriction | None:
    """Return the restriction for a record made of parts under these; None when none has one."""
    return next((kind for kind in _STRICTEST_FIRST if kind in restrictions), None)
