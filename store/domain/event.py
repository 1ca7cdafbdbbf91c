"""Events: the one append-only record of who did what, chained by hash.

An event holds no words, only a salted digest of its details. Details and salt can be erased; the
event, its digest and the chain stay whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from store.domain.actor import Actor

GENESIS = "0" * 64
"""What the first event of a chain is chained to."""


class Action(StrEnum):
    """What was done; `subject.verb`. Opening a record is an action as changing it is."""

    REPORT_SENT = "report.sent"
    REPORT_OPENED = "report.opened"
    REPORT_TAKEN = "report.taken"
    REPORT_ASSIGNED = "report.assigned"
    REPORT_RELEASED = "report.released"
    REPORT_RESTRICTED = "report.restricted"
    REPORT_SIGNPOSTED = "report.signposted"
    REPORT_REJECTED = "report.rejected"
    REPORT_REOPENED = "report.reopened"
    REPORT_WITHDRAWN = "report.withdrawn"
    REPORT_ADDED_TO_CASE = "report.added_to_case"
    REPORT_PLACED = "report.placed"
    CASE_OPENED = "case.opened"
    CASE_VIEWED = "case.viewed"
    CASE_TAKEN = "case.taken"
    CASE_ASSIGNED = "case.assigned"
    CASE_RELEASED = "case.released"
    CASE_TAGGED = "case.tagged"
    CASE_STATE_CHANGED = "case.state_changed"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_LINKED = "case.linked"
    CASE_UNLINKED = "case.unlinked"
    CASE_REVIEW_SET = "case.review_set"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_TAKEN_OFF = "person.taken_off"
    TASK_SET = "task.set"
    TASK_DONE = "task.done"
    TASK_REOPENED = "task.reopened"
    CASE_MERGED = "case.merged"
    CASE_UNMERGED = "case.unmerged"
    CASE_SPLIT = "case.split"
    CASE_RECLASSIFIED = "case.reclassified"
    CASE_RESTRICTED = "case.restricted"
    CASE_HELD = "case.held"
    CASE_HOLD_LIFTED = "case.hold_lifted"
    REPORT_MOVED = "report.moved"
    NOTE_ADDED = "note.added"
    QUESTION_ASKED = "question.asked"
    ANSWER_RECEIVED = "answer.received"
    ADDITION_RECEIVED = "addition.received"
    REPLY_SENT = "reply.sent"
    EVIDENCE_ADDED = "evidence.added"
    EVIDENCE_FETCHED = "evidence.fetched"
    EVIDENCE_REFUSED = "evidence.refused"
    EVIDENCE_OPENED = "evidence.opened"
    EVIDENCE_QUARANTINED = "evidence.quarantined"
    EVIDENCE_MARKED = "evidence.marked"
    EVIDENCE_ORIGINAL_DELETED = "evidence.original_deleted"
    EVIDENCE_WITHOUT_PLACE = "evidence.without_place"
    PERSON_OPENED = "person.opened"
    SEARCH_MADE = "search.made"
    EXPORT_MADE = "export.made"
    TARGET_MISSED = "target.missed"
    DIGEST_MADE = "digest.made"
    VIEW_SAVED = "view.saved"
    VIEW_RENAMED = "view.renamed"
    VIEW_SHARED = "view.shared"
    VIEW_DELETED = "view.deleted"
    STAFF_ADDED = "staff.added"
    STAFF_DISABLED = "staff.disabled"
    STAFF_GRANTED = "staff.granted"
    STAFF_GRANT_ENDED = "staff.grant_ended"
    STAFF_LINKED = "staff.linked"
    STAFF_CODE_MADE = "staff.code_made"
    STAFF_LINK_MADE = "staff.link_made"
    STAFF_PASSWORD_CHANGED = "staff.password_changed"  # noqa: S105 - the name of an action
    STAFF_SECOND_FACTOR_RENEWED = "staff.second_factor_renewed"
    STAFF_SIGNED_IN = "staff.signed_in"
    STAFF_SIGN_IN_FAILED = "staff.sign_in_failed"
    STAFF_SIGNED_OUT = "staff.signed_out"
    MEETING_MADE = "meeting.made"
    MEETING_CHANGED = "meeting.changed"
    MEETING_PUBLISHED = "meeting.published"
    MEETING_CANCELLED = "meeting.cancelled"
    MEETING_PUBLISHING_SET = "meeting.publishing_set"
    MEETING_PRIORITIES_SET = "meeting.priorities_set"
    MEETING_SHARED = "meeting.shared"
    MEETING_DOCUMENT_ATTACHED = "meeting.document_attached"
    MEETING_DOCUMENT_REMOVED = "meeting.document_removed"
    MEETING_TURNOUT_SET = "meeting.turnout_set"
    SERIES_MADE = "series.made"
    SERIES_CHANGED = "series.changed"
    SERIES_PUBLISHED = "series.published"
    SERIES_ENDED = "series.ended"
    ATTENDANCE_SAID = "attendance.said"
    ATTENDANCE_MOVED_UP = "attendance.moved_up"
    AGENDA_ASKED = "agenda.asked"
    AGENDA_SUPPORTED = "agenda.supported"
    AGENDA_SUPPORTED_NO_MORE = "agenda.supported_no_more"
    AGENDA_WITHDRAWN = "agenda.withdrawn"
    AGENDA_REPORTED = "agenda.reported"
    AGENDA_LISTED = "agenda.listed"
    AGENDA_REWORDED = "agenda.reworded"
    AGENDA_MOVED = "agenda.moved"
    AGENDA_MERGED = "agenda.merged"
    AGENDA_DECLINED = "agenda.declined"
    AGENDA_ANSWERED = "agenda.answered"
    AGENDA_REPORT_OFFERED = "agenda.report_offered"
    ATTENDANCE_HERE = "attendance.here"
    CAMPAIGN_MADE = "campaign.made"
    CAMPAIGN_CHANGED = "campaign.changed"
    CAMPAIGN_FILE_ATTACHED = "campaign.file_attached"
    CAMPAIGN_FILE_REMOVED = "campaign.file_removed"
    CAMPAIGN_FILE_GONE = "campaign.file_gone"
    CAMPAIGN_SUBMITTED = "campaign.submitted"
    CAMPAIGN_SENT_BACK = "campaign.sent_back"
    CAMPAIGN_APPROVED = "campaign.approved"
    CAMPAIGN_TESTED = "campaign.tested"
    CAMPAIGN_KEPT = "campaign.kept"
    CAMPAIGN_STARTED = "campaign.started"
    CAMPAIGN_PAUSED = "campaign.paused"
    CAMPAIGN_RESUMED = "campaign.resumed"
    CAMPAIGN_CANCELLED = "campaign.cancelled"
    CAMPAIGN_FINISHED = "campaign.finished"
    CAMPAIGN_FAILED = "campaign.failed"
    CAMPAIGN_DAYS_CONFIRMED = "campaign.days_confirmed"
    PATTERN_MADE = "pattern.made"
    PATTERN_CHANGED = "pattern.changed"
    PATTERN_FILE_ATTACHED = "pattern.file_attached"
    PATTERN_FILE_REMOVED = "pattern.file_removed"
    PATTERN_APPROVED = "pattern.approved"
    PATTERN_PAUSED = "pattern.paused"
    PATTERN_RESUMED = "pattern.resumed"
    PATTERN_ENDED = "pattern.ended"
    PATTERN_CAME = "pattern.came"
    PATTERN_MISSED = "pattern.missed"
    PATTERN_FAILED = "pattern.failed"
    CAMPAIGN_RETRIED = "campaign.retried"
    RESIDENT_STARTED = "resident.started"
    LANGUAGE_CHANGED = "language.changed"
    SUBSCRIBED = "subscription.subscribed"
    SUBSCRIPTION_CHANGED = "subscription.changed"
    SUBSCRIPTION_PAUSED = "subscription.paused"
    SUBSCRIPTION_STOPPED = "subscription.stopped"
    DO_NOT_CONTACT_CHANGED = "do_not_contact.changed"
    PRIVACY_HIDDEN = "privacy.hidden"
    ALERT_RAISED = "alert.raised"
    ALERT_OPENED = "alert.opened"
    ALERT_ANSWERED = "alert.answered"
    ALERT_DONE = "alert.done"
    UPDATE_PARKED = "update.parked"
    JOB_ASKED = "job.asked"
    JOB_FAILED = "job.failed"
    JOB_MENDED = "job.mended"
    CYCLE_TOLD = "cycle.told"
    CYCLE_DONE = "cycle.done"
    CYCLE_REOPENED = "cycle.reopened"
    REFERENCE_SEEDED = "reference.seeded"
    REFERENCE_CHANGED = "reference.changed"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done, by whom and to what. `digest` stands for details kept elsewhere."""

    id: int
    at: datetime
    actor: Actor
    action: str
    subject_kind: str
    subject_id: str
    digest: str


