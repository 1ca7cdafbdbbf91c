"""Every schedule of the program, in one table. The scheduler only ticks; what is due lies in rows.

Times are Europe/London. Nothing is put between 01:00 and 02:00: that hour is missing in March
and comes twice in October.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from notifications import campaigns, meeting_sharing, reminders
from store.actions import campaign_sending, digest, escalation, meeting_due, retention, series
from store.domain.clock import LONDON
from store.engine import Store
from store.queries import series as all_series

log = logging.getLogger(__name__)

LATE_SECONDS = 6 * 3600
"""A tick that was missed is made up for, if it is not later than this."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One scheduled thing: when it ticks (cron, local time) and what it does.

    `links`: it writes links, and is told the public address of the web besides.
    """

    name: str
    when: str
    work: Callable[..., Awaitable[None]]
    links: bool = False


async def _forget(store: Store) -> None:
    counts = await store.write(retention.forget)
    log.info("What was past its time is deleted.", extra={"action": "retention.done", **counts})


async def _escalate(store: Store) -> None:
    while count := await store.write(escalation.escalate):
        log.info("%s missed targets were escalated.", count, extra={"action": "target.escalated"})


async def _digest(store: Store) -> None:
    if await store.write(digest.make):
        log.info("The morning digest is made.", extra={"action": "digest.made"})


async def _publish(store: Store) -> None:
    while count := await store.write(meeting_due.publish_due):
        log.info("%s meetings were due to be published.", count, extra={"action": "meeting.published"})


async def _extend(store: Store) -> None:
    for series_id in await store.read(all_series.going_on):
        if count := await store.write(series.extend, series_id):
            log.info("A series got %s more meetings.", count, extra={"action": "series.extended"})


async def remind(store: Store) -> None:
    """Queue every reminder that is due; each page of people is a unit of work."""
    while (count := await store.write(reminders.tell_next)) is not None:
        log.info("%s reminders of a meeting are queued.", count, extra={"action": "meeting.reminded"})


async def hear_back(store: Store, public_url: str) -> None:
    """Queue what is shared of meetings; each page of people is a unit of work."""
    while (count := await store.write(meeting_sharing.tell_next, public_url)) is not None:
        log.info("%s hear what came of a meeting.", count, extra={"action": "meeting.shared"})


async def send_campaigns(store: Store) -> None:
    """Queue every campaign that is due, a page of people at a time; let end what has all gone out."""
    while (count := await store.write(campaigns.tell_next)) is not None:
        log.info("A campaign is made out to %s people.", count, extra={"action": "campaign.made_out"})
    if ended := await store.write(campaign_sending.finish):
        log.info("%s campaigns have gone out.", ended, extra={"action": "campaign.finished"})


TIMETABLE: tuple[Scheduled, ...] = (
    Scheduled("delete what is past its time", "40 3 * * *", _forget),
    Scheduled("make the next meetings of each series", "20 3 * * *", _extend),
    Scheduled("publish meetings that are due", "* 0,2-23 * * *", _publish),
    Scheduled("remind people of meetings", "* 0,2-23 * * *", remind),
    Scheduled("tell what came of meetings", "* 0,2-23 * * *", hear_back, links=True),
    Scheduled("send campaigns that are due", "* 0,2-23 * * *", send_campaigns),
    Scheduled("escalate what was missed", "*/10 8-19 * * *", _escalate),
    # At a quarter past eight; the later ticks are for a start after that: it is made once a day.
    Scheduled("make the morning digest", "*/5 8-11 * * mon-fri", _digest),
)


def scheduler(store: Store, public_url: str) -> AsyncIOScheduler:
    """Return a scheduler with everything of the timetable; not started."""
    made = AsyncIOScheduler(timezone=LONDON)
    for entry in TIMETABLE:
        made.add_job(
            entry.work,
            CronTrigger.from_crontab(entry.when, timezone=LONDON),
            args=[store, public_url] if entry.links else [store],
            id=entry.name,
            coalesce=True,
            misfire_grace_time=LATE_SECONDS,
        )
    return made
