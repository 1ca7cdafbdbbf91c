"""What can be done about a whole case: merge, split, correct, restrict, keep from deletion."""

from __future__ import annotations

from handlers.web.console.cases import PATH, case_page, path_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.restriction import asked_restriction
from handlers.web.visit import Visit
from store.actions import case_facts, case_merge
from store.actions import hold as holds
from store.actions.restriction import restrict_case
from store.domain import reference_number
from store.domain.case_facts import Fact
from store.domain.errors import Refusal

REPORT = "report-"
"""How the fields begin that choose reports; the reference follows."""


async def merge(visit: Visit, reference: str) -> str:
    """Let it go into another case, and look there."""
    into = reference_number.parse(visit.form.get("into", ""))
    if into is None:
        raise Refusal("case.choose_other")
    other = await visit.store.write(case_merge.merge, visit.by, reference, into, version=visit.version)
    return path_of(other.reference)


async def unmerge(visit: Visit, reference: str) -> str:
    """Take it out of the case that it went into."""
    await visit.store.write(case_merge.unmerge, visit.by, reference, visit.version)
    return path_of(reference)


async def split(visit: Visit, reference: str) -> str:
    """Make a case of the chosen reports, and look there."""
    chosen = [name.removeprefix(REPORT) for name in visit.form if name.startswith(REPORT)]
    new = await visit.store.write(case_merge.split, visit.by, reference, chosen, version=visit.version)
    return path_of(new.reference)


async def reclassify(visit: Visit, reference: str) -> str:
    """Correct what it is about."""
    facts: dict[Fact, str | None] = {fact: visit.form[fact] for fact in Fact if fact in visit.form}
    correction = (facts, visit.form.get("reason", ""))
    profile = visit.site.profile()
    await visit.store.write(
        case_facts.reclassify, visit.by, reference, profile, correction, version=visit.version
    )
    return path_of(reference)


async def restrict(visit: Visit, reference: str) -> str | tuple[str, str]:
    """Say to whom it opens; where not to oneself any more, go on to the list."""
    kind, reason = asked_restriction(visit)
    shown = await visit.store.write(restrict_case, visit.by, reference, kind, reason, visit.version)
    return path_of(reference) if shown else (PATH, "case-restricted-away")


async def hold(visit: Visit, reference: str) -> str:
    """Keep all of it from being deleted."""
    await visit.store.write(holds.hold, visit.by, reference, visit.form.get("reason", ""), visit.version)
    return path_of(reference)


async def lift_hold(visit: Visit, reference: str) -> str:
    """Let it be deleted in its time again."""
    reason = visit.form.get("reason", "")
    await visit.store.write(holds.lift_hold, visit.by, reference, reason, visit.version)
    return path_of(reference)


_route = routes_of(PATH, "case.not_found", case_page)
ROUTES = (
    _route("merge", "case-merged", merge),
    _route("unmerging", "case-unmerged", unmerge),
    _route("split", "case-split", split),
    _route("reclassification", "case-reclassified", reclassify),
    _route("restriction", "case-restricted", restrict),
    _route("hold", "case-held", hold),
    _route("hold-lifting", "hold-lifted", lift_hold),
)
