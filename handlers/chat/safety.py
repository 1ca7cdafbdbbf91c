"""The safety screen: runs on every free text, shows help at once, and never stands in the way.

What a text means only ever adds a card; "carry on" is always there. Each card is shown once in a
form, the one for an emergency again when another kind of danger is named; every first answer ends
with the one-line footer. Their versions are kept with the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.chat.turn import ALERTED, CARDS, DANGERS, SEEN, Turn
from notifications import recipients
from notifications.buttons import Button, OwnTap
from notifications.wording import say
from store.actions import alert
from store.domain.alert import GRANT, AlertKind, on_duty
from store.domain.concern import CHILD, WATCHED, may_be_watched
from store.domain.draft import Draft
from store.domain.kept_form import STAFF_THREAT
from store.domain.reference import words
from store.domain.safety_text import WORDED, safety_words
from store.domain.understood import Understood
from store.domain.written_language import written_in
from store.engine import now

FOOTER = "footer"
EMERGENCY, DESPAIR = "emergency", "suicide_selfharm"
HOLDING = frozenset({EMERGENCY, DESPAIR, WATCHED, CHILD})
"""Cards that stand alone: the next question waits until the person carries on."""
ALERTS = {DESPAIR: AlertKind.SUICIDE_SELFHARM, STAFF_THREAT: AlertKind.STAFF_THREAT}
"""What somebody is alerted of, where it is plain in a text."""


def screen(turn: Turn, text: str) -> Understood:
    """Read a free text, show the cards it calls for that were not shown yet, and alert who must know."""
    understood = turn.services.read(text)
    turn.wrote = written_in(text)
    told = _alert(turn, understood, text)
    worded = _worded(turn, understood)
    anew = {*worded, *([EMERGENCY] if _another_danger(turn, understood) else [])}
    shown = _known(turn, CARDS)
    fresh = [code for code in understood.cards if code not in shown or code in anew]
    if fresh:
        _show(turn, fresh, worded, told=told)
    return understood


def _worded(turn: Turn, understood: Understood) -> dict[str, str]:
    """Return the cards to be said in other words that were not said yet, with the texts that hold them.

    Data seeded before there were such texts says the card itself.
    """
    there = {text.code for text in turn.reference.profile.safety_texts} - _known(turn, SEEN)
    return {WORDED[c]: c for c in understood.worded if c in there and WORDED[c] in understood.cards}


def _known(turn: Turn, what: str) -> set[str]:
    """Return what was shown, raised or named in this story before and in this turn."""
    now_too = {CARDS: turn.cards, SEEN: turn.seen, ALERTED: turn.alerted, DANGERS: turn.dangers}
    before = turn.draft.answers.get(what, ()) if turn.draft else ()
    return {*before, *now_too[what]}


def _another_danger(turn: Turn, understood: Understood) -> bool:
    """Tell whether a text names a kind of danger now that nothing in this story named before."""
    fresh = understood.dangers - _known(turn, DANGERS)
    turn.dangers |= fresh
    return bool(fresh)


def answered(turn: Turn, draft: Draft, codes: Sequence[str]) -> Draft:
    """Show the cards that an answer calls for, if they are new; the next question waits."""
    fresh = [code for code in codes if code not in draft.answers.get(CARDS, {}) and code not in turn.cards]
    if not fresh:
        return draft
    turn.held = True
    _show(turn, fresh, {}, told=False)
    return draft.noting(CARDS, turn.cards)


def carry(turn: Turn, draft: Draft) -> None:
    """Keep in mind what was shown and who was alerted while these words waited: they are one story."""
    turn.cards = {**draft.answers.get(CARDS, {}), **turn.cards}
    turn.seen = {**draft.answers.get(SEEN, {}), **turn.seen}
    turn.alerted |= set(draft.answers.get(ALERTED, ()))
    turn.dangers |= set(draft.answers.get(DANGERS, ()))


def words_of(turn: Turn, code: str) -> str:
    """Return a safety text in the person's language, with the English beneath an unchecked one."""
    return words(safety_words(turn.reference.profile, code), turn.language)


