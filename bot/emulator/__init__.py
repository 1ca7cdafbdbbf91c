"""A local Telegram Bot API server with people in it, for tests, benchmarks and trying things out."""

from __future__ import annotations

from bot.emulator.api import ApiCall
from bot.emulator.bubble import Bubble
from bot.emulator.emulator import Emulator
from bot.emulator.faults import Fault, FaultKind, Faults
from bot.emulator.limits import Limits
from bot.emulator.people import Group, Person
from bot.emulator.seat import Attachment, Seat
from bot.emulator.town import Options, Place

__all__ = [
    "ApiCall",
    "Attachment",
    "Bubble",
    "Emulator",
    "Fault",
    "FaultKind",
    "Faults",
    "Group",
    "Limits",
    "Options",
    "Person",
    "Place",
    "Seat",
]
