"""What became of a campaign, on its page: numbers and reasons, never who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.web import labels
from handlers.web.visit import BACKGROUND, Visit
from notifications import campaign_progress
from store.domain.campaign import OVER, Campaign, CampaignState
from store.domain.campaign_results import STOPPED, Results
from store.domain.delivery import DeliveryState
from store.domain.staff import may_export_campaigns
from store.queries import campaign_results as counted

WHOLE = 10
"""From so many a second on no tenths are told."""
NAMES: Mapping[DeliveryState, str] = {
    DeliveryState.SENT: "Sent",
    DeliveryState.QUEUED: "Waiting to go out",
    DeliveryState.LEASED: "Going out just now",
    DeliveryState.HELD: "Paused",
    DeliveryState.BLOCKED: "Blocked us",
    DeliveryState.FAILED: "Failed",
    DeliveryState.UNCERTAIN: "Not known whether it arrived",
    DeliveryState.EXPIRED: "Too late",
    DeliveryState.CANCELLED: "Cancelled, or not wanted any more",
    DeliveryState.OVERTAKEN: "Overtaken",
}
TAPS: Mapping[str, str] = {
    "report": "Tapped “Report this”",
    "meetings": "Tapped “Find a meeting”",
    "more": "Tapped “More like this”",
    "less": "Tapped “Less like this”",
    STOPPED: "Wanted no more of it within 72 hours",
}
REASONS: Mapping[str, str] = {
    "chat not found": "The messenger does not know this chat any more",
    "upgraded to a supergroup": "The chat was replaced by another",
    "message is too long": "The words are too long for one message",
    "caption is too long": "The words are too long for a picture or document",
    "can't parse entities": "The messenger could not read the words",
    "message text is empty": "There were no words in it",
    "button_": "The messenger did not take a button",
    "inline keyboard": "The messenger did not take a button",
    "http url": "The messenger did not take a link or could not fetch a file",
    "file": "The messenger did not take the picture or document",
    "rights": "We may not write there",
    "the sender stopped": "The program stopped just then",
    "timed out": "No answer came in time",
    "bad gateway": "The messenger had trouble",
    "internal server error": "The messenger had trouble",
    "invalid server response": "The messenger had trouble",
    **dict.fromkeys(
        ("disconnected", "clientconnection", "clientos", "clientpayload"),
        "The connection broke before an answer came",
    ),
}
"""What the messenger says, by a part of it that says what it is about, in plain words."""


async def values(visit: Visit, campaign: Campaign) -> dict[str, Any]:
    """Return what the template of the results asks for."""
    found = await campaign_progress.results(visit.store, campaign)
    going, now = campaign.state is CampaignState.SENDING, visit.store.clock.now()
    return {
        "campaign": campaign,
        "results": found,
        "numbers": [(name, count) for state, name in NAMES.items() if (count := found.of(state))],
        "reasons": reasons(found),
        "taps": taps(await visit.store.read(counted.taps, campaign.id)),
        "going": going,
        "pace": pace(found, now),
        "came_to_an_end": not going and BACKGROUND in visit.request.headers,
        "over": campaign.state in OVER,
        "may_export": may_export_campaigns(visit.staff),
        "may_retry": await visit.store.read(counted.may_retry, campaign, found),
    }


def pace(found: Results, at: datetime) -> str:
    """Say how fast it goes out and how long that takes, or when it goes on; empty where that is not known."""
    left = campaign_progress.left(found, at, labels.when)
    if found.time_left is None:
        return left
    return f"{found.per_second:.{0 if found.per_second >= WHOLE else 1}f} a second, {left}"


def taps(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what people did about it, in words, and how many; a button without a name by its code."""
    known = [(said, counts[what]) for what, said in TAPS.items() if counts.get(what)]
    return known + [(f"Tapped “{what}”", count) for what, count in counts.items() if what not in TAPS]


def reasons(found: Results) -> list[tuple[str, str, int]]:
    """Return what failed or is not known, why, and how many; those alike in plain words are one line."""
    lines: dict[tuple[str, str], int] = {}
    for one in found.reasons:
        key = (NAMES[one.state], why(one.error))
        lines[key] = lines.get(key, 0) + one.count
    return [(*key, count) for key, count in lines.items()]


def why(error: str) -> str:
    """Return a reason in plain words, or the messenger's own where we have none."""
    said = error.casefold()
    return next((plain for part, plain in REASONS.items() if part in said), error)
