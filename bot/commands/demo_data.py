"""What the demonstration starts with: four people, a staff group, two accounts, reports and meetings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

import pyotp
from argon2 import PasswordHasher

from bot.app import App
from bot.commands import demo_meetings
from bot.emulator import Emulator, Options, Place
from store.actions import campaign_calendar, message, report, resident, staff, task, triage
from store.domain.actor import SYSTEM, Channel
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.domain.staff import By, Role
from store.domain.working_days import london_date
from store.engine import Session, now
from store.queries import staff as accounts

DEMO_PASSWORD = "show me around"  # noqa: S105 - opens nothing but the demonstration
CLEO, HAL = "cleo", "hal"
STAFF_CHAT_ID = -1001
ADA_ID, BEN_ID, CLEO_ID, HAL_ID = 1001, 1002, 1003, 1004
PLACES = (
    Place("Margate clock tower", 51.3890, 1.3810),
    Place("Ramsgate harbour", 51.3290, 1.4210),
    Place("Broadstairs", 51.3585, 1.4419),
    Place("Canterbury (outside)", 51.2787, 1.0789),
)
PHOTOGRAPHED = "environment.flytipping"
EXAMPLES = (
    (
        ADA_ID,
        {
            "danger": "no",
            "category": "noise.domestic",
            "what": "Loud music from the flat above, most nights until three in the morning.",
            "where": "CT9 2AA",
            "when": "last_night",
            "still": "yes",
            "often": "weekly",
            "identity": "confidential",
        },
    ),
    (
        BEN_ID,
        {
            "danger": "no",
            "category": "environment.flytipping",
            "what": "Two mattresses and a fridge were left in the lane behind the shops.",
            "where": "Minster",
            "when": "this_week",
            "still": "yes",
            "often": "sometimes",
            "identity": "named",
            "name": "Ben Example",
        },
    ),
    (
        BEN_ID,
        {
            "danger": "no",
            "category": "substance.drug_dealing",
            "what": "Cars stop at the end of the road every evening and things change hands.",
            "where": "Cliftonville",
            "when": {"words": "every evening around nine"},
            "still": "yes",
            "often": "daily",
            "identity": "anonymous",
        },
    ),
)
IN_A_CASE = {
    "danger": "no",
    "category": "noise.domestic",
    "what": "Music and shouting from the top flat, it goes on until three at night.",
    "where": "CT9 2AA",
    "when": "this_week",
    "still": "yes",
    "often": "weekly",
    "identity": "confidential",
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the console, as the start-up lines show it."""

    username: str
    totp_secret: str

    @property
    def code(self) -> str:
        """The code that is good now."""
        return pyotp.TOTP(self.totp_secret).now()


def options(port: int) -> Options:
    """Return how the demonstration's emulator is made.

    Its updates are numbered on from those of its last run, which the database knows: nobody does so many
    things that there was more than one a second.
    """
    return Options(
        port=port,
        bot_name="Thanet Safety",
        bot_username="thanet_safety_bot",
        places=PLACES,
        first_update_id=int(time.time()),
    )


def people(emulator: Emulator) -> None:
    """Move in: two residents, an officer, a supervisor, and the staff group."""
    emulator.person("Ada", ADA_ID)
    emulator.person("Ben", BEN_ID)
    members = [emulator.person("Cleo", CLEO_ID), emulator.person("Hal", HAL_ID)]
    emulator.group("Safety desk", STAFF_CHAT_ID, members, key="desk")


async def seed(app: App, emulator: Emulator) -> list[Account]:
    """Make the accounts and the example reports, the first time; return the accounts that can sign in."""
    if await app.store.read(accounts.find, HAL) is None:
        hashed = await asyncio.to_thread(PasswordHasher().hash, DEMO_PASSWORD)
        photo = emulator.world.files.add("photo", await asyncio.to_thread(_photo))
        sent = {"kind": "photo", "file_id": photo.file_id, "unique_id": photo.unique_id, "size": photo.size}
        await app.store.write(_fill, app.reference.profile, sent, hashed)
    known = [await app.store.read(accounts.by_username, username) for username in (CLEO, HAL)]
    return [Account(one.username, one.totp_secret or "") for one in known if one.password_hash]


