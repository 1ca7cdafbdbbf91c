"""How a report or case reads to staff in chat, in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from notifications.cards import category_label
from notifications.dates import day_in_words, day_seen
from notifications.pieces import shortened
from notifications.wording import say
from store.domain.case import OUTCOME_LABELS
from store.domain.case import STATE_LABELS as CASE_STATES
from store.domain.case_file import PersonFacts, TaskLine, TaskView
from store.domain.clock import LONDON
from store.domain.message import MessageKind, MessageView
from store.domain.place import Location
from store.domain.reference import AnswerKind, Profile
from store.domain.report import REASON_LABELS, Identity, ReportView
from store.domain.report import STATE_LABELS as REPORT_STATES
from store.domain.report_form import HOW_OFTEN, STILL_GOING, WHEN
from store.domain.triage import CaseLine, CasePage, Merged, ReportLine, ReportPage

LABEL_MAX_CHARACTERS = 60
SAID_MAX_CHARACTERS = 600
TASKS_MAX = 5
SAID_MAX = 10
"""A page in chat shows the last so many messages; the console shows all."""
_SAID = {
    MessageKind.QUESTION: "{who} asked",
    MessageKind.ANSWER: "The reporter answered",
    MessageKind.REPLY: "{who} replied",
    MessageKind.ADDITION: "The reporter added",
    MessageKind.NOTE: "Note by {who}",
    MessageKind.CLOSING: "{who} closed it with",
    MessageKind.TAKEN_BACK: "{who} closed it with words that were taken back, and never sent",
}


def report_label(line: ReportLine, profile: Profile) -> str:
    """Return a report as a button shows it; of a restricted one no more than its urgency."""
    if line.restriction is not None:
        parts = [line.priority.value, "Restricted", line.reference]
    else:
        what = category_label(profile, line.category)
        parts = [line.priority.value, line.reference, what, _area(profile, line.area)]
    new = f" ({line.unread} new)" if line.unread else ""
    return shortened(" · ".join(part for part in parts if part), LABEL_MAX_CHARACTERS) + new


def case_label(line: CaseLine, profile: Profile) -> str:
    """Return a case as a button shows it."""
    what = "Restricted" if line.restriction else category_label(profile, line.category)
    state = "Merged" if line.merged else CASE_STATES[line.state]
    label = f"{line.reference} · {state} · {what}"
    new = f" ({line.unread} new)" if line.unread else ""
    return shortened(label, LABEL_MAX_CHARACTERS) + new


def task_label(task: TaskLine, day: date) -> str:
    """Return a task that is due, as a button shows it: never its words."""
    due = task.due_on or day
    when = "due today" if due == day else f"late since {due.day} {due:%B}"
    return f"{task.case_reference} · Task {when}"


def report(page: ReportPage, profile: Profile) -> str:
    """Return everything chat shows of an unrestricted report."""
    told = page.report
    head = [
        f"Report {told.reference} · {told.priority.value}",
        " · ".join(
            part for part in (category_label(profile, told.category), _area(profile, told.place.area)) if part
        ),
        _standing(page),
        f"From: {_reporter(page)}",
        f"Sent: {when(told.created_at)}",
    ]
    files = [f"Files: {len(page.evidence)}, listed in the console"] if page.evidence else []
    known = [*head, *_facts(told, profile), *files]
    return _blocks(_warnings(page.warned_of), known, [told.text], page.messages)


def case(page: CasePage, profile: Profile) -> str:
    """Return what chat shows of an unrestricted case; its reports open one by one."""
    of = page.case
    if page.merged is not None:
        return _merged(page, page.merged, profile)
    outcome = f" ({OUTCOME_LABELS[of.outcome]})" if of.outcome else ""
    head = [
        f"Case {of.reference} · {of.priority.value}",
        category_label(profile, of.category),
        f"{CASE_STATES[of.state]}{outcome}",
        f"Officer: {page.officer_name or 'nobody'}",
        f"Opened: {when(of.opened_at)}",
        f"Reports: {', '.join(told.reference for told in page.reports) or 'none open to you'}",
    ]
    if page.hidden_reports:
        head.append(f"Not open to you: {page.hidden_reports}")
    file = page.file
    if file.legal_hold:
        head.append(f"Legal hold: {file.legal_hold}")
    undone = [f"To do: {_undone(task)}" for task in file.tasks if task.done_at is None]
    warnings = _warnings(one.facts for one in file.people if one.facts.warning)
    return _blocks(warnings, head, undone[:TASKS_MAX], page.messages)


def _blocks(warnings: list[str], head: list[str], more: list[str], messages: tuple[MessageView, ...]) -> str:
    """Return a page in chat: what to beware of, what it is, more of it, and what was said."""
    blocks = ["\n".join(block) for block in (warnings, head, more) if block]
    return "\n\n".join(blocks + _thread(messages))


def _warnings(people: Iterable[PersonFacts]) -> list[str]:
    return [f"Contact warning, {one.name}: {one.warning}" for one in people]


def _undone(task: TaskView) -> str:
    due = f", by {task.due_on.day} {task.due_on:%B}" if task.due_on else ""
    return f"{task.text} ({task.assignee_name}{due})"


def _merged(page: CasePage, went: Merged, profile: Profile) -> str:
    into = went.into or "another case, which is not open to you,"
    head = [
        f"Case {page.case.reference}",
        category_label(profile, page.case.category),
        f"Merged into {into} on {day_in_words(went.at, 'en')} by {went.by_name}",
        "Its reports and notes are there now.",
    ]
    return "\n\n".join(["\n".join(head), *_thread(page.messages)])


def when(at: datetime, seen: datetime | None = None) -> str:
    """Return an instant on London's clock, with its year where it is another than when it is `seen`."""
    return f"{day_seen(at, seen or at, 'en')}, {at.astimezone(LONDON):%H:%M}"


