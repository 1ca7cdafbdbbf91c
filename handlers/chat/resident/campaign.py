"""The buttons under a campaign: report this, find a meeting, more like this, less like this, show all.

They work for whoever taps them, whatever became of the campaign and of their subscription since, and
leave the message that they stand under as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handlers.chat.resident import links, meetings, report, subscribe, subscription
from handlers.chat.turn import Turn
from notifications import campaigns as told
from notifications.buttons import OwnTap, read
from store.actions import campaign_tap
from store.domain import campaign_button
from store.domain.campaign import CampaignFacts
from store.domain.campaign_button import CampaignButton
from store.queries import campaigns


def tapped(turn: Turn) -> None:
    """Hear a tap; one on a campaign that we do not know any more does what it can without it."""
    tap = read((turn.query and turn.query.data) or "")
    meant = campaign_button.tapped(tap.subject) if isinstance(tap, OwnTap) else None
    if meant is None:
        turn.answer(turn.words("form.already_done"))
        return
    campaign_id, button = meant
    turn.stays = True
    campaign_tap.tapped(turn.session, campaign_id, button.value, turn.resident.id)
    _DEEDS[button](turn, campaigns.facts_of(turn.session, campaign_id))


def whole(turn: Turn) -> None:
    """Bring all of a campaign to somebody who got it in a digest, as often as they ask."""
    tap = read((turn.query and turn.query.data) or "")
    known = campaigns.got_by(turn.session, tap.subject, turn.resident.id) if isinstance(tap, OwnTap) else None
    if known is None:
        turn.say("campaign.gone")
        return
    said = told.whole(turn.session, known, turn.language)
    turn.call(said.method, chat_id=turn.chat_id, **said.params)


def _report(turn: Turn, facts: CampaignFacts | None) -> None:
    """Open the form, at the kind of problem that the campaign is about."""
    wanted = facts.category if facts is not None else None
    category = next((c for c in turn.reference.profile.categories if c.code == wanted), None)
    if category is None:
        report.start(turn)
    else:
        links.report_at(turn, category)


def _meetings(turn: Turn, _facts: CampaignFacts | None) -> None:
    meetings.start(turn)


def _more(turn: Turn, facts: CampaignFacts | None) -> None:
    """Subscribe to its topic, or take it up; whoever has it is shown how to have it more often."""
    had = subscription.running(turn)
    if facts is None:
        subscribe.start(turn)
    elif had is None or facts.topic not in had.topics:
        subscribe.join(turn, facts.topic.value)
    else:
        subscription.show(turn, had, turn.words("campaign.more", topic=_topic(turn, facts)))


def _less(turn: Turn, facts: CampaignFacts | None) -> None:
    """Show what can be changed so that less comes; whoever gets nothing is told so."""
    had = subscription.running(turn)
    if had is None:
        turn.say("subscribe.stopped_before")
    elif facts is not None and facts.topic not in had.topics:
        subscription.show(turn, had, turn.words("campaign.left_before", topic=_topic(turn, facts)))
    else:
        subscription.show(turn, had, turn.words("campaign.less"))


def _topic(turn: Turn, facts: CampaignFacts) -> str:
    return turn.words(f"subscribe.topic.{facts.topic.value}")


_DEEDS: Mapping[CampaignButton, Callable[[Turn, CampaignFacts | None], None]] = MappingProxyType(
    {
        CampaignButton.REPORT: _report,
        CampaignButton.MEETINGS: _meetings,
        CampaignButton.MORE: _more,
        CampaignButton.LESS: _less,
    }
)
