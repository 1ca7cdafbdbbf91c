"""What the sending engine promises, whatever befalls it: looked at after each step, and at the end."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from notifications.campaign_progress import results
from store.domain import spread
from store.domain.campaign import CampaignState, ends_at, key_of
from store.domain.delivery import CAMPAIGN_KIND, REPEATABLE_LANES, DeliveryState, Lane
from store.domain.frequency_cap import WEEK
from store.domain.subscription import QuietHours, Topic, concerned_by
from store.queries import campaigns
from store.queries.reminders import area_of_wards
from tests.notifications.engine import (
    MOST_A_WEEK,
    NOT_SENT,
    OPEN,
    RECORDED_SECONDS,
    THROTTLED_SECONDS,
    Engine,
    Hearing,
    Made,
    things,
)
from tests.notifications.engine_rows import Row, Stood
from tests.support.wire import Asked

READ_LATER = timedelta(seconds=1)
"""So long a reply or an alert may lie until it is read and everything before it is on its way."""
CHAT_SECONDS = timedelta(seconds=1.1)
SUBSCRIBED = ("REMINDER", "Campaign", "Alert")
MAY_HAVE_COME = {DeliveryState.SENT, DeliveryState.UNCERTAIN}


async def check(engine: Engine) -> None:
    """See that the engine kept every promise so far."""
    _check_pace(engine)
    rows, stood = await engine.rows(), await engine.stood()
    by_words = {one.words: one for one in engine.made}
    for one in engine.wire.asked[engine.looked :]:
        for text in things(one.text):
            _check_wish(engine, one, text)
            _check_hour(engine, one, text)
            if text in by_words:
                _check_campaign(stood[by_words[text].id], one)
    engine.looked = len(engine.wire.asked)
    tried, applied = _counted(engine)
    for row in rows:
        what = engine.is_moved(row.chat_id), engine.words(row)
        _check_row(row, tried[what] + ((row.bundle or row.id) in engine.cut_short), applied[what])
        _check_ended(engine, row, tried[what])
    _check_agreed(engine, stood)
    _check_week(rows)
    _check_uploads(engine)


def _check_pace(engine: Engine) -> None:
    asked_for = f"429 Too Many Requests: retry after {THROTTLED_SECONDS}"
    refused = [one.outcome for one in engine.emulated.api.calls if one.outcome.startswith("429")]
    assert set(refused) <= {asked_for}, "too fast"


def _counted(engine: Engine) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """Return how often each thing was tried and done, by chat and words."""
    tried, applied = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for one in engine.wire.asked:
        chat_id = engine.is_moved(one.chat_id)
        for text in things(one.text):
            tried[chat_id, text] += 1
            applied[chat_id, text] += one.applied
    return tried, applied


def _check_wish(engine: Engine, one: Asked, text: str) -> None:
    """Nothing goes out that is not agreed to, was halted or overtaken; nothing that is not wanted."""
    assert one.began <= engine.shut.get(text, math.inf), f"{text} went out although it may not"
    if text.startswith(SUBSCRIBED):
        assert one.began <= engine.stopped.get(one.chat_id, math.inf), f"{one} was not wanted any more"
        begins, ends = engine.away.get(one.chat_id, (one.at, one.at))
        assert not begins < one.at < ends, f"{one} came in a pause"


def _check_hour(engine: Engine, one: Asked, text: str) -> None:
    """Nothing comes at night but answers, what is for staff, and danger to life that two marked."""
    person = engine.hearing(one.chat_id)
    if person is None or text.startswith(("REPLY", "URGENT")):
        return
    danger = next((alert.danger and alert.agreed for alert in engine.made if alert.words == text), False)
    quiet = QuietHours() if text.startswith("CASE") else person.wish.quiet
    assert danger or not quiet.holds(one.at), f"{one} came at night"


def _check_campaign(stood: Stood, one: Asked) -> None:
    assert stood.started_at is not None, f"{one} went out before it began"
    assert one.at < ends_at(stood.facts, stood.started_at), f"{one} came too late"
    assert stood.facts.send_at is None or one.at >= stood.facts.send_at, f"{one} came too early"


def _check_row(row: Row, tried: int, applied: int) -> None:
    if row.lane not in REPEATABLE_LANES:
        assert applied <= 1, f"{row} came twice"
    assert applied or row.state is not DeliveryState.SENT, f"{row} never came"
    may_block = row.state is DeliveryState.BLOCKED and row.lane in REPEATABLE_LANES
    if row.lane is not Lane.REPLY and row.state in NOT_SENT and not may_block:
        assert not applied, f"{row} came, and is said not to have"
    if row.state is DeliveryState.UNCERTAIN:
        assert tried, f"{row} is in doubt, and nobody tried"
    assert row.error or row.state is not DeliveryState.FAILED, f"{row} failed, and nobody can say why"


def _check_ended(engine: Engine, row: Row, tried: int) -> None:
    """What has ended is not tried once more; what failed only where staff ask for that."""
    if row.state in OPEN or row.state is DeliveryState.HELD:
        return
    what = row.chat_id, engine.words(row)
    if engine.again.get(what) == tried and row.state is DeliveryState.FAILED:
        return  # staff asked for it to be tried again, and it was not yet
    assert engine.ended.setdefault(what, tried) == tried, f"{row} was tried again"


def _check_agreed(engine: Engine, stood: Mapping[str, Stood]) -> None:
    """What begins was agreed to, by somebody who may and did not write it."""
    may = {by.staff.id for by in engine.staff[1:]}
    for one in stood.values():
        if one.started_at is not None:
            assert one.approved_by in may - {one.author_id}, f"{one} went out, agreed to by its author"


def _check_week(rows: Sequence[Row]) -> None:
    """Nobody gets more campaigns in a week than the profile says."""
    came = defaultdict[int, list[datetime]](list)
    for row in rows:
        if row.kind == CAMPAIGN_KIND and row.state is DeliveryState.SENT and row.finished_at:
            came[row.chat_id].append(row.finished_at)
    for chat_id, times in came.items():
        times.sort()
        for first, last in zip(times, times[MOST_A_WEEK:], strict=False):
            assert last - first >= WEEK, f"{chat_id} got too many in a week: {times}"


def _check_uploads(engine: Engine) -> None:
    """The bytes of a file go up once, but for each time that nobody knows its name any more."""
    went = Counter(things(one.text)[0] for one in engine.wire.asked if one.uploads and one.applied)
    again = engine.kills + engine.forgotten + unknown(engine)
    for words, times in went.items():
        assert times <= 1 + again, f"the file of {words} went up {times} times"


def unknown(engine: Engine) -> int:
    """Return how often nobody could know what became of a request."""
    doubtful = ("drop_re", "garble", "500")
    return sum(call.outcome.startswith(doubtful) for call in engine.emulated.api.calls)


async def check_end(engine: Engine) -> None:
    """See that nobody was left out, and everything ended for a reason that holds."""
    rows, stood = await engine.rows(), await engine.stood()
    left = [row for row in rows if row.state in OPEN or row.state is DeliveryState.HELD]
    assert not left, f"still open: {left}"
    doubtful = {row.bundle or row.key for row in rows if row.state is DeliveryState.UNCERTAIN}
    assert len(doubtful) <= engine.interrupted + unknown(engine), "more in doubt than was on its way"
    _check_order(engine)
    _check_lanes(engine, rows)
    for row in rows:
        _check_reason(engine, row, stood)
    area_of = await engine.town.read(area_of_wards)
    for made in engine.made:
        one = stood[made.id]
        its = [row for row in rows if row.key.startswith(key_of(made.id))]
        assert one.started_at is not None or not its
        if one.started_at is None:
            continue
        assert one.state in {CampaignState.SENT, CampaignState.CANCELLED}, f"{made} comes to no end"
        _check_people(engine, made, one, its, area_of)
        _check_spread(engine, made, one)
        await _check_counts(engine, made, its)


def _check_order(engine: Engine) -> None:
    for person in engine.people:
        came = [one.text for one in engine.wire.asked if one.chat_id == person.id and one.applied]
        replies = list(dict.fromkeys(text for text in came if text.startswith("REPLY")))
        assert replies == sorted(replies, key=lambda text: int(text.split()[1])), "replies out of order"


def _check_lanes(engine: Engine, rows: Sequence[Row]) -> None:
    """No bulk goes while a person's reply or alert could: one that is due, and whose chat is free."""
    first: dict[tuple[int, str], datetime] = {}
    for one in engine.wire.asked:
        for text in things(one.text):
            first.setdefault((one.chat_id, text), one.at)
    waited = [
        (row.chat_id, row.due_at + READ_LATER, at)
        for row in rows
        if row.chat_id > 0 and row.lane <= Lane.URGENT and (at := first.get((row.chat_id, engine.words(row))))
    ]
    bulk = [one for one in engine.wire.asked if things(one.text)[0].startswith(("CASE", "REMINDER", "Camp"))]
    for one in bulk:
        for chat_id, due_at, at in waited:
            if due_at < one.at < at and not _is_busy(engine, chat_id, one.at):
                assert one.at < due_at, f"{one} went before what waits for {chat_id} since {due_at} till {at}"


