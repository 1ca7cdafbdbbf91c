"""What staff may do while the engine sends: to campaigns, to urgent alerts, and to what comes again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from store.actions import campaign, campaign_file, campaign_retry, urgent
from store.domain.campaign import TO_BE_CHANGED, CampaignFacts, CampaignState
from store.domain.delivery import DeliveryState, Lane
from store.domain.urgent import Urgent, UrgentKind
from tests.notifications.engine import ALWAYS, APPROVER, REFUSED, Engine, Made
from tests.notifications.engine_patterns import pattern
from tests.support.campaign_files import attached
from tests.support.campaigns import facts
from tests.support.papers import PAPER
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE
from tests.support.urgent import FLOOD

DRAFT, SUBMITTED, APPROVED = range(3)
"""How far staff bring what they make."""
FILES: Mapping[str, bytes] = {"picture": jpeg(), "document": PAPER}
FORMS: Mapping[str, Callable[[datetime], dict[str, Any]]] = {
    "plain": lambda _at: {},
    "spread": lambda _at: {"spread": 3},
    "later": lambda at: {"send_at": at + timedelta(hours=5)},
    "short": lambda _at: {"good_for": timedelta(hours=2)},
    "polish": lambda _at: {"languages": frozenset({"pl"})},
    "ward": lambda _at: {"places": frozenset({"central-harbour"})},
    "picture": lambda _at: {},
    "document": lambda _at: {},
}
GONE = (CampaignState.SENDING, CampaignState.SENT)
_TO_BE: Mapping[str, Sequence[CampaignState]] = {
    "pause": (CampaignState.SENDING,),
    "resume": (CampaignState.PAUSED,),
    "cancel": (CampaignState.SENDING, CampaignState.PAUSED),
}


def _said(made: Made, told: CampaignFacts) -> CampaignFacts:
    """Return facts that say what this says now."""
    title = told.title if made.lane is Lane.URGENT else made.words
    return replace(told, title=title, texts={"en": made.words, "pl": made.words})


async def _keep(
    engine: Engine, made: Made, told: CampaignFacts, act: Callable[..., Any] | None = None, *args: Any
) -> bool:
    """Make it, as a draft; tell whether that could be."""
    by = engine.staff[made.author]
    reference = await engine.attempt(act or campaign.make, by, *args, _said(made, told), PROFILE.district)
    if reference is REFUSED:
        return False
    made.reference = reference
    await _known(engine, made)
    return True


async def _known(engine: Engine, made: Made) -> None:
    found = await engine.stood()
    made.id = next(one.id for one in found.values() if one.facts.texts["en"] == made.words)
    engine.made.append(made)
    engine.shut[made.words] = ALWAYS


async def _bring(engine: Engine, made: Made, stage: int, *, danger: bool = False) -> None:
    if stage >= SUBMITTED:
        await engine.attempt(_verb(made, "submit"), engine.staff[made.author], made.reference)
    if stage >= APPROVED:
        await _agree(engine, made, APPROVER, danger=danger)


def _verb(made: Made, name: str) -> Callable[..., Any]:
    """Return what staff do to this; alerts can be neither paused nor resumed, but staff may try."""
    if made.lane is Lane.URGENT and name in {"submit", "send_back", "cancel"}:
        return getattr(urgent, name)
    if name == "retry":
        return urgent.retry if made.lane is Lane.URGENT else campaign_retry.retry
    return getattr(campaign, name)


async def _campaign(engine: Engine, what: tuple[str, int, int]) -> None:
    form, author, stage = what
    made = Made(engine.number(), "", "", Lane.CAMPAIGN, author)
    if not await _keep(engine, made, facts(**FORMS[form](engine.town.clock.now()))):
        return
    if form in FILES:
        await _attach(engine, made, author, FILES[form])
    await _bring(engine, made, stage)


async def _alert(engine: Engine, what: tuple[int, int, bool, bool]) -> None:
    """Write an alert, with danger to life or not, and let it go out with or without that."""
    author, stage, danger, agreed = what
    made = Made(engine.number(), "", "", Lane.URGENT, author, danger)
    about = Urgent(UrgentKind.FLOODING, danger)
    if await _keep(engine, made, replace(FLOOD, urgent=about)):
        await _bring(engine, made, stage, danger=agreed)


async def _follow(engine: Engine, what: tuple[int, int, tuple[int, bool, float]]) -> None:
    """Follow an alert up, or say that all is clear."""
    number, author, (stage, all_clear, seconds) = what
    before = await engine.pick(number, *GONE, lane=Lane.URGENT)
    if before is None:
        return
    await asyncio.sleep(seconds)
    first = before.first or before
    made = Made(engine.number(), "", "", Lane.URGENT, author, first=first, all_clear=all_clear)
    told = replace(FLOOD, urgent=Urgent(UrgentKind.FLOODING, all_clear=all_clear))

    if await _keep(engine, made, told, urgent.follow, before.reference):
        await _bring(engine, made, stage)


async def _agree(engine: Engine, made: Made, who: int, *, danger: bool) -> None:
    """Let somebody agree; of an alert that follows others nothing of those goes out any more."""
    was = await engine.state(made)
    by = engine.staff[who]
    if made.lane is Lane.URGENT:
        done = await engine.attempt(urgent.approve, by, made.reference, danger=danger)
    else:
        done = await engine.attempt(campaign.approve, by, made.reference)
    if done is REFUSED or was is not CampaignState.WAITING:
        return
    assert who not in {made.author, 0}, f"{made} goes out as staff number {who} alone agreed"
    engine.shut.pop(made.words, None)
    made.agreed = danger
    for other in engine.chain(made) if made.first else ():
        if other is not made:
            engine.shut.setdefault(other.words, engine.now)


async def _submit(engine: Engine, number: int) -> None:
    if made := await engine.pick(number, CampaignState.DRAFT):
        await engine.attempt(_verb(made, "submit"), engine.staff[made.author], made.reference)


async def _approve(engine: Engine, what: tuple[int, int, bool]) -> None:
    number, who, danger = what
    if made := await engine.pick(number, CampaignState.WAITING):
        await _agree(engine, made, who, danger=danger)


async def _send_back(engine: Engine, number: int) -> None:
    if made := await engine.pick(number, CampaignState.WAITING, CampaignState.APPROVED):
        by = engine.staff[APPROVER]
        done = await engine.attempt(_verb(made, "send_back"), by, made.reference, "Shorter, please.")
        _close(engine, made, done)


def _close(engine: Engine, made: Made, done: Any) -> None:
    if done is not REFUSED:
        engine.shut.setdefault(made.words, engine.now)


async def _edit(engine: Engine, what: tuple[int, int]) -> None:
    """Let somebody write other words: nobody agreed to those yet."""
    number, who = what
    made = await engine.pick(number, *TO_BE_CHANGED)
    if made is None:
        return
    told = (await engine.stood())[made.id].facts
    new = replace(made, version=made.version + 1)
    done = await engine.attempt(
        campaign.change, engine.staff[who], made.reference, _said(new, told), PROFILE.district
    )
    if done is REFUSED:
        return
    engine.shut.setdefault(made.words, engine.now)
    made.version, made.author = new.version, who
    engine.shut[made.words] = ALWAYS
    assert await engine.state(made) is CampaignState.DRAFT, f"{made} was changed and is still agreed to"


async def _picture(engine: Engine, what: tuple[int, int, str]) -> None:
    """Put a file to something, or take it off; `lost` is one whose bytes lie nowhere."""
    number, who, form = what
    made = await engine.pick(number, *TO_BE_CHANGED)
    if made is None:
        return
    if form == "none":
        done = await engine.attempt(campaign_file.remove, engine.staff[who], made.reference)
        await _changed(engine, made, who, done)
        made.key = None if done is not REFUSED else made.key
    else:
        await _attach(engine, made, who, FILES.get(form, FILES["picture"]), lost=form == "lost")


async def _attach(engine: Engine, made: Made, who: int, body: bytes, *, lost: bool = False) -> None:
    had = made.key
    done = await engine.attempt(attached, engine.staff[who], made.reference, body)
    if done is REFUSED:
        return
    await _changed(engine, made, who, done)
    made.key = had or done
    if not lost:
        await engine.put(done, body)


async def _changed(engine: Engine, made: Made, who: int, done: Any) -> None:
    """Nobody agreed to what was changed; the same once more is no change."""
    if done is not REFUSED and (found := (await engine.stood())[made.id]).state is CampaignState.DRAFT:
        engine.shut.setdefault(made.words, engine.now)
        ours = engine.staff[who].staff.id
        made.author = who if found.author_id == ours else made.author


async def _operate(engine: Engine, number: int, name: str) -> None:
    made = await engine.pick(number, *_TO_BE[name])
    if made is None:
        return
    done = await engine.attempt(_verb(made, name), engine.staff[0], made.reference)
    if name == "resume" and done is not REFUSED:
        engine.shut.pop(made.words, None)
    elif name in {"pause", "cancel"}:
        _close(engine, made, done)


async def _retry(engine: Engine, number: int) -> None:
    """Try again what failed: only that may be tried once more."""
    rows = [row for row in await engine.rows() if row.state is DeliveryState.FAILED]
    its = sorted({made.number: made for row in rows if (made := engine.campaign(row))}.items())
    made = its[number % len(its)][1] if its else await engine.pick(number)
    if made is None:
        return
    failed = [row for row in rows if engine.campaign(row) is made]
    if await engine.attempt(_verb(made, "retry"), engine.staff[0], made.reference) is not REFUSED:
        engine.retried += len(failed)
        for row in failed:
            what = row.chat_id, made.words
            engine.again[what] = engine.ended.pop(what, engine.again.get(what, 0))


STAFF_ACTS: dict[str, Callable[[Engine, Any], Awaitable[None]]] = {
    "campaign": _campaign,
    "alert": _alert,
    "follow": _follow,
    "submit": _submit,
    "approve": _approve,
    "send back": _send_back,
    "edit": _edit,
    "file": _picture,
    "pattern": pattern,
    "pause": partial(_operate, name="pause"),
    "resume": partial(_operate, name="resume"),
    "cancel": partial(_operate, name="cancel"),
    "retry": _retry,
}