def footer(turn: Turn) -> tuple[str, ...]:
    """Return the one line under a first answer, to be said now; none where a card stands alone.

    It is shown once in a story.
    """
    if turn.held or FOOTER in _known(turn, SEEN):
        return ()
    return (notice(turn, FOOTER),)


def notice(turn: Turn, code: str) -> str:
    """Return the words of a safety text that is shown now beside something else; its version is kept."""
    turn.seen[code] = turn.reference.profile.safety(code).version
    return words_of(turn, code)


def _alert(turn: Turn, understood: Understood, text: str) -> bool:
    """Alert who must know, once in a story; tell whether a person hears now of somebody at risk."""
    kinds = [kind for code, kind in ALERTS.items() if code in understood.plain]
    known = _known(turn, ALERTED)
    fresh = [kind for kind in kinds if kind not in known]
    for kind in fresh:
        alert.raise_alert(turn.session, turn.resident, kind, text)
        turn.alerted.add(kind)
    return AlertKind.SUICIDE_SELFHARM in fresh and _somebody_hears(turn)


def _somebody_hears(turn: Turn) -> bool:
    """Tell whether an alert reaches anybody now who may write back: nothing else is promised."""
    district, holidays = turn.reference.profile.district, turn.reference.profile.bank_holidays
    if turn.resident.do_not_contact or not on_duty(district, now(turn.session), holidays):
        return False
    return bool(recipients.granted(turn.session, GRANT[AlertKind.SUICIDE_SELFHARM]))


def _show(turn: Turn, codes: list[str], worded: Mapping[str, str], *, told: bool) -> None:
    """Show these cards, those of `worded` in the words of another safety text."""
    profile = turn.reference.profile
    turn.cards |= {code: profile.safety(code).version for code in codes}
    if turn.draft is not None:
        turn.draft = turn.draft.noting(CARDS, turn.cards)
    turn.seen |= {worded[code]: profile.safety(worded[code]).version for code in codes if code in worded}
    said = [_card(turn, worded.get(code, code)) for code in codes]
    if told:
        said.append(_in_both(turn, "safety.duty_told"))
    turn.held = turn.held or bool(worded) or not HOLDING.isdisjoint(codes)
    said.append(_in_both(turn, "safety.carry_on_any_time"))
    turn.tell("\n\n".join(said), _ways_on(turn, codes))


def _other_language(turn: Turn) -> str | None:
    """Return the language of what was written where we speak another one; English is said in any case."""
    return turn.wrote if turn.wrote not in {"en", turn.language} else None


def _card(turn: Turn, code: str) -> str:
    """Return a card in the language of the words that called for it, with the English."""
    wrote = _other_language(turn)
    if wrote is None:
        return words_of(turn, code)
    profile = turn.reference.profile
    said, english = words(safety_words(profile, code), wrote), profile.safety(code).text["en"]
    return said if english in said else f"{said}\n{english}"


def _in_both(turn: Turn, key: str, between: str = "\n") -> str:
    """Return a sentence under a card, in the language of the card and in the one we speak."""
    wrote = _other_language(turn)
    return turn.words(key) if wrote is None else f"{say(wrote, key)}{between}{turn.words(key)}"


def _ways_on(turn: Turn, codes: list[str]) -> list[list[Button]]:
    """Return the ways on; to hide the chat is one from the card about abuse at home on."""
    label = "report.carry_on_draft" if DESPAIR in codes else "report.carry_on"
    rows: list[list[Button]] = [[(_in_both(turn, label, " / "), OwnTap("carry_on"))]]
    if may_be_watched({CARDS: _known(turn, CARDS), SEEN: _known(turn, SEEN)}):
        rows.append([(_in_both(turn, "hide.button", " / "), OwnTap("hide"))])
    return rows
