"""What can be done about a case: each deed is a resource of its own, answered by a redirect."""

from __future__ import annotations

from handlers.web.console.cases import EVERYBODY, PATH, case_page, path_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import NOTED, noted
from handlers.web.visit import Visit
from store.actions import case, message
from store.domain.case import CaseState, Outcome
from store.domain.errors import Refusal


async def take(visit: Visit, reference: str) -> str:
    """Work it from now on."""
    await visit.store.write(case.take, visit.by, reference, version=visit.version)
    return path_of(reference)


async def move(visit: Visit, reference: str) -> str:
    """Move it to another state."""
    to = visit.form.get("state", "")
    if to not in set(CaseState):
        raise Refusal("case.choose_state")
    await visit.store.write(case.move, visit.by, reference, CaseState(to), version=visit.version)
    return path_of(reference)


async def close(visit: Visit, reference: str) -> str:
    """Close it, with an outcome and words for the reporters."""
    outcome = visit.form.get("outcome", "")
    if outcome not in set(Outcome):
        raise Refusal("case.close_needs_outcome")
    words = visit.form.get("words", "")
    await visit.store.write(case.close, visit.by, reference, Outcome(outcome), words, version=visit.version)
    return path_of(reference)


async def ask(visit: Visit, reference: str) -> str:
    """Ask one of its reporters something."""
    said = (visit.form.get("text", ""), visit.version)
    await visit.store.write(message.ask, visit.by, _reporter(visit), *said, case_reference=reference)
    return path_of(reference)


async def reply(visit: Visit, reference: str) -> str:
    """Tell one of its reporters something, or all of them."""
    to, said = _reporter(visit), (visit.form.get("text", ""), visit.version)
    if to == EVERYBODY:
        await visit.store.write(message.reply_to_all, visit.by, reference, *said)
    else:
        await visit.store.write(message.reply, visit.by, to, *said, case_reference=reference)
    return path_of(reference)


def _reporter(visit: Visit) -> str:
    chosen = visit.form.get("report", "")
    if not chosen:
        raise Refusal("case.choose_reporter")
    return chosen


async def note(visit: Visit, reference: str) -> tuple[str, str]:
    """Keep a note for staff."""
    note = await visit.store.write(
        message.note_on_case, visit.by, reference, visit.form.get("text", ""), spoke="spoke" in visit.form
    )
    return await noted(visit, path_of(reference), note)


async def reopen(visit: Visit, reference: str) -> str:
    """Open it again, and say why."""
    reason = visit.form.get("reason", "")
    await visit.store.write(case.reopen, visit.by, reference, reason, visit.version)
    return path_of(reference)


_route = routes_of(PATH, "case.not_found", case_page)
ROUTES = (
    _route("taking", "case-taken", take),
    _route("state", "state-changed", move),
    _route("closure", "case-closed", close),
    _route("question", "question-sent", ask),
    _route("reply", "replied", reply),
    _route("note", NOTED, note),
    _route("reopening", "case-reopened", reopen),
)
