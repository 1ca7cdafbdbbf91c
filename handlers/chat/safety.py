"""The safety screen: runs on every free text, shows help at once, and never stands in the way.

What a text means only ever adds a card; "carry on" is always there. Each card is shown once in a
form (every first answer ends with the one-line footer); its version is kept with the report.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap
from store.actions import alert
from store.domain.alert import AlertKind, on_duty
from store.domain.concern import WATCHED
from store.domain.reference import words
from store.domain.understood import Understood
from store.engine import now

HOLDING = frozenset({"emergency", "suicide_selfharm", "domestic_abuse"})
"""Cards that stand alone: the next question waits until the person carries on."""


def screen(turn: Turn, text: str) -> Understood:
    """Read a free text, show the cards it calls for that were not shown yet, and alert who must know."""
    understood = turn.services.read(text)
    shown = {**turn.draft.answers.get("cards", {}), **turn.cards} if turn.draft else turn.cards
    fresh = [code for code in understood.cards if code not in shown]
    if fresh:
        _show(turn, fresh, text)
    return understood


def words_of(turn: Turn, code: str) -> str:
    """Return a safety text in the person's language, with the English beneath an unchecked one."""
    return words(turn.reference.profile.safety_words(code), turn.language)


def _show(turn: Turn, codes: list[str], text: str) -> None:
    profile = turn.reference.profile
    turn.cards |= {code: profile.safety(code).version for code in codes}
    if turn.draft is not None:
        known = turn.draft.answers.get("cards", {})
        turn.draft = replace(turn.draft, answers={**turn.draft.answers, "cards": known | turn.cards})
    said = [words_of(turn, code) for code in codes]
    if "suicide_selfharm" in codes:
        alert.raise_alert(turn.session, turn.resident, AlertKind.SUICIDE_SELFHARM, text)
        if on_duty(profile.district, now(turn.session), profile.bank_holidays):
            said.append(turn.words("safety.duty_told"))
    turn.held = turn.held or not HOLDING.isdisjoint(codes)
    said.append(turn.words("safety.carry_on_any_time"))
    turn.tell("\n\n".join(said), _ways_on(turn, codes))


def _ways_on(turn: Turn, codes: list[str]) -> list[list[Button]]:
    rows: list[list[Button]] = [[(turn.words("report.carry_on"), OwnTap("carry_on"))]]
    if WATCHED in codes:
        rows.append([(turn.words("hide.button"), OwnTap("hide"))])
    return rows
