"""What is done to a campaign is done to no urgent alert, and the other way round."""

from __future__ import annotations

import pytest

from store.actions import campaign, campaign_retry, urgent
from store.domain.errors import Refusal
from store.domain.staff import Role
from tests.support import campaigns as ordinary
from tests.support.triage_factory import PROFILE, Town
from tests.support.urgent import facts, waiting


async def test_each_lane_has_deeds_of_its_own(town: Town) -> None:
    sam, hal = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
    alert, other = await waiting(town, sam), await ordinary.waiting(town, sam)
    of_campaigns = (
        campaign.submit,
        campaign.approve,
        campaign.pause,
        campaign.resume,
        campaign.cancel,
        campaign.try_out,
        campaign_retry.retry,
    )
    of_alerts = (urgent.submit, urgent.approve, urgent.cancel, urgent.try_out, urgent.retry)
    for deeds, reference in ((of_campaigns, alert), (of_alerts, other)):
        for deed in deeds:
            with pytest.raises(Refusal, match=r"campaign\.not_found"):
                await town.write(deed, hal, reference)
    for send_back, reference in ((campaign.send_back, alert), (urgent.send_back, other)):
        with pytest.raises(Refusal, match=r"campaign\.not_found"):
            await town.write(send_back, hal, reference, "Say where")
    for kept, reference in ((ordinary.facts(), alert), (facts(), other)):
        with pytest.raises(Refusal, match=r"campaign\.not_found"):
            await town.write(campaign.change, hal, reference, kept, PROFILE.district)
