"""The story of a report or case: its events in plain words. Looking is not part of the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain import case, report
from store.domain.actor import ActorKind
from store.domain.case import CaseState, Outcome
from store.domain.event import Action
from store.domain.report import ClosedReason

LABELS: Mapping[Action, str] = MappingProxyType(
    {
        Action.REPORT_SENT: "Report received",
        Action.REPORT_TAKEN: "Report taken",
        Action.REPORT_ASSIGNED: "Report given to somebody",
        Action.REPORT_RELEASED: "Report put back in the queue",
        Action.REPORT_RESTRICTED: "Restriction of the report changed",
        Action.REPORT_SIGNPOSTED: "Report signposted",
        Action.REPORT_REJECTED: "Report rejected",
        Action.REPORT_REOPENED: "Report opened again",
        Action.REPORT_WITHDRAWN: "Report withdrawn by the reporter",
        Action.REPORT_ADDED_TO_CASE: "Report added to the case",
        Action.REPORT_PLACED: "Place taken from a photo, as the reporter asked",
        Action.CASE_OPENED: "Case opened",
        Action.CASE_TAKEN: "Case taken",
        Action.CASE_ASSIGNED: "Case given to somebody",
        Action.CASE_RELEASED: "Case has no officer any more",
        Action.CASE_TAGGED: "Tag changed",
        Action.CASE_STATE_CHANGED: "Case moved",
        Action.CASE_CLOSED: "Case closed",
        Action.CASE_REOPENED: "Case reopened",
        Action.CASE_LINKED: "Linked to another case",
        Action.CASE_UNLINKED: "No longer linked to another case",
        Action.CASE_REVIEW_SET: "Review date changed",
        Action.PERSON_ADDED: "Person added",
        Action.PERSON_CHANGED: "Person changed",
        Action.PERSON_TAKEN_OFF: "Person taken off the case",
        Action.TASK_SET: "Task set",
        Action.TASK_DONE: "Task done",
        Action.TASK_REOPENED: "Task set again",
        Action.CASE_MERGED: "Cases merged",
        Action.CASE_UNMERGED: "Merge undone",
        Action.CASE_SPLIT: "Case split",
        Action.CASE_RECLASSIFIED: "Case reclassified",
        Action.CASE_RESTRICTED: "Restriction changed",
        Action.CASE_HELD: "Legal hold set",
        Action.CASE_HOLD_LIFTED: "Legal hold lifted",
        Action.REPORT_MOVED: "Report moved to another case",
        Action.NOTE_ADDED: "Note added",
        Action.QUESTION_ASKED: "Question asked",
        Action.ANSWER_RECEIVED: "Answer received",
        Action.ADDITION_RECEIVED: "More told by the reporter",
        Action.REPLY_SENT: "Reply sent",
        Action.TARGET_MISSED: "Target missed, supervisors told",
        Action.EVIDENCE_MARKED: "File marked as evidence",
        Action.EVIDENCE_QUARANTINED: "File put into quarantine",
        Action.ALERT_ANSWERED: "Message sent",
        Action.ALERT_DONE: "Alert ended",
        Action.MEETING_MADE: "Meeting made, as a draft",
        Action.MEETING_CHANGED: "Meeting changed",
        Action.MEETING_PUBLISHED: "Meeting published",
        Action.MEETING_CANCELLED: "Meeting cancelled",
        Action.MEETING_PUBLISHING_SET: "Time to publish it changed",
        Action.MEETING_PRIORITIES_SET: "Priorities changed",
        Action.AGENDA_ASKED: "Question sent",
        Action.AGENDA_WITHDRAWN: "Question taken back",
        Action.AGENDA_REPORTED: "Reported privately instead",
        Action.AGENDA_LISTED: "Put on the agenda",
        Action.AGENDA_REWORDED: "Worded anew",
        Action.AGENDA_MOVED: "Moved on the agenda",
        Action.AGENDA_MERGED: "Made part of another question",
        Action.AGENDA_DECLINED: "Not taken",
        Action.AGENDA_ANSWERED: "Answered",
        Action.AGENDA_REPORT_OFFERED: "Asked whether it should be a report",
        Action.MEETING_SHARED: "What came of it shared",
        Action.MEETING_DOCUMENT_ATTACHED: "File attached",
        Action.MEETING_DOCUMENT_REMOVED: "File taken off",
        Action.MEETING_TURNOUT_SET: "Who came was written down",
        Action.CAMPAIGN_MADE: "Written, as a draft",
        Action.CAMPAIGN_CHANGED: "Changed",
        Action.CAMPAIGN_FILE_ATTACHED: "Picture or document put to it",
        Action.CAMPAIGN_FILE_REMOVED: "Picture or document taken off",
        Action.CAMPAIGN_FILE_GONE: "Picture or document taken off with that of its recurring campaign",
        Action.CAMPAIGN_SUBMITTED: "Sent for approval",
        Action.CAMPAIGN_SENT_BACK: "Sent back to its author",
        Action.CAMPAIGN_APPROVED: "Approved",
        Action.CAMPAIGN_TESTED: "Test sent to oneself",
        Action.CAMPAIGN_KEPT: "Not changed with its recurring campaign: it could not be sent so",
        Action.CAMPAIGN_STARTED: "Began to go out",
        Action.CAMPAIGN_PAUSED: "Paused",
        Action.CAMPAIGN_RESUMED: "Goes on",
        Action.CAMPAIGN_CANCELLED: "Cancelled",
        Action.CAMPAIGN_FINISHED: "All of it went out",
        Action.CAMPAIGN_FAILED: "Failed, and is tried again each minute",
        Action.CAMPAIGN_DAYS_CONFIRMED: "Its days confirmed",
        Action.PATTERN_MADE: "Recurring campaign made",
        Action.PATTERN_CHANGED: "Recurring campaign changed",
        Action.PATTERN_FILE_ATTACHED: "Picture or document put to it",
        Action.PATTERN_FILE_REMOVED: "Picture or document taken off",
        Action.PATTERN_APPROVED: "Approved for all its times",
        Action.PATTERN_PAUSED: "Paused",
        Action.PATTERN_RESUMED: "Goes on",
        Action.PATTERN_ENDED: "Ended",
        Action.PATTERN_CAME: "A campaign was made of it",
        Action.PATTERN_MISSED: "Missed, and not made up for",
        Action.PATTERN_FAILED: "Failed, and is tried again each minute",
        Action.CAMPAIGN_RETRIED: "What failed is tried again",
        Action.SERIES_MADE: "Series made",
        Action.SERIES_CHANGED: "This and all later meetings changed",
        Action.SERIES_PUBLISHED: "All meetings of the series published",
        Action.SERIES_ENDED: "Series ended",
        Action.VIEW_SAVED: "View saved",
        Action.VIEW_RENAMED: "View renamed",
        Action.VIEW_SHARED: "View shared, or kept to oneself again",
    }
)
"""The actions that are told, and how."""


class Part(StrEnum):
    """What a line of the story is about, to read only that."""

    WORDS = "words"
    PEOPLE = "people"
    WORK = "work"


PART_LABELS: Mapping[Part, str] = MappingProxyType(
    {Part.WORDS: "Messages and notes", Part.PEOPLE: "People and tasks", Part.WORK: "Reports and decisions"}
)
_PARTS: Mapping[Action, Part] = MappingProxyType(
    dict.fromkeys(
        (
            Action.NOTE_ADDED,
            Action.QUESTION_ASKED,
            Action.ANSWER_RECEIVED,
            Action.ADDITION_RECEIVED,
            Action.REPLY_SENT,
        ),
        Part.WORDS,
    )
    | dict.fromkeys(
        (
            Action.PERSON_ADDED,
            Action.PERSON_CHANGED,
            Action.PERSON_TAKEN_OFF,
            Action.TASK_SET,
            Action.TASK_DONE,
            Action.TASK_REOPENED,
            Action.CASE_REVIEW_SET,
        ),
        Part.PEOPLE,
    )
)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened. `who` is a staff name, "Reporter" or "System", never a resident's name.

    `label` says what was done, `detail` the words or change that belong to it (None when there
    are none, or when they were erased). `at` is aware UTC. `from_case` is the reference of the case
    it happened in, where that went into this one since.
    """

    id: int
    at: datetime
    action: str
    label: str
    who: str
    actor_kind: ActorKind
    detail: str | None
    subject_kind: str
    subject_id: str
    from_case: str | None = None

    @property
    def part(self) -> Part:
        """What it is about."""
        return _PARTS.get(Action(self.action), Part.WORK)


