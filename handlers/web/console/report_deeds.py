"""What can be done about a report: each deed is a resource of its own, answered by a redirect."""

from __future__ import annotations

from urllib.parse import urlencode

from handlers.web.console import cases
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import NOTED, noted
from handlers.web.console.reports import PATH, path_of, report_page
from handlers.web.console.restriction import asked_restriction
from handlers.web.visit import Visit
from store.actions import case_merge, message, triage
from store.actions.restriction import restrict_report
from store.domain import reference_number
from store.domain.errors import Refusal
from store.domain.report import ClosedReason
from store.queries import reports


async def take(visit: Visit, reference: str) -> str:
    """Take it, so that two people do not decide it at once."""
    await visit.store.write(triage.take, visit.by, reference, visit.version)
    return path_of(reference)


async def release(visit: Visit, reference: str) -> str:
    """Put it back into the queue."""
    await visit.store.write(triage.release, visit.by, reference, visit.version)
    return path_of(reference)


async def open_case(visit: Visit, reference: str) -> str:
    """Open a case from it."""
    case = await visit.store.write(triage.open_case, visit.by, reference, visit.version)
    return await _next(visit, reference, cases.path_of(case.reference))


async def add_to_case(visit: Visit, reference: str) -> str:
    """Make it part of a case: one that was suggested, or one whose reference was typed."""
    typed = visit.form.get("other", "").strip() or visit.form.get("case", "")
    wanted = reference_number.parse(typed) or typed
    if not wanted:
        raise Refusal("case.choose_one")
    case = await visit.store.write(triage.add_to_case, visit.by, reference, wanted, version=visit.version)
    return await _next(visit, reference, cases.path_of(case.reference))


async def move(visit: Visit, reference: str) -> str:
    """Put it into another case than the one it is in."""
    wanted = reference_number.parse(visit.form.get("into", ""))
    if wanted is None:
        raise Refusal("case.choose_other")
    case = await visit.store.write(case_merge.move_report, visit.by, reference, wanted, visit.version)
    return cases.path_of(case.reference)


async def ask(visit: Visit, reference: str) -> str:
    """Ask the reporter something."""
    text = visit.form.get("text", "")
    await visit.store.write(message.ask, visit.by, reference, text, visit.version)
    return path_of(reference)


async def reply(visit: Visit, reference: str) -> str:
    """Tell the reporter something."""
    text = visit.form.get("text", "")
    await visit.store.write(message.reply, visit.by, reference, text, visit.version)
    return path_of(reference)


async def note(visit: Visit, reference: str) -> tuple[str, str]:
    """Keep a note for staff."""
    note = await visit.store.write(
        message.note_on_report, visit.by, reference, visit.form.get("text", ""), spoke="spoke" in visit.form
    )
    return await noted(visit, path_of(reference), note)


async def signpost(visit: Visit, reference: str) -> str:
    """Close it by pointing the reporter to somebody else."""
    reason, words = _ending(visit)
    await visit.store.write(triage.signpost, visit.by, reference, reason, words, visit.version)
    return await _next(visit, reference, path_of(reference))


async def reject(visit: Visit, reference: str) -> str:
    """Close it, as nothing for a case."""
    reason, words = _ending(visit)
    await visit.store.write(triage.reject, visit.by, reference, reason, words, visit.version)
    return await _next(visit, reference, path_of(reference))


async def reopen(visit: Visit, reference: str) -> str:
    """Put it back into the queue after it was closed, and say why."""
    reason = visit.form.get("reason", "")
    await visit.store.write(triage.reopen, visit.by, reference, reason, visit.version)
    return path_of(reference)


async def restrict(visit: Visit, reference: str) -> str | tuple[str, str]:
    """Say to whom it opens; where not to oneself any more, go on to the queue."""
    kind, reason = asked_restriction(visit)
    shown = await visit.store.write(restrict_report, visit.by, reference, kind, reason, visit.version)
    return path_of(reference) if shown else (PATH, "report-restricted-away")


async def _next(visit: Visit, reference: str, decided: str) -> str:
    """Go on to the next report of the queue, from where this one stood; else look at what was `decided`."""
    following = await visit.store.read(reports.next_waiting, visit.staff, reference)
    return f"{path_of(following)}?{urlencode({'about': decided})}" if following else decided


def _ending(visit: Visit) -> tuple[ClosedReason, str]:
    chosen = visit.form.get("reason", "")
    if chosen not in set(ClosedReason):
        raise Refusal("report.needs_reason")
    return ClosedReason(chosen), visit.form.get("words", "")


_route = routes_of(PATH, "report.not_found", report_page)
ROUTES = (
    _route("taking", "taken", take),
    _route("release", "released", release),
    _route("case", "case-opened", open_case),
    _route("case-addition", "report-added", add_to_case),
    _route("move", "report-moved", move),
    _route("question", "question-sent", ask),
    _route("reply", "replied", reply),
    _route("note", NOTED, note),
    _route("signposting", "signposted", signpost),
    _route("rejection", "rejected", reject),
    _route("reopening", "report-reopened", reopen),
    _route("restriction", "report-restricted", restrict),
)
