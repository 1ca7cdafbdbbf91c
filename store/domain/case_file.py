"""What a case holds besides its reports: people, tasks, tags, related cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from store.domain.case import CaseState
from store.domain.errors import Refusal
from store.domain.place import Location

NAME_MAX_CHARACTERS = 200
TASK_MAX_CHARACTERS = 500
NOTE_MAX_CHARACTERS = 2_000


class PersonRole(StrEnum):
    """What somebody is to a case; Part 3 of the Data Protection Act 2018 (s.38) keeps these apart."""

    REPORTER = "reporter"
    VICTIM = "victim"
    WITNESS = "witness"
    SUBJECT = "subject"


ROLE_LABELS = {
    PersonRole.REPORTER: "Reporter",
    PersonRole.VICTIM: "Victim",
    PersonRole.WITNESS: "Witness",
    PersonRole.SUBJECT: "Subject of the case",
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is written down of a person. `warning` says how they must not be contacted."""

    role: PersonRole
    name: str
    contact: str | None = None
    note: str | None = None
    warning: str | None = None
    under_18: bool = False


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of a case, for somebody who may open it. `version` goes up with every change."""

    id: str
    facts: PersonFacts
    version: int


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do about a case. `due_on` is a London day; `version` goes up with every change.

    `stranded`: it is not done, and whose it is may not open the case.
    """

    id: str
    text: str
    assignee_id: str
    assignee_name: str
    due_on: date | None
    done_at: datetime | None
    version: int
    stranded: bool = False


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of one's own, for the desk. `category` is that of its case."""

    id: str
    text: str
    case_reference: str
    category: str
    due_on: date | None

    def is_due(self, day: date) -> bool:
        """Tell whether it is to be done by this day."""
        return self.due_on is not None and self.due_on <= day


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A related case that the same person may open. `merged`: it went into another one."""

    reference: str
    category: str
    state: CaseState
    ward: str | None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case that is no report. Open tasks first, by day.

    `review_on` is the London day on which to look at it again, `legal_hold` why nothing of it may
    be deleted (None: no hold).
    """

    place: Location
    people: tuple[PersonView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[LinkedCase, ...] = ()
    review_on: date | None = None
    legal_hold: str | None = None


def checked_person(facts: PersonFacts) -> PersonFacts:
    """Return what was typed without the blanks around it, nothing for what is empty.

    Refusals: `person.needs_name`, `person.too_long` (with `maximum`, in characters).
    """
    name = " ".join(facts.name.split())
    if not name:
        raise Refusal("person.needs_name")
    contact, note, warning = (_or_none(said) for said in (facts.contact, facts.note, facts.warning))
    if len(name) > NAME_MAX_CHARACTERS or len(contact or "") > NAME_MAX_CHARACTERS:
        raise Refusal("person.too_long", maximum=NAME_MAX_CHARACTERS)
    if max(len(note or ""), len(warning or "")) > NOTE_MAX_CHARACTERS:
        raise Refusal("person.too_long", maximum=NOTE_MAX_CHARACTERS)
    return PersonFacts(facts.role, name, contact, note, warning, facts.under_18)


def told_change(before: PersonFacts, after: PersonFacts) -> str:
    """Return what changed of a person, as the story of the case tells it."""
    pairs = (
        ("Role", ROLE_LABELS[before.role], ROLE_LABELS[after.role]),
        ("Name", before.name, after.name),
        ("Phone or address", before.contact, after.contact),
        ("Contact warning", before.warning, after.warning),
        ("Note", before.note, after.note),
        ("Under 18", _yes_no(before), _yes_no(after)),
    )
    return "; ".join(f"{label}: {old or '–'} → {new or '–'}" for label, old, new in pairs if old != new)


def checked_task(text: str) -> str:
    """Return what is to be done. Refusals: `task.needs_text`, `task.too_long` (with `maximum`)."""
    said = " ".join(text.split())
    if not said:
        raise Refusal("task.needs_text")
    if len(said) > TASK_MAX_CHARACTERS:
        raise Refusal("task.too_long", maximum=TASK_MAX_CHARACTERS)
    return said


def _yes_no(facts: PersonFacts) -> str:
    return "yes" if facts.under_18 else "no"


def _or_none(said: str | None) -> str | None:
    return (said or "").strip() or None
