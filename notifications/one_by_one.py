"""Work through what is due, one thing in a unit of work; what fails is logged and left out of the round."""

from __future__ import annotations

import logging
from collections.abc import Callable

from store.actions import campaign_trouble
from store.domain.rounds import Round
from store.engine import Session, Store

log = logging.getLogger(__name__)


async def each(
    store: Store, work: Callable[[Session, Round], int | None], its: Round, done: Callable[[int], None]
) -> int:
    """Do this until it finds nothing more (None); return the sum of what it did.

    `done` is told what each unit did, if anything. Trouble that is no fault of one thing is raised at once.
    """
    total = 0
    while True:
        its.begin()
        try:
            count = await store.write(work, its)
        except Exception as trouble:
            if not its.leave_out(trouble):
                raise
            log.exception("%s failed and is left out.", its.at, extra={"action": "round.left_out"})
            continue
        if count is None:
            return total
        if count:
            done(count)
        total += count


async def end(store: Store, its: Round) -> None:
    """Write down which campaigns failed in this round, and raise why the first did."""
    if its.failed:
        await store.write(campaign_trouble.note, tuple(its.failed))
    its.end()
