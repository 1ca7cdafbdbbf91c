"""The buttons under a campaign: what is to be done about what it tells."""

from __future__ import annotations

from enum import StrEnum

from store.domain.errors import Refusal


class CampaignButton(StrEnum):
    """What a tap asks for, in the order in which the buttons stand."""

    REPORT = "report"
    MEETINGS = "meetings"
    MORE = "more"
    LESS = "less"


def subject_of(campaign_id: str, button: CampaignButton) -> str:
    """Return what a button under a campaign carries; `tapped` reads it."""
    return f"{campaign_id}.{button.value}"


def tapped(subject: str) -> tuple[str, CampaignButton] | None:
    """Return the campaign's id and the button; None for what is no button of a campaign."""
    campaign_id, _, said = subject.partition(".")
    return (campaign_id, CampaignButton(said)) if said in set(CampaignButton) else None


def check_category(category: str | None, buttons: frozenset[CampaignButton]) -> None:
    """Refuse (`campaign.needs_report_button`) a kind of problem that no button offers."""
    if category is not None and CampaignButton.REPORT not in buttons:
        raise Refusal("campaign.needs_report_button")
