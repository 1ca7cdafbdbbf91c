"""What the demonstration starts with: three people, a staff group, an account, a few reports and meetings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
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
USERNAME = "cleo"
STAFF_CHAT_ID = -1001
ADA_ID, BEN_ID, CLEO_ID = 1001, 1002, 1003
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
    """The officer's account, as the start-up lines show it."""

    username: str
    password: str
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
    """Move in: two residents, an officer, and the staff group."""
    emulator.person("Ada", ADA_ID)
    emulator.person("Ben", BEN_ID)
    cleo = emulator.person("Cleo", CLEO_ID)
    emulator.group("Safety desk", STAFF_CHAT_ID, [cleo], key="desk")


async def seed(app: App, emulator: Emulator) -> Account:
    """Make the officer's account and the example reports, the first time; return the account."""
    known = await app.store.read(accounts.find, USERNAME)
    if known is None:
        hashed = await asyncio.to_thread(PasswordHasher().hash, DEMO_PASSWORD)
        await app.store.write(_officer, hashed)
        photo = emulator.world.files.add("photo", await asyncio.to_thread(_photo))
        sent = {"kind": "photo", "file_id": photo.file_id, "unique_id": photo.unique_id, "size": photo.size}
        known = await app.store.read(accounts.by_username, USERNAME)
        cleo = By(known.staff, Channel.WEB)
        await app.store.write(_fill, app.reference.profile, sent, cleo)
    return Account(USERNAME, DEMO_PASSWORD, known.totp_secret or "")


def _officer(session: Session, password_hash: str) -> None:
    cleo = staff.add(session, SYSTEM, USERNAME, "Cleo Example", Role.OFFICER, password_hash)
    staff.link(session, staff.start_link(session, cleo.id), CLEO_ID)


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


def _fill(session: Session, profile: Profile, photo: dict[str, object], by: By) -> None:
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
    hal = staff.add(session, SYSTEM, "hal", "Hal Example", Role.SUPERVISOR)
    campaign_calendar.take_over(session, By(hal, Channel.WEB))


def _case(session: Session, by: By, report_reference: str) -> None:
    """Open a case that the officer works on, with a note and something to do."""
    case = triage.open_case(session, by, report_reference)
    message.note(session, by, case.reference, "The landlord was phoned and will speak to the tenant.")
    task.add(session, by, case.reference, "Ask the neighbours for a diary of the noise", by.staff.id, None)


def _located(session: Session, profile: Profile, answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers with the place that their words point to."""
    where = PlaceIndex(profile).locate_words(str(answers["where"]), london_date(now(session)))
    return {**answers, "where": asdict(where)}


def welcome(chat_url: str, web_url: str, account: Account) -> str:
    """Return what to print when everything is up."""
    return "\n".join(
        [
            "Foreland is running with example data, on this machine alone.",
            f"  Chat:    {chat_url}/   be Ada, Ben, or officer Cleo",
            f"  Console: {web_url}/console/   user {account.username}, password: {account.password}",
            f"  Sign-in code now: {account.code} (authenticator secret {account.totp_secret})",
            "Stop with Ctrl+C.",
        ]
    )
