"""What staff are told in chat: in English, and never a word of what was reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notifications.buttons import Keyboard, StaffTap, markup
from store.domain.alert import AlertKind
from store.domain.campaign import Campaign
from store.domain.reference import Profile, Restriction
from store.domain.report import STATE_LABELS, ReportState
from store.domain.target import TargetKind
from store.queries.recipients import Card

NO_PREVIEW = {"is_disabled": True}


def card(chat_id: int, known: Card, profile: Profile) -> dict[str, Any]:
    """Return the staff group's card of a report as it stands now."""
    area = next((a.name for a in profile.areas if a.code == known.area), known.area)
    facts = (known.priority.value, category_label(profile, known.category), area)
    lines = [f"Report {known.reference}", " · ".join(fact for fact in facts if fact), _standing(known)]
    return {"chat_id": chat_id, "text": "\n".join(lines), "reply_markup": markup(_buttons(known))}


def withdrawn(chat_id: int) -> dict[str, Any]:
    """Return what is left of the staff group's card of a report that was restricted since."""
    text = "This report is restricted now. It opens in the console only, for those granted its kind."
    return {"chat_id": chat_id, "text": text}


def restricted(chat_id: int, said: str, record: tuple[str, str], public_url: str) -> dict[str, Any]:
    """Return the word of a restricted record to somebody who was granted its kind.

    `said` ("A case is restricted now:") goes before its reference; `record` is its kind (report,
    case) and reference.
    """
    return _with_link(chat_id, f"{said} {record[1]}", record, public_url)


def unseen(chat_id: int, record: str, kind: Restriction) -> dict[str, Any]:
    """Return the word that nobody with a chat may open a restricted record (report, case or alert)."""
    text = (
        f"A restricted record ({record}, {kind.value.replace('_', ' ')}) came in that nobody with a linked "
        "chat may open, so it may lie unseen. An administrator can let somebody open this kind: "
        f"python -m bot staff grant USERNAME {kind.value}"
    )
    return {"chat_id": chat_id, "text": text}


def missed_unseen(chat_id: int, record: str, kind: Restriction) -> dict[str, Any]:
    """Return the word that a target was missed on a record that no supervisor may open; only its kind."""
    text = (
        f"A target was missed on a restricted record ({record}, {kind.value.replace('_', ' ')}) that no "
        "supervisor with a linked chat may open. An administrator can let somebody open this kind: "
        f"python -m bot staff grant USERNAME {kind.value}"
    )
    return {"chat_id": chat_id, "text": text}


def restricted_update(chat_id: int, reference: str, public_url: str, did: str) -> dict[str, Any]:
    """Return the word of what the reporter of a restricted report `did` ("wrote")."""
    return _with_link(chat_id, _reporter_did(reference, did), ("report", reference), public_url)


def update(chat_id: int, reference: str, did: str) -> dict[str, Any]:
    """Return the word of what a reporter `did` ("wrote"), with a button to open the report."""
    keyboard = [[("Open the report", StaffTap("open", reference))]]
    text = _reporter_did(reference, did)
    return {"chat_id": chat_id, "text": text, "reply_markup": markup(keyboard)}


def colleague_did(
    chat_id: int, did: str, record: tuple[str, str], public_url: str, *, restricted: bool
) -> dict[str, Any]:
    """Return the word of what a colleague `did` ("Dan named you in a note on"), never their words.

    `record` is its kind (report, case) and reference.
    """
    kind, reference = record
    text = f"{did} {kind} {reference}."
    if restricted:
        return _with_link(chat_id, text, record, public_url)
    verb = "case" if kind == "case" else "open"
    keyboard = [[(f"Open the {kind}", StaffTap(verb, reference))]]
    return {"chat_id": chat_id, "text": text, "reply_markup": markup(keyboard)}


def alert(chat_id: int, kind: AlertKind, alert_id: str, public_url: str) -> dict[str, Any]:
    """Return the word that somebody may be at risk, or threatens staff: never what they wrote."""
    said = f"{_ALERTED[kind]}\nRead it in the console only: {public_url}/console/alerts/{alert_id}"
    return {"chat_id": chat_id, "text": said, "link_preview_options": NO_PREVIEW}


def urgent(chat_id: int, waiting: Campaign, public_url: str) -> dict[str, Any]:
    """Return the word that an urgent alert waits for a second person."""
    link = f"{public_url}/console/urgent/{waiting.reference}"
    text = (
        f"An urgent alert waits for a second person: {waiting.facts.title}\n{waiting.author} wrote it. "
        f"A supervisor who did not write it sends it, or sends it back: {link}"
    )
    return {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}


def missed(
    chat_id: int, kind: str, known: Mapping[str, Any], profile: Profile, public_url: str
) -> dict[str, Any]:
    """Return the word that a target of a report or case (`kind`) was missed."""
    link = f"{public_url}/console/{kind}s/{known['reference']}"
    if known["restriction"]:
        said = [f"A target was missed: {known['reference']}", f"It opens in the console only: {link}"]
    else:
        area = next((a.name for a in profile.areas if a.code == known["area"]), known["area"])
        facts = (known["priority"], category_label(profile, known["category"]), area)
        due = _NEXT_WORD[kind] if known["target"] == TargetKind.UPDATE else "first contact"
        said = [
            f"A target was missed: {due}, {kind} {known['reference']}",
            " · ".join(fact for fact in facts if fact),
            link,
        ]
    return {"chat_id": chat_id, "text": "\n".join(said), "link_preview_options": NO_PREVIEW}


_NEXT_WORD = {"report": "decision or next word", "case": "next word to the reporters"}
_ALERTED: Mapping[AlertKind, str] = {
    AlertKind.SUICIDE_SELFHARM: "Alert: somebody who wrote to the bot may be at risk of taking their life.",
    AlertKind.STAFF_THREAT: "Alert: a message to the bot seems to threaten staff.",
}


def category_label(profile: Profile, code: str) -> str:
    """Return a category in English; its code where the profile no longer has it."""
    found = next((c for c in profile.categories if c.code == code), None)
    return found.label["en"] if found else code


def _reporter_did(reference: str, did: str) -> str:
    return f"The reporter of {reference} {did}."


def _with_link(chat_id: int, text: str, record: tuple[str, str], public_url: str) -> dict[str, Any]:
    kind, reference = record
    said = f"{text}\nIt opens in the console only: {public_url}/console/{kind}s/{reference}"
    return {"chat_id": chat_id, "text": said, "link_preview_options": NO_PREVIEW}


def _standing(known: Card) -> str:
    if known.state is ReportState.WAITING and known.taken_by_name:
        return f"Taken by {known.taken_by_name}"
    return STATE_LABELS[known.state]


def _buttons(known: Card) -> Keyboard:
    opened = ("Open in private", StaffTap("open", known.reference))
    if known.state is ReportState.WAITING and known.taken_by_name is None:
        return [[("Take it", StaffTap("take", known.reference)), opened]]
    return [[opened]]