def _standing(page: ReportPage) -> str:
    told = page.report
    parts = [REPORT_STATES[told.state]]
    if told.closed_reason is not None:
        parts.append(REASON_LABELS[told.closed_reason])
    if page.case_reference and page.case_state:
        parts.append(f"{page.case_reference}, {CASE_STATES[page.case_state]}")
    elif page.taken_by_name:
        parts.append(f"taken by {page.taken_by_name}")
    return " · ".join(parts)


def _reporter(page: ReportPage) -> str:
    how = say("en", f"report.identity.{page.report.identity.value}").lower()
    who = how if page.report.identity is Identity.ANONYMOUS else f"{page.reporter_name} ({how})"
    if not page.has_chat:
        reach = f" Reach them at {page.contact}, then note what you said." if page.contact else ""
        return f"{who}\nNo chat: nothing can be sent to them.{reach}"
    if page.do_not_contact:
        who += "\nDo not contact: nothing is pushed to this person. A question waits until they write."
    return who


def _facts(told: ReportView, profile: Profile) -> Iterable[str]:
    if told.danger:
        yield "In danger when it was sent: yes"
    for label, words in (
        ("Where", _place(told.place, profile)),
        ("When", _coded("when", WHEN, told.occurred)),
        ("Still going on", _coded("still", STILL_GOING, told.still_going)),
        ("How often", _coded("often", HOW_OFTEN, told.how_often)),
    ):
        if words:
            yield f"{label}: {words}"
    if told.language != "en":
        yield f"Language: {say(told.language, 'language.name')}. What you write goes out as you write it."
    yield from _extra(told, profile)


def _place(place: Location, profile: Profile) -> str:
    """Return the place as far as it is known; a shared point without words says so."""
    said = place.words or ("a shared point, on the console's page" if place.lat is not None else "")
    beyond = f"outside the district ({place.neighbour or 'neighbour not known'})" if place.outside else ""
    return ", ".join(part for part in (said, _ward(profile, place.ward), beyond) if part)


def _extra(told: ReportView, profile: Profile) -> Iterable[str]:
    category = next((c for c in profile.categories if c.code == told.category), None)
    for asked in category.questions if category else ():
        answer = told.extra.get(asked.code)
        if answer is None:
            continue
        labels = {choice.code: choice.label["en"] for choice in asked.choices}
        if asked.kind is AnswerKind.YES_NO:
            labels = {"yes": "Yes", "no": "No"}
        yield f"{asked.text['en']} {labels.get(answer, answer)}"


def _coded(step: str, codes: tuple[str, ...], answer: str | None) -> str:
    return say("en", f"report.{step}.{answer}") if answer in codes else answer or ""


def _thread(messages: tuple[MessageView, ...]) -> list[str]:
    left_out = len(messages) - SAID_MAX
    more = [f"{left_out} earlier messages are in the console."] if left_out > 0 else []
    return more + [_line(message) for message in messages[-SAID_MAX:]]


def _line(message: MessageView) -> str:
    who = _SAID[message.kind].format(who=message.staff_name)
    return f"{who}, {when(message.created_at)}:\n{shortened(message.text, SAID_MAX_CHARACTERS)}"


def _area(profile: Profile, code: str | None) -> str:
    return next((area.name for area in profile.areas if area.code == code), code or "")


def _ward(profile: Profile, code: str | None) -> str:
    return next((ward.name for ward in profile.wards if ward.code == code), code or "")
