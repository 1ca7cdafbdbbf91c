"""How a recurring campaign reads to staff in chat, in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from handlers.chat.staff.campaign_texts import above, besides, fitted, readers, words
from handlers.chat.staff.texts import LABEL_MAX_CHARACTERS, when
from notifications.pieces import shortened
from store.domain.campaign import STATE_LABELS as CAMPAIGN_STATES
from store.domain.campaign import TO_BE_CHANGED, CampaignState
from store.domain.campaign_pattern import AHEAD, STATE_LABELS, Pattern, PatternState
from store.domain.campaign_rule import Occurrence, span_words
from store.domain.reference import Profile
from store.queries.campaign_occurrences import Came
from store.queries.campaign_patterns import PatternPage


def label(pattern: Pattern, following: Occurrence | None) -> str:
    """Return a recurring campaign as a button shows it, with its state and the first day that comes next."""
    stands = STATE_LABELS[pattern.state]
    if pattern.unreadable:
        stands = f"{stands} · Cannot be read"
    elif pattern.state is PatternState.ACTIVE:
        days = f" {span_words(following.first, following.first)}" if following else ", when a person says so"
        stands = f"{stands}{days}"
    return shortened(f"{stands} · {pattern.plan.facts.title}", LABEL_MAX_CHARACTERS)


def label_of_time(came: Came) -> str:
    """Return one time of it as a button shows it."""
    state = came.state or CampaignState.DRAFT
    confirm = ", confirm its days" if came.unconfirmed and state in TO_BE_CHANGED else ""
    return f"{CAMPAIGN_STATES[state]}{confirm} · {came.words or 'no days yet'}"


def page(found: PatternPage, profile: Profile, at: datetime) -> str:
    """Return everything chat shows of a recurring campaign at this time.

    One that would take several messages has its words shortened, unless it waits to be approved for all its
    times: whoever does that reads all of it.
    """

    def written(texts: Mapping[str, str]) -> str:
        return _page(found, profile, at, texts)

    of, texts = found.pattern, found.pattern.plan.facts.texts
    waits = of.plan.may_go_alone and not found.alone and of.state is not PatternState.ENDED
    return written(texts) if waits else fitted(written, texts)


def _page(found: PatternPage, profile: Profile, at: datetime, texts: Mapping[str, str]) -> str:
    of, facts = found.pattern, found.pattern.plan.facts
    head = f"Recurring campaign {of.reference} · {STATE_LABELS[of.state]}\n{facts.title}"
    if of.unreadable:
        return f"{head}\nWhat is kept of it cannot be read. It can only be ended. Written by: {of.author}"
    lines = [*_comes(found), *readers(facts, profile), *besides(facts, profile), *_agreed(found, at)]
    return "\n\n".join([head, *above(found.file), *words(texts), "\n".join(lines)])


def _comes(found: PatternPage) -> Iterable[str]:
    """Return the lines on when it comes again."""
    of, plan = found.pattern, found.pattern.plan
    spread = f", spread over {plan.facts.spread} hours" if plan.facts.spread else ""
    yield f"Comes again: {plan.rule.words}"
    yield f"Goes out: on its first day at {plan.at:%H:%M}{spread}, outside quiet hours"
    days = "; ".join(one.words for one in found.next_days)
    guess = " (a person confirms them each time)" if plan.guesses else ""
    if of.state is PatternState.ACTIVE:
        yield f"Next: {days}{guess}" if days else "Next: when a person says so"
    if of.note:
        yield of.note


def _agreed(found: PatternPage, at: datetime) -> Iterable[str]:
    """Return the lines on who wrote it, and whether each time of it is approved by itself."""
    of, until = found.pattern, found.pattern.approved_until
    yield f"Written by: {of.author}"
    if of.approver is not None and of.approved_at is not None:
        yield f"Approved for all its times by: {of.approver}, {when(of.approved_at, at)}"
    if of.state is PatternState.ENDED:
        return
    if until is not None and found.alone:
        yield f"It goes out by itself until {when(until, at)}."
    else:
        ahead = f" {AHEAD.days} days before it comes" if of.plan.rule.has_dates else " by somebody"
        yield f"A draft of each time is made{ahead}. A supervisor who did not write it approves it."
