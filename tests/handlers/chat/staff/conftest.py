"""An office on each of the two databases: Cleo the officer with her phone, and a staff group."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from handlers.chat.services import Reference, Services
from notifications.outbox import Outbox
from store.domain.clock import FixedClock
from store.domain.place_index import PlaceIndex
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.domain.understood import NOTHING
from store.engine import open_store
from tests.support.deliveries import link_chat
from tests.support.phone import Phone
from tests.support.triage_factory import MORNING, PROFILE, Town

STAFF_GROUP = -100200300
PUBLIC_URL = "https://safety.example"


@dataclass
class Office:
    town: Town
    services: Services
    cleo: By
    phone: Phone

    async def colleague(self, name: str, role: Role = Role.OFFICER, *grants: Restriction) -> tuple[By, Phone]:
        by = await self.town.staff(name, role, *grants)
        chat_id = 9_000 + sum(map(ord, name))
        await self.town.write(link_chat, by.staff.id, chat_id)
        return by, self.stranger(chat_id)

    def stranger(self, chat_id: int = 77) -> Phone:
        return Phone(self.town.store, self.services, chat_id)


@pytest.fixture
async def office(migrated_database_url: str) -> AsyncIterator[Office]:
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        store.before_commit = Outbox(STAFF_GROUP, PUBLIC_URL, lambda: PROFILE).publish
        town = Town(store, clock)
        reference = Reference(PROFILE, PlaceIndex(PROFILE))
        services = Services(lambda: reference, lambda _: NOTHING, STAFF_GROUP, PUBLIC_URL)
        cleo = await town.staff("Cleo")
        await town.write(link_chat, cleo.staff.id, 900)
        yield Office(town, services, cleo, Phone(store, services, 900))
