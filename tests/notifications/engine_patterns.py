"""What staff may do while the engine sends: make what comes again, here once."""

from __future__ import annotations

from datetime import timedelta

from store.actions import campaign_pattern
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.delivery import Lane
from store.domain.recurrence import local_of
from store.domain.staff import By
from store.engine import Session
from store.tables.campaign import CampaignRow
from tests.notifications.engine import ALWAYS, APPROVER, REFUSED, Engine, Made
from tests.support.campaign_patterns import plan
from tests.support.triage_factory import PROFILE


async def pattern(engine: Engine, what: tuple[int, int, bool]) -> None:
    """Make what comes again, here once: in some days; it may be approved for all its times."""
    days, author, approved = what
    name = f"Campaign {engine.number()}"
    start = local_of(engine.town.clock.now()).date() + timedelta(days=days)
    rule = CampaignRule(Kind.OFTEN, rrule="FREQ=WEEKLY;COUNT=1", start=start)
    wanted = plan(rule, title=name, texts={"en": name, "pl": name})
    by = engine.staff[author]
    reference = await engine.attempt(campaign_pattern.make, by, wanted, PROFILE.district)
    if reference is REFUSED:
        return
    engine.patterns[name] = reference, author
    engine.shut[name] = ALWAYS
    if approved and await _agreed_for_all(engine, by, reference):
        engine.shut.pop(name)
    await came(engine)


async def _agreed_for_all(engine: Engine, author: By, reference: str) -> bool:
    alone = await engine.attempt(campaign_pattern.approve, author, reference)
    assert alone is REFUSED, "a recurring campaign goes out as its author alone agreed"
    return await engine.attempt(campaign_pattern.approve, engine.staff[APPROVER], reference) is not REFUSED


async def came(engine: Engine) -> None:
    """Get to know what recurring campaigns have made by themselves."""
    known = {one.id for one in engine.made}
    for found in (await engine.stood()).values():
        words = found.facts.texts["en"]
        if found.id not in known and words in engine.patterns and not found.is_stopped:
            number, (_, author) = int(words.split()[1]), engine.patterns[words]
            reference = await engine.town.read(_reference, found.id)
            engine.made.append(Made(number, reference, found.id, Lane.CAMPAIGN, author))


def _reference(session: Session, campaign_id: str) -> str:
    return session.get_one(CampaignRow, campaign_id).reference
