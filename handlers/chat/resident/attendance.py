"""Come to a meeting: say so in one tap, how many, what one needs there, that one cannot; and be there."""

from __future__ import annotations

from handlers.chat import beside, chat_form, forms
from handlers.chat.keyboards import stacked
from handlers.chat.resident import general
from handlers.chat.turn import Turn
from notifications.agenda_row import agenda_button
from notifications.buttons import Button, OwnTap, read
from notifications.coming_row import AWAY, COMING, HOW_MANY, NEED
from notifications.dates import day_in_words, span_in_words, time_in_words
from notifications.wording import say_many
from store.actions import attendance
from store.domain import reference_number
from store.domain.attendance import Attendance, AttendanceState, here_from
from store.domain.coming_form import NEEDS
from store.domain.draft import Draft
from store.domain.errors import NotFound, Refusal
from store.domain.meeting import Meeting
from store.queries import meetings

PER_ROW = 3


def tapped(turn: Turn) -> None:
    """Hear a tap on a button about coming; what has gone or begun is answered kindly."""
    tap = read((turn.query and turn.query.data) or "")
    reference, _, what = tap.subject.partition(".") if isinstance(tap, OwnTap) else ("", "", "")
    try:
        if what == AWAY:
            attendance.stay_away(turn.session, turn.resident, reference)
            turn.show(turn.words("coming.away"), [[_button(turn, "coming.button", reference)]])
        elif what == NEED:
            _show(turn, reference)
            beside.start(turn, NEEDS.code, fresh=True, reference=reference)
        else:
            _come(turn, reference, int(what) if what in HOW_MANY else None)
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


def arrive(turn: Turn, code: str) -> None:
    """Hear that somebody scanned the poster at the door; what is open stays open, and is asked for again."""
    reference = reference_number.parse(code) or ""
    try:
        attendance.arrive(turn.session, turn.resident, reference)
        _say_at_door(turn, "here.thanks", reference)
    except NotFound as gone:
        turn.say(gone.key, general.ways_on(turn))
    except Refusal as refusal:
        _say_at_door(turn, refusal.key, reference)
    forms.ask(turn, fresh=True)


def _say_at_door(turn: Turn, key: str, reference: str) -> None:
    meeting = meetings.public(turn.session, reference)
    opens = here_from(meeting)
    day, time = day_in_words(opens, turn.language), time_in_words(opens, turn.language)
    turn.say(key, title=meeting.facts.title, day=day, time=time)


def _come(turn: Turn, reference: str, people: int | None) -> None:
    """Put them down, alone at first; whoever is down already sees how, and may change it."""
    if people is not None or _said(turn, meetings.public(turn.session, reference)) is None:
        attendance.come(turn.session, turn.resident, reference, people or 1)
    _show(turn, reference)


def _said(turn: Turn, meeting: Meeting) -> Attendance | None:
    return attendance.of(turn.session, turn.resident, meeting.id)


def _show(turn: Turn, reference: str) -> None:
    meeting = meetings.public(turn.session, reference)
    said = _said(turn, meeting)
    if said is None:
        turn.show(turn.words("coming.away"), [[_button(turn, "coming.button", reference)]])
        return
    when = span_in_words(meeting.starts_at, meeting.ends_at, turn.language)
    waits = said.state is AttendanceState.WAITING
    key = "coming.waits" if waits else "coming.down"
    told = [turn.words(key, title=meeting.facts.title, when=when)]
    told.append(say_many(turn.language, "coming.people", said.people))
    if waits and said.ahead:
        told.append(say_many(turn.language, "coming.ahead", said.ahead))
    if said.needs:
        told.append(turn.words("coming.needs", needs=said.needs))
    told.append(turn.words("coming.how_many"))
    turn.show("\n\n".join(told), _buttons(turn, reference))


def _buttons(turn: Turn, reference: str) -> list[list[Button]]:
    numbers: list[Button] = [(count, OwnTap(COMING, f"{reference}.{count}")) for count in HOW_MANY]
    rows = [numbers[at : at + PER_ROW] for at in range(0, len(numbers), PER_ROW)]
    ways = [
        _button(turn, "coming.needs_button", f"{reference}.{NEED}"),
        _button(turn, "coming.away_button", f"{reference}.{AWAY}"),
    ]
    on = [
        (turn.words("meeting_card.details"), OwnTap("meeting", reference)),
        agenda_button(turn.language, reference),
    ]
    return [*rows, *stacked(ways), on]


def _button(turn: Turn, key: str, subject: str) -> Button:
    return turn.words(key), OwnTap(COMING, subject)


def _finish(turn: Turn, draft: Draft) -> None:
    """Keep what they need; a report that waited comes back."""
    reference, needs = draft.answers["reference"], draft.answers["needs"] or ""
    said = _said(turn, meetings.public(turn.session, reference))
    if said is not None:
        attendance.come(turn.session, turn.resident, reference, said.people, needs)
    _show(turn, reference)
    forms.close(turn, draft)


chat_form.register(chat_form.ChatForm(NEEDS, _finish, lambda _turn, _draft: "", lambda _turn, _draft: False))
