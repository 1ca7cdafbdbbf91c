"""Every schedule of the program, in one table. The scheduler only ticks; what is due lies in rows.

Times are Europe/London. Nothing is put between 01:00 and 02:00: that hour is missing in March
and comes twice in October.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from notifications import bundles, campaigns, meeting_sharing, reminders
from notifications.one_by_one import each, end
from notifications.scheduled import Scheduled
from store.actions import (
    campaign_occurrence,
    campaign_sending,
    cycle,
    digest,
    escalation,
    meeting_due,
    retention,
    series,
)
from store.domain.rounds import Round
from store.engine import Store
from store.queries import series as all_series

log = logging.getLogger(__name__)


async def forget(store: Store) -> str:
    """Delete what is past its time; each page of what may be very many is a unit of work."""
    counts = await store.write(retention.forget)
    for name, forget_page in retention.PAGED.items():
        page = await store.write(forget_page, 0)
        counts[name] = page.count
        while page.last is not None:
            page = await store.write(forget_page, page.last)
            counts[name] += page.count
    log.info("What was past its time is deleted.", extra={"action": "retention.done", **counts})
    return counted(sum(counts.values()), "row or file deleted", "rows and files deleted")


async def _escalate(store: Store) -> str:
    total = 0
    while count := await store.write(escalation.escalate):
        log.info("%s missed targets were escalated.", count, extra={"action": "target.escalated"})
        total += count
    return counted(total, "missed target told to supervisors", "missed targets told to supervisors")


async def _digest(store: Store) -> str:
    if not await store.write(digest.make):
        return ""
    log.info("The morning digest is made.", extra={"action": "digest.made"})
    return "the digest of the day made"


async def _publish(store: Store) -> str:
    total = 0
    while count := await store.write(meeting_due.publish_due):
        log.info("%s meetings were due to be published.", count, extra={"action": "meeting.published"})
        total += count
    return counted(total, "meeting was due", "meetings were due")


async def _extend(store: Store) -> str:
    total = 0
    for series_id in await store.read(all_series.going_on):
        if count := await store.write(series.extend, series_id):
            log.info("A series got %s more meetings.", count, extra={"action": "series.extended"})
            total += count
    return counted(total, "meeting made", "meetings made")


async def remind(store: Store) -> str:
    """Queue every reminder that is due; each page of people is a unit of work."""
    total = 0
    while (count := await store.write(reminders.tell_next)) is not None:
        log.info("%s reminders of a meeting are queued.", count, extra={"action": "meeting.reminded"})
        total += count
    return counted(total, "reminder queued", "reminders queued")


async def hear_back(store: Store, public_url: str) -> str:
    """Queue what is shared of meetings; each page of people is a unit of work."""
    total = 0
    while (count := await store.write(meeting_sharing.tell_next, public_url)) is not None:
        log.info("%s hear what came of a meeting.", count, extra={"action": "meeting.shared"})
        total += count
    return counted(total, "message queued", "messages queued")


async def come_again(store: Store) -> str:
    """Make what is due of the recurring campaigns, one of these in a unit of work."""
    its = Round()
    total = await each(
        store, campaign_occurrence.come_due, its, _logged("%s campaigns came again.", "came_again")
    )
    await end(store, its)
    return counted(total, "campaign made", "campaigns made")


async def send_campaigns(store: Store) -> str:
    """Queue every campaign that is due, or tried again, by pages of people; let end what has gone out.

    What stands for days that are over is dropped first: it is never sent late. One that fails is left out
    of all the rest, and what failed first is raised in the end.
    """
    its = Round()
    dropped = await each(
        store, campaign_occurrence.drop_missed, its, _logged("%s campaigns were missed.", "missed")
    )
    total = await each(
        store, campaigns.tell_next, its, _logged("A campaign is made out to %s people.", "made_out")
    )
    total += await each(
        store, campaigns.tell_failed, its, _logged("A campaign is tried again for %s people.", "retried")
    )
    ended = await each(
        store, campaign_sending.finish, its, _logged("%s campaigns have gone out.", "finished")
    )
    await end(store, its)
    made = counted(total, "message queued", "messages queued")
    done = counted(ended, "campaign has gone out", "campaigns have gone out")
    missed = counted(dropped, "campaign missed", "campaigns missed")
    return ", ".join(filter(None, (made, done, missed)))


def _logged(said: str, action: str) -> Callable[[int], None]:
    return lambda count: log.info(said, count, extra={"action": f"campaign.{action}"})


async def bundle(store: Store, public_url: str = "") -> str:
    """Make the digests that are due; those of a page of people are a unit of work."""
    total = 0
    while (count := await store.write(bundles.tell_next, public_url)) is not None:
        log.info("%s digests are queued.", count, extra={"action": "bundle.made"})
        total += count
    return counted(total, "digest queued", "digests queued")


async def _tell_the_year(store: Store) -> str:
    if count := await store.write(cycle.tell):
        log.info("%s are told what the plan asks for.", count, extra={"action": "cycle.told"})
    return counted(count, "reminder queued", "reminders queued")


def counted(count: int, one: str, many: str) -> str:
    """Return what was done so many times; nothing for none."""
    return f"{count} {one if count == 1 else many}" if count else ""


TIMETABLE: tuple[Scheduled, ...] = (
    Scheduled("delete what is past its time", "40 3 * * *", forget, made_up=True),
    Scheduled("make the next meetings of each series", "20 3 * * *", _extend, made_up=True),
    Scheduled("publish meetings that are due", "* 0,2-23 * * *", _publish),
    Scheduled("remind people of meetings", "* 0,2-23 * * *", remind),
    Scheduled("tell what came of meetings", "* 0,2-23 * * *", hear_back, links=True),
    Scheduled("make campaigns that come again", "* 0,2-23 * * *", come_again),
    Scheduled("send campaigns that are due", "* 0,2-23 * * *", send_campaigns),
    Scheduled("bundle what waits for a digest", "* 0,2-23 * * *", bundle, links=True),
    Scheduled("escalate what was missed", "*/10 8-19 * * *", _escalate),
    Scheduled("tell supervisors what the plan asks for", "5 9-16 * * mon-fri", _tell_the_year),
    # At a quarter past eight; the later ticks are for a start after that: it is made once a day.
    Scheduled("make the morning digest", "*/5 8-11 * * mon-fri", _digest),
)
ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "send what waits to be sent": "within moments; a look at the outbox every half second",
        "let urgent alerts go out": "at once; a look every second",
        "follow campaigns that go out": "every 5 seconds",
        "fetch photos and files, delete those that are not kept": "at once; a look every 10 seconds",
        "seal the audit log": "within a second",
    }
)
"""What runs all the time beside the timetable, and how often: it has no times of its own."""
