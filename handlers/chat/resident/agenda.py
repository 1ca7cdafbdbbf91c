"""Questions for the agenda of a meeting: send one, see which are on it, want the same, take one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.chat import beside, chat_form, forms
from handlers.chat.keyboards import stacked
from handlers.chat.resident import into_report
from handlers.chat.turn import CARDS, Turn
from notifications.agenda_row import (
    AGENDA,
    LEAVE,
    REPORT,
    SUPPORT,
    SUPPORT_NO_MORE,
    TAKE_BACK,
    WRITE,
    agenda_button,
    item_button,
    report_row,
)
from notifications.buttons import Button, OwnTap, read
from notifications.dates import span_in_words
from notifications.pieces import shortened
from notifications.wording import say_many
from store.actions import agenda
from store.domain import questions
from store.domain.agenda import Agenda, AgendaState, ListedItem, OwnItem, open_for_questions
from store.domain.agenda_form import AGENDA_QUESTION, LOOKS_LIKE_REPORT, REPORT_IT, SEND_AS, WORDS
from store.domain.asking import asks
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.meeting import Meeting
from store.domain.told import told_in, waiting_in
from store.engine import now
from store.queries import agenda as agendas

SHOWN = 10
"""So many questions of an agenda are read in chat; its page on the web has all of them."""
WORDS_SHOWN, LABEL_SHOWN = 250, 30
"""In characters."""
PER_ROW = 5
_NOT_READ = frozenset({AgendaState.WAITING, AgendaState.DECLINED})
"""What of one's own stands beside the agenda: nobody else reads it."""


def tapped(turn: Turn) -> None:
    """Hear a tap on a meeting's agenda: look at it, or write a question; what has gone is answered kindly."""
    tap = read((turn.query and turn.query.data) or "")
    reference, _, what = tap.subject.partition(".") if isinstance(tap, OwnTap) else ("", "", "")
    try:
        its = agendas.of(turn.session, turn.resident, reference)
        if what == WRITE or not (its.listed or its.own):
            _write(turn, its)
        else:
            _show(turn, its)
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


def item_tapped(turn: Turn) -> None:
    """Hear a tap on one question: want the same or not, take one's own back, make a report of it."""
    tap = read((turn.query and turn.query.data) or "")
    item_id, _, what = tap.subject.partition(".") if isinstance(tap, OwnTap) else ("", "", "")
    try:
        if what in _CHANGES:
            reference = _CHANGES[what](turn.session, turn.resident, item_id)
            _show(turn, agendas.of(turn.session, turn.resident, reference))
        elif what == TAKE_BACK:
            reference = agenda.withdraw(turn.session, turn.resident, item_id)
            turn.show(turn.words("agenda.taken_back"), [[agenda_button(turn.language, reference)]])
        elif what == REPORT:
            words = agenda.report_instead(turn.session, turn.resident, item_id)
            into_report.take(turn, told_in(turn.draft), words)
        elif what == LEAVE:
            turn.show(turn.words("agenda.left"))
        else:
            turn.answer(turn.words("form.already_done"))
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


_CHANGES = {SUPPORT: agenda.support, SUPPORT_NO_MORE: agenda.support_no_more}


def _write(turn: Turn, its: Agenda) -> None:
    if not open_for_questions(its.meeting, now(turn.session)):
        raise Refusal("agenda.closed")
    if turn.draft is not None and turn.draft.form == AGENDA_QUESTION.code and turn.draft.answers.get(WORDS):
        forms.ask(turn, fresh=True)  # what they wrote last is not sent yet
        return
    facts = {"reference": its.meeting.reference, "title": its.meeting.facts.title}
    beside.start(turn, AGENDA_QUESTION.code, fresh=True, **facts)


def _show(turn: Turn, its: Agenda) -> None:
    is_open = open_for_questions(its.meeting, now(turn.session))
    shown = its.listed[:SHOWN]
    mine = [one for one in its.own if one.state in _NOT_READ]
    meeting = its.meeting
    when = span_in_words(meeting.starts_at, meeting.ends_at, turn.language)
    told = [turn.words("agenda.heading", title=meeting.facts.title, when=when)]
    told += [_listed(turn, number, one) for number, one in enumerate(shown, 1)]
    if not shown:
        told.append(turn.words("agenda.none"))
    if len(its.listed) > SHOWN:
        told.append(say_many(turn.language, "agenda.more", len(its.listed) - SHOWN))
    told += [_own(turn, meeting, one) for one in mine]
    numbers = _numbers(its, shown) if is_open else []
    if numbers:
        told.append(turn.words("agenda.tap_number"))
    turn.show("\n\n".join(told), [*numbers, *_ways(turn, meeting, mine, is_open=is_open)])