def canonical_json(details: Mapping[str, object]) -> str:
    """Return the one spelling of `details`; it reads back to something that spells the same.

    `TypeError` or `ValueError` for what JSON cannot hold; dates become ISO 8601.
    """
    return _spelled(dict(details))


def _spelled(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in the details of an event")


def digest(salt: bytes, details: Mapping[str, object]) -> str:
    """Return the salted SHA-256 of `details`, hexadecimal.

    The salt's length goes first, so that no byte can move between salt and details unseen.
    """
    told = canonical_json(details).encode()
    return hashlib.sha256(len(salt).to_bytes(8, "big") + salt + told).hexdigest()


def chain_hash(previous: str, seq: int, event: Event) -> str:
    """Return the hash that seals `event` as number `seq` after the hash `previous`, hexadecimal.

    Every column is in it, as one JSON list, so that no two different events spell the same.
    `ValueError` for an event whose time is naive.
    """
    if event.at.tzinfo is None:
        raise ValueError("an event's time must be aware")
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    actor = [event.actor.kind, event.actor.id, event.actor.channel]
    subject = [event.subject_kind, event.subject_id]
    columns = [previous, seq, event.id, at, actor, event.action, subject, event.digest]
    return hashlib.sha256(_spelled(columns).encode()).hexdigest()