def who(kind: ActorKind, staff_name: str | None) -> str:
    """Return how an actor is named on a page."""
    if kind is ActorKind.RESIDENT:
        return "Reporter"
    return staff_name or "System"


def detail(body: Mapping[str, Any] | None) -> str | None:
    """Return the words or change in the details of an event; None when there are none."""
    if not body:
        return None
    parts = [
        body.get("name"),
        _change(body),
        _reason(body),
        _review(body),
        *(body.get(name) for name in _SAID),
    ]
    return ": ".join(part for part in parts if part) or None


def other_case(body: Mapping[str, Any] | None) -> str | None:
    """Return the id of the other case that the details of an event name; None where they name none."""
    other = (body or {}).get("other_id")
    return other if isinstance(other, str) else None


def without_other_case(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return details without what names the other case, for whoever may not open that."""
    return {name: value for name, value in body.items() if name not in _OTHER}


_OTHER = frozenset({"other", "words"})
"""How a case names another one: that it is linked to, and that it went into or came from."""
_SAID = ("words", "text", "note", "other")
"""What an event may say besides a name, a change and a reason."""


def _change(body: Mapping[str, Any]) -> str | None:
    if isinstance(body.get("change"), str):
        return str(body["change"])
    labels: Mapping[str, str] = {state.value: label for state, label in case.STATE_LABELS.items()}
    if body.get("before") in set(CaseState) and body.get("after") in set(CaseState):
        return f"{labels[body['before']]} → {labels[body['after']]}"
    return None


def _review(body: Mapping[str, Any]) -> str | None:
    if body.get("review_before") is None and body.get("review_on") is None:
        return None
    return _day(body["review_on"]) if body.get("review_on") else "No date any more"


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"


def _reason(body: Mapping[str, Any]) -> str | None:
    if body.get("outcome") in set(Outcome):
        return case.OUTCOME_LABELS[Outcome(body["outcome"])]
    reason = body.get("reason")
    if reason in set(ClosedReason):
        return report.REASON_LABELS[ClosedReason(reason)]
    return reason if isinstance(reason, str) else None
