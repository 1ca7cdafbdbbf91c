"""Campaigns: what is told to those who subscribed, who must agree first, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain import spread
from store.domain import urgent as urgent_rules
from store.domain.campaign_button import CampaignButton, check_category
from store.domain.delivery import Lane
from store.domain.errors import Refusal, Unreadable
from store.domain.questions import clean
from store.domain.reference import LANGUAGES, District
from store.domain.staff import Staff, may_approve_campaigns
from store.domain.subscription import Topic
from store.domain.urgent import Urgent

TITLE_MAX_CHARACTERS = 200
TEXT_MAX_CHARACTERS = 3_000
"""A message holds 4,096; the buttons and a translation that runs longer want room."""
LINK_MAX_CHARACTERS = 500
GOOD_FOR_DAYS = 7
MOST_DAYS = 90
LANGUAGE_OF_ALL = "en"
"""What somebody reads for whose language no text was written."""
TOPICS = (Topic.CAMPAIGNS, Topic.SURVEYS, Topic.YOU_SAID)
"""What a campaign may be about; urgent alerts say more, and meetings tell of themselves."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class CampaignState(StrEnum):
    """How far a campaign is on its way."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"


STATE_LABELS: Mapping[CampaignState, str] = MappingProxyType(
    {
        CampaignState.DRAFT: "Draft",
        CampaignState.WAITING: "Waits for approval",
        CampaignState.APPROVED: "Approved",
        CampaignState.SENDING: "Going out",
        CampaignState.PAUSED: "Paused",
        CampaignState.SENT: "Sent",
        CampaignState.CANCELLED: "Cancelled",
    }
)
MOVES: Mapping[CampaignState, frozenset[CampaignState]] = MappingProxyType(
    {
        CampaignState.DRAFT: frozenset({CampaignState.WAITING, CampaignState.CANCELLED}),
        CampaignState.WAITING: frozenset(
            {CampaignState.APPROVED, CampaignState.DRAFT, CampaignState.CANCELLED}
        ),
        CampaignState.APPROVED: frozenset(
            {CampaignState.SENDING, CampaignState.DRAFT, CampaignState.CANCELLED}
        ),
        CampaignState.SENDING: frozenset({CampaignState.PAUSED, CampaignState.SENT, CampaignState.CANCELLED}),
        CampaignState.PAUSED: frozenset({CampaignState.SENDING, CampaignState.CANCELLED}),
        CampaignState.SENT: frozenset({CampaignState.SENDING}),
        CampaignState.CANCELLED: frozenset(),
    }
)
TO_BE_CHANGED = frozenset({CampaignState.DRAFT, CampaignState.WAITING, CampaignState.APPROVED})
"""In these its words and its readers may still change; an approval is gone with that."""
SHOWN = frozenset({CampaignState.SENDING, CampaignState.SENT})
"""In these everybody may read it, but for one that is not for the public page."""
UNDER_WAY = frozenset({CampaignState.SENDING, CampaignState.PAUSED})
OVER = frozenset({CampaignState.SENT, CampaignState.CANCELLED})


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What staff say of a campaign.

    `texts` are by language; `places` are codes of areas or wards, none of them everywhere. `languages`
    narrows it to people who read these (none: all). `send_at` (aware UTC) is when it goes out, None as
    soon as it is approved; what did not go out `good_for` after that goes out no more. It is spread evenly
    over so many hours of the day (`spread`), 0: at once. `category` is the kind of problem at which its
    button "Report this" opens the form. `public`: everybody may read it once it goes out, see `shown`.
    `urgent` makes an alert of it.
    """

    title: str
    topic: Topic
    texts: Mapping[str, str]
    places: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    link: str | None = None
    send_at: datetime | None = None
    good_for: timedelta = timedelta(days=GOOD_FOR_DAYS)
    spread: int = 0
    buttons: frozenset[CampaignButton] = frozenset()
    category: str | None = None
    public: bool = True
    urgent: Urgent | None = None

    @property
    def lane(self) -> Lane:
        """The lane in which it goes out."""
        return Lane.CAMPAIGN if self.urgent is None else Lane.URGENT

    @property
    def untranslated(self) -> tuple[str, ...]:
        """The languages of its readers that have no text of their own: they get the English one."""
        return tuple(one for one in LANGUAGES if self.reaches(one) and one not in self.texts)

    def reaches(self, language: str) -> bool:
        """Tell whether it is for people who read this language."""
        return not self.languages or language in self.languages

    def text(self, language: str) -> str:
        """Return its words for somebody who reads this language, placeholders not filled."""
        return self.texts.get(language) or self.texts[LANGUAGE_OF_ALL]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign as it is read. Times are aware UTC; who made and approved it are names.

    `all_told`: it has been made out to everybody.
    """

    id: str
    reference: str
    state: CampaignState
    facts: CampaignFacts
    version: int
    author_id: str
    author: str
    approver: str | None = None
    approved_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    all_told: bool = False
    danger_agreed: bool = False
    """Whoever approved it marked danger to life."""
    unreadable: bool = False
    """What is kept of it makes no sense: but for its name and its lane `facts` say nothing."""

    @property
    def at_any_hour(self) -> bool:
        """Whether it comes in quiet hours too; see `at_any_hour`."""
        return at_any_hour(self.facts, danger_agreed=self.danger_agreed)


def at_any_hour(facts: CampaignFacts, *, danger_agreed: bool) -> bool:
    """Tell whether it breaks quiet hours: an urgent alert where both people marked danger to life."""
    return facts.urgent is not None and facts.urgent.danger and danger_agreed


def may(state: CampaignState, to: CampaignState) -> bool:
    """Tell whether a campaign may go from `state` to `to`; staying is no move."""
    return to in MOVES[state]


def check_may(state: CampaignState, to: CampaignState) -> None:
    """Refuse (`campaign.cannot_move`, with `state`) what `may` does not allow."""
    if not may(state, to):
        raise Refusal("campaign.cannot_move", state=STATE_LABELS[state])


def check_retry(
    state: CampaignState, facts: CampaignFacts, started_at: datetime | None, at: datetime
) -> None:
    """Refuse (`campaign.cannot_move`, `campaign.too_late`) what cannot be tried again.

    That is what is not going out and has not gone out, and what is not good any more.
    """
    if started_at is None or state not in {CampaignState.SENDING, CampaignState.SENT}:
        raise Refusal("campaign.cannot_move", state=STATE_LABELS[state])
    if ends_at(facts, started_at) <= at:
        raise Refusal("campaign.too_late")


def check_approver(staff: Staff, author_id: str) -> None:
    """Refuse (`campaign.supervisor_only`, `campaign.own`) who may not let this campaign go out."""
    if not may_approve_campaigns(staff):
        raise Refusal("campaign.supervisor_only")
    if staff.id == author_id:
        raise Refusal("campaign.own")


def checked(facts: CampaignFacts, district: District) -> CampaignFacts:
    """Return the facts, their words without blanks around them, if a campaign can be made of them.

    Refusals: `campaign.needs_title`, `campaign.needs_text`, `campaign.too_long` (`maximum`),
    `campaign.bad_topic`, `campaign.bad_link`, `campaign.bad_placeholder` (`name`), `campaign.bad_days`,
    `campaign.bad_spread` (`most`), `campaign.spread_too_long` for what would end before all of it is out,
    `campaign.needs_report_button`; of an urgent alert also those of `urgent.check`.
    """
    title, link = clean(facts.title), (facts.link or "").strip()
    texts = {code: said for code, text in facts.texts.items() if (said := clean(text))}
    if not title:
        raise Refusal("campaign.needs_title")
    if LANGUAGE_OF_ALL not in texts:
        raise Refusal("campaign.needs_text")
    if facts.topic not in (TOPICS if facts.urgent is None else {Topic.URGENT}):
        raise Refusal("campaign.bad_topic")
    if link and not link.startswith("https://"):
        raise Refusal("campaign.bad_link")
    if not timedelta(hours=1) <= facts.good_for <= timedelta(days=MOST_DAYS):
        raise Refusal("campaign.bad_days", most=MOST_DAYS)
    _check_spread(facts)
    check_category(facts.category, facts.buttons)
    _check_words(title, link, texts, district)
    if facts.urgent is not None:
        urgent_rules.check(map(len, texts.values()), facts.good_for)
    return replace(facts, title=title, texts=texts, link=link or None)


def _check_spread(facts: CampaignFacts) -> None:
    if not 0 <= facts.spread <= spread.MOST_HOURS:
        raise Refusal("campaign.bad_spread", most=spread.MOST_HOURS)
    if facts.spread and facts.good_for < spread.takes_at_most(facts.spread):
        raise Refusal("campaign.spread_too_long")


def _check_words(title: str, link: str, texts: Mapping[str, str], district: District) -> None:
    for said, most in ((title, TITLE_MAX_CHARACTERS), (link, LINK_MAX_CHARACTERS)):
        if len(said) > most:
            raise Refusal("campaign.too_long", maximum=most)
    for text in texts.values():
        if len(text) > TEXT_MAX_CHARACTERS:
            raise Refusal("campaign.too_long", maximum=TEXT_MAX_CHARACTERS)
        filled(text, district)


def filled(text: str, district: District) -> str:
    """Return a text with its placeholders filled. Refusal: `campaign.bad_placeholder` (`name`)."""
    known = {"partnership": district.partnership, "council": district.council, "email": district.email}

    def value(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise Refusal("campaign.bad_placeholder", name=found[1], known=", ".join(sorted(known)))
        return known[found[1]]

    return _PLACEHOLDER.sub(value, text)


def shown(state: CampaignState, facts: CampaignFacts) -> bool:
    """Tell whether everybody may read it now: while it goes out and afterwards, but not what was stopped.

    An urgent alert is not: it is for a few places and hours, and would be read as if it held on.
    """
    return facts.public and facts.urgent is None and state in SHOWN


def key_of(campaign_id: str) -> str:
    """Return how the keys of all messages of a campaign begin."""
    return f"campaign:{campaign_id}:"


def ends_at(facts: CampaignFacts, started_at: datetime) -> datetime:
    """Return until when its messages may go out."""
    return max(facts.send_at or started_at, started_at) + facts.good_for


def packed(facts: CampaignFacts) -> dict[str, object]:
    """Return the facts as plain JSON values, for the row."""
    told = asdict(facts)
    sets: Mapping[str, Collection[str]] = {
        "places": facts.places,
        "languages": facts.languages,
        "buttons": facts.buttons,
    }
    return told | {
        "texts": dict(facts.texts),
        "send_at": facts.send_at.isoformat() if facts.send_at else None,
        "good_for": facts.good_for // timedelta(minutes=1),
        **{name: sorted(codes) for name, codes in sets.items()},
    }


def unpacked(told: Mapping[str, Any]) -> CampaignFacts:
    """Return the facts that `packed` made plain. Refusal: `Unreadable("campaign.unreadable")`."""
    try:
        more = {
            "topic": Topic(told["topic"]),
            "places": frozenset(told["places"]),
            "languages": frozenset(told["languages"]),
            "buttons": frozenset(map(CampaignButton, told.get("buttons", ()))),
            "send_at": datetime.fromisoformat(told["send_at"]) if told["send_at"] else None,
            "good_for": timedelta(minutes=told["good_for"]),
            "urgent": Urgent.unpacked(told.get("urgent")),
        }
        return CampaignFacts(**{**told, **more})
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Unreadable("campaign.unreadable") from trouble
