"""What may befall the sending engine that staff do not do: time, crashes, faults, residents' wishes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.emulator.faults import Fault, FaultKind
from notifications import bundles, campaigns
from notifications.timetable import bundle, come_again, send_campaigns
from store.actions import campaign_sending, resident, subscription
from store.actions.subscription import Consent
from store.domain.delivery import Lane
from store.domain.rounds import Round
from store.domain.subscription import Topic
from store.queries import subscriptions
from tests.notifications.engine import THROTTLED_SECONDS, Engine
from tests.notifications.engine_patterns import came

TROUBLE = ("fail", "drop_request", "drop_reply", "garble", "too_many", "refuse", "reject", "forget")
STILL_SECONDS = 60
"""The windows of groups go by the loop's time, which stands while the clock is moved."""


async def _go_on(engine: Engine, seconds: float) -> None:
    await come_again(engine.store)
    await came(engine)
    await send_campaigns(engine.store)
    await bundle(engine.store)
    await asyncio.sleep(seconds)


async def _in_part(engine: Engine, units: int) -> None:
    """Let the timetable die after so many units of work of each kind."""
    for _ in range(units):
        await engine.store.write(campaigns.tell_next, Round())
        await engine.store.write(campaigns.tell_failed, Round())
        await engine.store.write(bundles.tell_next, "")
    await engine.store.write(campaign_sending.finish, Round())
    await asyncio.sleep(0.1)


async def _stand_still(engine: Engine, hours: float) -> None:
    await engine.kill()
    engine.town.clock.advance(timedelta(hours=hours))
    await asyncio.sleep(STILL_SECONDS)
    await engine.start()


async def _kill(engine: Engine, seconds: float) -> None:
    await engine.kill()
    await asyncio.sleep(seconds)
    await engine.start()


async def _say(engine: Engine, what: tuple[int, Lane, int]) -> None:
    """Queue something for a resident, or (with a number below 0) for a group of staff."""
    who, lane, times = what
    chat_id = engine.people[who].id if who >= 0 else engine.groups[-1 - who]
    await engine.queue(chat_id, lane, times)


async def _move(engine: Engine, _number: int) -> None:
    """Make a supergroup of the first group: it has another id from now on."""
    old, new = engine.groups
    engine.wire.moved[old] = new


async def _stop(engine: Engine, who: int) -> None:
    person = engine.people[who]
    await engine.town.write(subscription.stop, person.resident)
    engine.stopped.setdefault(person.id, engine.now)
    engine.changed.add(person.id)


async def _leave(engine: Engine, who: int) -> None:
    """Let somebody want no more campaigns and alerts, but all the rest."""
    person = engine.people[who]
    wish = await engine.town.read(subscriptions.of, person.resident.id)
    if wish is not None and wish.stopped_at is None:
        less = replace(wish, topics=frozenset({Topic.SURVEYS}))
        await engine.town.write(subscription.change, person.resident, less)
        engine.left.setdefault(person.id, engine.now)
        engine.changed.add(person.id)


async def _pause(engine: Engine, what: tuple[int, int]) -> None:
    """Let somebody want nothing for some hours."""
    who, hours = what
    person, at = engine.people[who], engine.town.clock.now()
    until = at + timedelta(hours=hours)
    if await engine.town.write(subscription.pause, person.resident, until) is not None:
        engine.away[person.id] = at, until
        engine.changed.add(person.id)


async def _block(engine: Engine, who: int) -> None:
    person = engine.people[who]
    person.chat.block()
    engine.blocked.add(person.id)
    engine.changed.add(person.id)


async def _come_back(engine: Engine, who: int) -> None:
    """Let somebody want all that they wanted at first."""
    person = engine.people[who]
    person.chat.unblock()
    await engine.town.write(resident.mark_blocked, person.id, blocked=False)
    await engine.town.write(subscription.subscribe, person.resident, person.wish, Consent("Yes", "en"))
    engine.stopped.pop(person.id, None)
    engine.left.pop(person.id, None)
    engine.away.pop(person.id, None)


async def _trouble(engine: Engine, what: tuple[str, int]) -> None:
    kind, times = what
    faults = engine.emulated.faults
    if kind == "refuse":
        engine.wire.refuse += times
    elif kind == "too_many":
        faults.too_many(retry_after=THROTTLED_SECONDS, times=times)
    elif kind == "reject":
        faults.fail(times=times, code=400)
    elif kind == "forget":
        for method in ("sendPhoto", "sendDocument"):
            said = "Bad Request: wrong file identifier/HTTP URL specified"
            faults.add(Fault(FaultKind.FAIL, method, times, code=400, description=said))
        engine.forgotten += times
    else:
        getattr(faults, kind)(times=times)


async def _far(engine: Engine, seconds: float) -> None:
    engine.wire.there = engine.wire.back = seconds


ACTS: dict[str, Callable[[Engine, Any], Awaitable[None]]] = {
    "go on": _go_on,
    "in part": _in_part,
    "stand still": _stand_still,
    "kill": _kill,
    "say": _say,
    "move": _move,
    "stop": _stop,
    "leave": _leave,
    "take a break": _pause,
    "block": _block,
    "come back": _come_back,
    "trouble": _trouble,
    "far": _far,
}
