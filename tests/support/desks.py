"""Members of staff at the console of a whole house, each in a browser and with a phone of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from argon2 import PasswordHasher
from playwright.async_api import Browser, Page, expect

from bot.emulator import Person
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.staff import Role, Staff
from store.engine import Session
from store.queries.staff import by_id
from tests.support.console import PASSWORD
from tests.support.house import House

WITHIN_MS = 20_000
LOOKS_AGAIN_MS, AT_ONCE_MS, TIMES = 5_000, 500, 40
COUNTED_AFTER = timedelta(seconds=6)
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff in a browser of their own, with the phone that is linked to the account."""

    house: House
    page: Page
    phone: Person

    async def open(self, path: str) -> None:
        await self.page.goto(f"{self.house.web_url}{path}")

    async def press(self, button: str, said: str) -> None:
        """Press a button, and read what the page says then."""
        await self.page.get_by_role("button", name=button, exact=True).click()
        await expect(self.page.get_by_role("status").first).to_contain_text(said, timeout=WITHIN_MS)

    async def press_in_vain(self, button: str, refusal: str) -> None:
        """Press a button, and read why it may not be."""
        await self.page.get_by_role("button", name=button, exact=True).click()
        await expect(self.page.get_by_role("alert")).to_contain_text(refusal, timeout=WITHIN_MS)

    async def numbers(self) -> dict[str, str]:
        """Return what the page says became of it."""
        lines = await self.page.locator("#results dl > div").all_inner_texts()
        return dict(line.split("\n")[-2:] for line in lines)

    async def sees(self, label: str) -> None:
        """Wait until the page, which stays open, has followed so far by itself."""
        shown = self.page.get_by_label(label)
        for _ in range(TIMES):
            self.house.clock.advance(COUNTED_AFTER)
            await self.page.clock.fast_forward(LOOKS_AGAIN_MS)
            with suppress(AssertionError):
                await expect(shown).to_be_visible(timeout=AT_ONCE_MS)
                return
        await expect(shown).to_be_visible(timeout=AT_ONCE_MS)


@asynccontextmanager
async def at_desk(browser: Browser, house: House, name: str, role: Role) -> AsyncIterator[Desk]:
    """Let somebody sign in."""
    phone = house.emulator.person(name)
    member = await house.write(_hired, name, role, phone.id)
    context = await browser.new_context(accept_downloads=True)
    page = await context.new_page()
    await page.clock.install()
    desk = Desk(house, page, phone)
    await desk.open("/console")
    await page.get_by_label("Username").fill(name.lower())
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Continue").click()
    secret = (await house.read(by_id, member.id)).totp_secret or ""
    await page.get_by_label("Code").fill(pyotp.TOTP(secret).at(house.clock.now()))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("My desk", timeout=WITHIN_MS)
    yield desk
    await context.close()


def _hired(session: Session, name: str, role: Role, chat_id: int) -> Staff:
    member = staff.add(session, SYSTEM, name, name, role, HASHED)
    return staff.link(session, staff.start_link(session, member.id), chat_id)
