"""A life of the sending engine: a town, whatever befalls it, and how all of it comes to an end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from bot.emulator.limits import Limits as EmulatorLimits
from bot.emulator.town import Options
from bot.emulator.town import Town as EmulatedTown
from notifications import sender as sender_module
from store.actions import bundle, campaign_sending, campaign_settle, reference, resident, subscription
from store.actions.subscription import Consent
from store.domain.campaign import CampaignState
from store.domain.delivery import DeliveryState, Lane
from store.domain.staff import Role
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.engine import Session, open_store
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow
from tests.notifications.engine import LIMITS, MOST_A_WEEK, OPEN, Engine, Hearing
from tests.notifications.engine_acts import ACTS
from tests.notifications.engine_promises import check, check_end
from tests.notifications.engine_staff import STAFF_ACTS
from tests.notifications.post_office import NOON
from tests.support.triage_factory import PROFILE, Town
from tests.support.virtual import VirtualClock, VirtualLoop
from tests.support.wire import Wire

WITH_DIGESTS = 3
"""So many of them want all that is not urgent in one message a day."""
POLISH = (1, 5)
QUIET = {3: QuietHours(time(0), time(0)), 4: QuietHours(time(13), time(17))}
PLACES = {6: "central-harbour", 7: "margate-central"}
PEOPLE = 8
FEW_A_WEEK = replace(PROFILE, district=replace(PROFILE.district, campaigns_a_week=MOST_A_WEEK))
PAGE = 3
"""So few people, messages and digests are worked on at once that there are many pages."""
ROUNDS = 60


async def live(url: str, steps: Sequence[tuple[str, Any]]) -> Counter[str]:
    """Let all this befall a new engine on the database at `url`, then let it come to its end.

    Return what came of it: how many messages, by how they ended, and how many of what went out.
    """
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    clock = VirtualClock(loop, NOON)
    async with open_store(url, clock) as store:
        engine = await _engine(Town(store, clock), loop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PTB_TIMEDELTA", "true")  # as the application sets it
            patch.setattr(sender_module, "time", SimpleNamespace(monotonic=loop.time))
            for module in (bundle, campaign_sending, campaign_settle):
                patch.setattr(module, "AT_ONCE", PAGE)
            await engine.start()
            try:
                for kind, value in steps:
                    await _do(engine, kind, value)
                await _to_the_end(engine)
                return await _came(engine)
            finally:
                await engine.kill()


async def _do(engine: Engine, kind: str, value: Any) -> None:
    """Do one thing, and see that all is well."""
    await (ACTS | STAFF_ACTS)[kind](engine, value)
    await check(engine)


async def _to_the_end(engine: Engine) -> None:
    """Let all trouble pass; then everything comes to an end."""
    engine.emulated.faults.clear()
    engine.wire.refuse, engine.wire.there, engine.wire.back = 0, 0.03, 0.05
    for number in range(len(engine.made)):
        await _do(engine, "resume", number)
        await _do(engine, "retry", number)
    for _ in range(ROUNDS):
        await _do(engine, "go on", 20.0)
        comes = await engine.town.read(_comes)
        if comes is None:
            break
        if comes > engine.town.clock.now():
            wait = comes - engine.town.clock.now() + timedelta(seconds=1)
            await _do(engine, "stand still", wait / timedelta(hours=1))
    await _do(engine, "go on", 1.0)
    await check_end(engine)


async def _came(engine: Engine) -> Counter[str]:
    stood = await engine.stood()
    came = Counter(f"messages {row.state.value}" for row in await engine.rows())
    for made in engine.made:
        if stood[made.id].started_at is not None:
            kind = "follow-ups" if made.first else "alerts" if made.lane is Lane.URGENT else "campaigns"
            came[f"{kind} begun"] += 1
            came["with a file"] += made.key is not None
    came["files gone up"] += sum(one.uploads for one in engine.wire.asked)
    came["files by name"] += sum(one.names is not None for one in engine.wire.asked)
    came["tried again by staff"] += engine.retried
    return came


def _comes(session: Session) -> datetime | None:
    """Return when the next thing is to be done; None where nothing is. A digest goes as one thing."""
    open_ones = [state.value for state in (*OPEN, DeliveryState.HELD)]
    waits = select(DeliveryRow.due_at).where(
        DeliveryRow.state.in_(open_ones), DeliveryRow.bundled_into.is_(None)
    )
    agreed = select(CampaignRow).where(CampaignRow.state == CampaignState.APPROVED.value)
    times = [one.send_at or one.created_at for one in session.scalars(agreed)]
    return min([*session.scalars(waits), *times], default=None)


async def _engine(town: Town, loop: VirtualLoop) -> Engine:
    emulated = EmulatedTown(Options(limits=EmulatorLimits(per_second=LIMITS.per_second)))
    emulated.world.clock.monotonic = loop.time  # type: ignore[method-assign]
    await town.write(reference.seed, FEW_A_WEEK)
    staff = [await town.staff("Sam")]
    staff += [await town.staff(name, Role.SUPERVISOR) for name in ("Hal", "Sue")]
    groups = [emulated.group(f"Desk {number}").chat.id for number in range(2)]
    people = [await _person(town, emulated, number) for number in range(PEOPLE)]
    return Engine(town, emulated, Wire(emulated, town.clock), people, groups, staff)


async def _person(town: Town, emulated: EmulatedTown, number: int) -> Hearing:
    language = "pl" if number in POLISH else "en"
    chat = emulated.person(f"Resident {number}")
    person = await town.write(resident.meet, chat.id, chat.name, language)
    wish = Subscription(
        frozenset({Topic.CAMPAIGNS, Topic.URGENT}),
        frozenset({PLACES[number]}) if number in PLACES else frozenset(),
        Frequency.DAILY if number < WITH_DIGESTS else Frequency.AT_ONCE,
        QUIET.get(number, QuietHours()),
    )
    await town.write(subscription.subscribe, person, wish, Consent("Yes", language))
    return Hearing(person, chat, wish)
