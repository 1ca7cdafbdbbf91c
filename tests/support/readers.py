"""Who writes and who approves what subscribers are told, and the subscribers; fixtures to import by name."""

from __future__ import annotations

import pytest

from store.actions import reference, resident, subscription
from store.actions.subscription import Consent
from store.domain.resident import Resident
from store.domain.staff import By, Role
from store.domain.subscription import Subscription
from tests.support.triage_factory import PROFILE, Town


@pytest.fixture
async def sam(town: Town) -> By:
    """An officer, in a town that has what the profile says."""
    await town.write(reference.seed, PROFILE)
    return await town.staff("Sam")


@pytest.fixture
async def hal(town: Town) -> By:
    """A supervisor."""
    return await town.staff("Hal", Role.SUPERVISOR)


async def subscribed(town: Town, wish: Subscription, language: str = "en") -> Resident:
    """Somebody new who reads this language and wants this."""
    person = await town.resident()
    if language != "en":
        person = await town.write(resident.set_language, person, language)
    await town.write(subscription.subscribe, person, wish, Consent("Yes", language))
    return person