def _member(session: Session, username: str, role: Role, chat_id: int, password_hash: str) -> By:
    """Add a member of staff who is also in the chat."""
    member = staff.add(session, SYSTEM, username, f"{username.title()} Example", role, password_hash)
    return By(staff.link(session, staff.start_link(session, member.id), chat_id), Channel.WEB)


def _photo() -> bytes:
    """Draw what lies in the lane: a fridge and two mattresses, as well as squares can."""
    from PIL import Image

    lane = Image.new("RGB", (1200, 800), (120, 124, 128))
    lane.paste((150, 190, 215), (0, 0, 1200, 300))
    for colour, box in (
        ((240, 240, 236), (180, 220, 400, 640)),
        ((214, 196, 160), (470, 480, 980, 560)),
        ((196, 176, 140), (500, 570, 1010, 650)),
    ):
        lane.paste(colour, box)
    drawn = BytesIO()
    lane.save(drawn, "JPEG")
    return drawn.getvalue()


def _fill(session: Session, profile: Profile, photo: dict[str, object], password_hash: str) -> None:
    by = _member(session, CLEO, Role.OFFICER, CLEO_ID, password_hash)
    people = {
        ADA_ID: resident.meet(session, ADA_ID, "Ada", "en"),
        BEN_ID: resident.meet(session, BEN_ID, "Ben", "en"),
    }
    for chat_id, answers in EXAMPLES:
        told = _located(session, profile, answers)
        if answers["category"] == PHOTOGRAPHED:
            told["evidence"] = [photo]
        report.send(session, people[chat_id], profile, told)
    sent = report.send(session, people[BEN_ID], profile, _located(session, profile, IN_A_CASE))
    _case(session, by, sent.reference)
    demo_meetings.fill(session, by, people[BEN_ID])
    _member(session, HAL, Role.SUPERVISOR, HAL_ID, password_hash)
    ivy = staff.add(session, SYSTEM, "ivy", "Ivy Example", Role.SUPERVISOR)
    campaign_calendar.take_over(session, By(ivy, Channel.WEB))


def _case(session: Session, by: By, report_reference: str) -> None:
    """Open a case that the officer works on, with a note and something to do."""
    case = triage.open_case(session, by, report_reference)
    message.note(session, by, case.reference, "The landlord was phoned and will speak to the tenant.")
    task.add(session, by, case.reference, "Ask the neighbours for a diary of the noise", by.staff.id, None)


def _located(session: Session, profile: Profile, answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers with the place that their words point to."""
    where = PlaceIndex(profile).locate_words(str(answers["where"]), london_date(now(session)))
    return {**answers, "where": asdict(where)}


def welcome(chat_url: str, web_url: str, made: Sequence[Account]) -> str:
    """Return what to print when everything is up."""
    names = " or ".join(one.username for one in made)
    secrets = ", ".join(f"{one.username} {one.totp_secret}" for one in made)
    return "\n".join(
        [
            "Foreland is running with example data, on this machine alone.",
            f"  Chat:    {chat_url}/   be Ada, Ben, officer Cleo, or Hal, who approves what Cleo writes",
            f"  Console: {web_url}/console/   user {names}, password: {DEMO_PASSWORD}",
            f"  {codes_now(made)}",
            f"  Secrets for an authenticator: {secrets}",
            "Stop with Ctrl+C.",
        ]
    )


def codes_now(made: Sequence[Account]) -> str:
    """Return the sign-in codes that are good now."""
    return f"Sign-in codes now: {', '.join(f'{one.username} {one.code}' for one in made)}"