def _is_busy(engine: Engine, chat_id: int, at: datetime) -> bool:
    """Tell whether something was on its way to a chat then, or a moment ago."""
    return any(
        one.chat_id == chat_id
        and one.at <= at
        and (one.answered_at is None or one.answered_at + CHAT_SECONDS >= at)
        for one in engine.wire.asked
    )


def _check_reason(engine: Engine, row: Row, stood: Mapping[str, Stood]) -> None:
    """What did not come did not for a reason that holds."""
    made = engine.campaign(row)
    its = stood[made.id] if made is not None else None
    if row.state is DeliveryState.BLOCKED:
        assert row.chat_id in engine.blocked, f"{row} is blocked by nobody"
    elif row.state is DeliveryState.EXPIRED:
        assert row.expires_at is not None
        assert row.finished_at is not None
        assert row.expires_at <= row.finished_at, f"{row} was still good"
    elif row.state is DeliveryState.CANCELLED:
        halted = its is not None and its.is_stopped
        assert halted or row.chat_id in engine.changed, f"{row} was cancelled by nobody"
    else:
        assert row.state is not DeliveryState.OVERTAKEN


def _check_people(
    engine: Engine, made: Made, stood: Stood, its: Sequence[Row], area_of: Mapping[str, str]
) -> None:
    """It was for whom it concerns, and whoever never wished anything else was not left out."""
    told = {row.chat_id for row in its}
    if made.first is not None:
        _check_chain(engine, made, stood, its)
        return
    concerned = {person.id for person in engine.people if _concerns(person, stood, area_of)}
    assert told <= concerned, f"{made} went to whom it does not concern: {told - concerned}"
    if stood.state is CampaignState.SENT:
        assert concerned - engine.changed <= told, f"{made} left out {concerned - engine.changed - told}"