def _own(turn: Turn, meeting: Meeting, one: OwnItem) -> str:
    """Return what became of a question of one's own that is not on the agenda."""
    words = shortened(one.words, WORDS_SHOWN)
    if one.report_offered:
        return turn.words("agenda.report_offered", title=meeting.facts.title, words=words)
    if one.state is AgendaState.DECLINED:
        return turn.words("agenda.not_taken", words=words, reason=one.reason or "")
    return turn.words("agenda.waiting", words=words)


def _ways(turn: Turn, meeting: Meeting, mine: Sequence[OwnItem], *, is_open: bool) -> list[list[Button]]:
    """Return the ways on: write one, do something about one's own, back to the meeting."""
    rows: list[list[Button]] = []
    if is_open:
        rows.append([(turn.words("agenda.write"), OwnTap(AGENDA, f"{meeting.reference}.{WRITE}"))])
    for one in mine:
        words = shortened(one.words, LABEL_SHOWN)
        if one.state is AgendaState.WAITING:
            rows.append([item_button(turn.words("agenda.take_back", words=words), one.id, TAKE_BACK)])
        rows += [report_row(turn.language, one.id)] if one.report_offered else []
    return [*rows, [(turn.words("meeting_card.details"), OwnTap("meeting", meeting.reference))]]


def _listed(turn: Turn, number: int, one: ListedItem) -> str:
    lines = [f"{number}. {shortened(one.words, WORDS_SHOWN)}"]
    if one.supporters:
        lines.append(say_many(turn.language, "agenda.supporters", one.supporters))
    if one.answer:
        lines.append(turn.words("agenda.answer", answer=shortened(one.answer, WORDS_SHOWN)))
    return "\n".join(lines)


def _numbers(its: Agenda, shown: Sequence[ListedItem]) -> list[list[Button]]:
    """Return the buttons to want the same as others; one's own question has none."""
    own, buttons = {one.id for one in its.own}, []
    for number, one in enumerate(shown, 1):
        if one.id not in own:
            wanted = one.id in its.supported
            label, what = (f"✓ {number}", SUPPORT_NO_MORE) if wanted else (str(number), SUPPORT)
            buttons.append(item_button(label, one.id, what))
    return [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """See whether the words tell of something that happens to somebody: then a report is offered first."""
    if code != WORDS:
        return draft
    words = draft.answers[WORDS]
    understood = turn.services.read(words)
    tells = bool(understood.categories) and understood.intent is None and not asks(words)
    like = bool(understood.cards) or tells
    return replace(draft, answers={**draft.answers, LOOKS_LIKE_REPORT: like})


def _more_words(turn: Turn, draft: Draft, text: str) -> bool:
    """Add what is written before it is sent; `Refusal` where that gets too long."""
    if forms.question_of(turn, draft).code != SEND_AS:
        return False
    asked = AGENDA_QUESTION.questions(turn.reference.profile, draft.answers)[0]
    words = questions.check_words(asked, f"{draft.answers[WORDS]}\n{text}")
    added = replace(draft, answers={**draft.answers, WORDS: words})
    turn.draft = _settled(turn, added, WORDS)
    forms.ask(turn, turn.words("agenda.added"), fresh=True)
    return True


def _keep_words(turn: Turn, draft: Draft, text: str) -> bool:
    """Let words that called for a safety card, and are no question for a meeting, be part of a report."""
    into_report.take(turn, waiting_in(draft), text)
    return True


def _finish(turn: Turn, draft: Draft) -> None:
    """Send it to the team, or make a report of it; a report that waited comes back."""
    words = draft.answers[WORDS]
    if draft.answers[SEND_AS] == REPORT_IT:
        into_report.take(turn, waiting_in(draft), words)
        return
    reference = draft.answers["reference"]
    cards = sorted({*draft.answers.get(CARDS, {}), *turn.cards})
    try:
        agenda.ask(turn.session, turn.resident, reference, words, cards)
        told = turn.words("agenda.sent")
    except Refusal as refusal:
        told = turn.words(refusal.key, **refusal.values)
    turn.show(told, stacked([agenda_button(turn.language, reference)]))
    forms.close(turn, draft)


chat_form.register(
    chat_form.ChatForm(
        AGENDA_QUESTION,
        _finish,
        lambda _turn, _draft: "",
        lambda _turn, _draft: False,
        settled=_settled,
        more_words=_more_words,
        keep_words=_keep_words,
    )
)
