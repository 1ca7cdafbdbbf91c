"""What the console's tests share: an officer, and the browser that she is signed in with."""

from __future__ import annotations

import pytest

from store.domain.actor import Channel
from store.domain.staff import By
from tests.support.console import Console, Visitor


@pytest.fixture
async def cleo(console: Console) -> By:
    return By(await console.staff("cleo"), Channel.WEB)


@pytest.fixture
async def browser(console: Console, cleo: By) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(cleo.staff)
    return visitor
