"""People, tasks, tags, review date and related cases: each deed is a resource of its own."""

from __future__ import annotations

from datetime import date

from handlers.web.console.cases import PATH, case_page, path_of
from handlers.web.console.deeds import routes_of
from handlers.web.visit import Visit
from store.actions import case_link, case_person, task
from store.domain import reference_number
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.errors import Refusal


async def add_person(visit: Visit, reference: str) -> str:
    """Write down a person."""
    await visit.store.write(case_person.add, visit.by, reference, _facts(visit))
    return f"{path_of(reference)}"


async def change_person(visit: Visit, reference: str) -> str:
    """Change what is written of a person."""
    person_id = visit.form.get("person", "")
    facts = _facts(visit)
    await visit.store.write(case_person.change, visit.by, reference, person_id, facts, visit.version)
    return path_of(reference)


async def take_person_off(visit: Visit, reference: str) -> str:
    """Take a person off the case."""
    person_id = visit.form.get("person", "")
    await visit.store.write(case_person.take_off, visit.by, reference, person_id, visit.version)
    return path_of(reference)


async def set_task(visit: Visit, reference: str) -> str:
    """Set a task, for oneself where nobody is chosen."""
    text, assignee = visit.form.get("text", ""), visit.form.get("assignee") or visit.staff.id
    await visit.store.write(task.add, visit.by, reference, text, assignee, _day(visit, "due"))
    return path_of(reference)


async def finish_task(visit: Visit, reference: str) -> str:
    """Say that a task is done."""
    await visit.store.write(task.finish, visit.by, reference, visit.form.get("task", ""), visit.version)
    return path_of(reference)


async def reopen_task(visit: Visit, reference: str) -> str:
    """Say that a task is not done after all."""
    await visit.store.write(task.reopen, visit.by, reference, visit.form.get("task", ""), visit.version)
    return path_of(reference)


async def set_review(visit: Visit, reference: str) -> str:
    """Set the day on which to look at the case again."""
    await visit.store.write(task.set_review, visit.by, reference, _day(visit, "day"), visit.version)
    return path_of(reference)


async def link(visit: Visit, reference: str) -> str:
    """Link it to another case."""
    await visit.store.write(case_link.link, visit.by, reference, _other(visit))
    return path_of(reference)


async def unlink(visit: Visit, reference: str) -> str:
    """Unlink it from another case."""
    await visit.store.write(case_link.unlink, visit.by, reference, _other(visit), visit.version)
    return path_of(reference)


def _other(visit: Visit) -> str:
    typed = visit.form.get("other", "").strip()
    if not typed:
        raise Refusal("case.choose_one")
    return reference_number.parse(typed) or typed


def _facts(visit: Visit) -> PersonFacts:
    role = visit.form.get("role", "")
    if role not in set(PersonRole):
        raise Refusal("person.needs_role")
    said = visit.form.get
    return PersonFacts(
        PersonRole(role),
        said("name", ""),
        said("contact"),
        said("note"),
        said("warning"),
        under_18=bool(said("under_18")),
    )


def _day(visit: Visit, name: str) -> date | None:
    typed = visit.form.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Refusal("day.unreadable") from error


_route = routes_of(PATH, "case.not_found", case_page)
ROUTES = (
    _route("person", "person-added", add_person),
    _route("person-change", "person-changed", change_person),
    _route("person-removal", "person-off", take_person_off),
    _route("task", "task-set", set_task),
    _route("task-completion", "task-done", finish_task),
    _route("task-reopening", "task-again", reopen_task),
    _route("review", "review-set", set_review),
    _route("link", "linked", link),
    _route("unlinking", "unlinked", unlink),
)
