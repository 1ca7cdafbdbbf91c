"""Codes as people read them, and times as London's clocks show them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from store.domain import case_facts
from store.domain.alert import AlertKind
from store.domain.case import CaseView
from store.domain.clock import LONDON
from store.domain.language import LANGUAGE_NAMES
from store.domain.reference import HomeOfficeType, Profile, Restriction
from store.domain.report import Identity, Source
from store.domain.search_words import Where
from store.domain.staff import Role

IDENTITIES = {
    Identity.NAMED: "Named",
    Identity.CONFIDENTIAL: "Confidential: known to the safety unit only",
    Identity.ANONYMOUS: "Anonymous: staff do not know who it is",
}
SOURCES = {
    Source.CHAT: "Telegram",
    Source.PHONE: "Phone, entered by staff",
    Source.WALK_IN: "Walk-in, entered by staff",
    Source.MEETING: "Meeting, entered by staff",
    Source.WEB: "Web",
}
ALERTS = {
    AlertKind.SUICIDE_SELFHARM: "Somebody may be at risk of suicide",
    AlertKind.STAFF_THREAT: "A threat to staff",
}
RESTRICTIONS = {
    Restriction.SAFEGUARDING: "Safeguarding",
    Restriction.HATE: "Hate",
    Restriction.INTELLIGENCE: "Intelligence",
    Restriction.STAFF_THREAT: "Threat to staff",
}
HOME_OFFICE_TYPES = {
    HomeOfficeType.PERSONAL: "Personal",
    HomeOfficeType.NUISANCE: "Nuisance",
    HomeOfficeType.ENVIRONMENTAL: "Environmental",
}
ROLES = {
    Role.OFFICER: "Officer",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
    Role.ANALYST: "Analyst",
    Role.PARTNER: "Partner",
    Role.DATA_PROTECTION_OFFICER: "Data protection officer",
}
NOON = 12
NOT_KNOWN = "Not known"
LANGUAGES = LANGUAGE_NAMES
FILE_KINDS = {
    "photo": "Photo",
    "video": "Video",
    "voice": "Voice message",
    "audio": "Sound",
    "video_note": "Video message",
    "animation": "Moving picture",
    "document": "File",
}
WHERE = {
    Where.REPORT: "Report",
    Where.PLACE: "Place",
    Where.MESSAGE: "Message",
    Where.NOTE: "Note",
    Where.REPORTER: "Reporter",
    Where.PERSON: "Person",
    Where.TASK: "Task",
}
OCCURRED = {
    "now": "Now, when it was told",
    "today": "Earlier the same day",
    "last_night": "Last night",
    "this_week": "In the week before",
    "longer_ago": "Longer ago",
}
STILL_GOING = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}
HOW_OFTEN = {
    "first_time": "The first time",
    "sometimes": "Sometimes",
    "weekly": "Every week",
    "daily": "Every day",
}


def category(profile: Profile, code: str) -> str:
    """Return a category as residents read it, in English."""
    try:
        return profile.category(code).label["en"]
    except KeyError:
        return code


def area(profile: Profile, code: str | None) -> str:
    """Return an engagement area's name, empty where none is known."""
    return next((a.name for a in profile.areas if a.code == code), code or "")


def ward(profile: Profile, code: str | None) -> str:
    """Return a ward's name, empty where none is known."""
    return next((w.name for w in profile.wards if w.code == code), code or "")


def record_type(profile: Profile, code: str) -> str:
    """Return a record type's name."""
    return next((r.label for r in profile.record_types if r.code == code), code)


def facts(profile: Profile, shown: CaseView) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return what can be corrected about a case: its field, label, present code, and codes with names.

    A present code that the profile no longer has can still be chosen, and so can a place not known.
    """
    found = []
    for fact, label in case_facts.LABELS.items():
        present = getattr(shown, fact.value) or ""
        choices = dict(case_facts.options(profile, fact))
        unknown = {} if present in choices else {present: present or NOT_KNOWN}
        if fact in case_facts.MAY_BE_UNKNOWN:
            unknown[""] = NOT_KNOWN
        found.append((fact.value, label, str(present), [*unknown.items(), *choices.items()]))
    return found


def when(at: datetime) -> str:
    """Return an instant on London's clock: `22 November 2026, 9:41pm`."""
    return f"{day(at)}, {clock(at)}"


def day(at: datetime) -> str:
    """Return London's date of an instant: `22 November 2026`."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}"


def plain_day(on: date) -> str:
    """Return a London day: `Mon 30 Nov 2026`."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def short_day(at: datetime) -> str:
    """Return London's date of an instant, for a table: `Mon 30 Nov`."""
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b}"


def clock(at: datetime) -> str:
    """Return London's time of an instant: `9:41pm`, or `5pm` on the hour."""
    local = at.astimezone(LONDON)
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= NOON else 'am'}"


def age(at: datetime, now: datetime) -> str:
    """Return how long ago that was, in the largest whole unit."""
    gone = max(now - at, timedelta())
    minutes = int(gone.total_seconds()) // 60
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


def took(milliseconds: int) -> str:
    """Return how long something took: `took less than a second`, `took 12 s`, `took 3 min`."""
    seconds = milliseconds // 1000
    if seconds < 1:
        return "took less than a second"
    return f"took {seconds} s" if seconds < 120 else f"took {seconds // 60} min"  # noqa: PLR2004


def file_size(size: int | None) -> str:
    """Return a size in bytes in the unit people use."""
    if size is None:
        return ""
    kib = size / 1024
    return f"{kib / 1024:.1f} MB" if kib >= 1024 else f"{max(kib, 1):.0f} KB"  # noqa: PLR2004
