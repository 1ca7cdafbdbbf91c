"""The buttons under a campaign, in its reader's language."""

from __future__ import annotations

from notifications.buttons import Button, OwnTap, WebLink
from notifications.stop_row import stop_row
from notifications.wording import say
from store.domain.campaign import CampaignFacts
from store.domain.campaign_button import CampaignButton, subject_of

TOLD = "told"
"""The verb of every button under a campaign."""
WHOLE = "told_all"
"""The verb of the button under a digest that brings all of a campaign."""
_ROWS = (
    (CampaignButton.REPORT,),
    (CampaignButton.MEETINGS,),
    (CampaignButton.MORE, CampaignButton.LESS),
)


def campaign_rows(language: str, facts: CampaignFacts, campaign_id: str) -> list[list[Button]]:
    """Return the keyboard under a campaign: its link, its buttons, and the way out."""
    link: list[Button] = [(say(language, "campaign.link"), WebLink(facts.link))] if facts.link else []
    rows = [[_button(language, one, campaign_id) for one in row if one in facts.buttons] for row in _ROWS]
    return [*filter(None, [link, *rows]), stop_row(language)]


def whole_button(language: str, campaign_id: str) -> Button:
    """Return the button that brings all of a campaign of which a digest says less."""
    return say(language, "campaign.whole"), OwnTap(WHOLE, campaign_id)


def _button(language: str, button: CampaignButton, campaign_id: str) -> Button:
    return say(language, f"campaign.button.{button.value}"), OwnTap(TOLD, subject_of(campaign_id, button))