def _concerns(person: Hearing, stood: Stood, area_of: Mapping[str, str]) -> bool:
    facts = stood.facts
    topic = Topic.URGENT if facts.urgent is not None else facts.topic
    places = concerned_by(facts.places, area_of) if facts.places else frozenset[str]()
    return (
        topic in person.wish.topics and facts.reaches(person.resident.language) and person.wish.about(places)
    )


def _check_chain(engine: Engine, made: Made, stood: Stood, its: Sequence[Row]) -> None:
    """What follows an alert goes to exactly those who got any of its chain, or may have got it."""
    others = {one.words for one in engine.chain(made) if one is not made}
    theirs = [one for one in engine.wire.asked if others & set(things(one.text))]
    for row in its:
        may = [one for one in theirs if one.chat_id == row.chat_id and _may_have_come(one, row.created_at)]
        assert may, f"{made} went to {row.chat_id}, who got nothing of what was before"
    assert stood.started_at is not None
    got = {
        one.chat_id
        for one in theirs
        if one.applied
        and (one.answered_at or one.at) + timedelta(seconds=RECORDED_SECONDS) < stood.started_at
    }
    missed = got - engine.changed - {row.chat_id for row in its}
    assert stood.state is CampaignState.CANCELLED or not missed, (
        f"{made} never went to {missed}, who got {others}"
    )


def _may_have_come(one: Asked, by: datetime) -> bool:
    was_denied = one.denied and one.answered_at is not None and one.answered_at <= by
    return one.at <= by and not was_denied


def _check_spread(engine: Engine, made: Made, stood: Stood) -> None:
    """What is spread over hours goes no faster than that."""
    if not stood.facts.spread or stood.started_at is None:
        return
    first: dict[int, datetime] = {}
    for one in engine.wire.asked:
        if made.words in things(one.text):
            first.setdefault(one.chat_id, one.at)
    for position, at in enumerate(sorted(first.values())):
        due = spread.moment(stood.started_at, stood.facts.spread, position, stood.reach or 0)
        assert at >= due, f"message {position} of {made} went before its turn"


async def _check_counts(engine: Engine, made: Made, its: Sequence[Row]) -> None:
    """What staff see is what there is."""
    view = await engine.town.read(campaigns.one, made.id)
    found = await results(engine.store, view)
    assert dict(found.counts) == dict(Counter(row.state for row in its)), f"{made} is counted wrongly"
