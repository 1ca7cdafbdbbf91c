"""Find engagement meetings: the nearest, by area or all; one to read, and its file for a calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.chat import beside, chat_form, forms
from handlers.chat.command import words_after_command
from handlers.chat.files import has_file
from handlers.chat.keyboards import stacked
from handlers.chat.resident import general, into_report, report
from handlers.chat.resident.meeting_document import paper_row
from handlers.chat.turn import Turn
from notifications import calendar, meeting_card, sharing_card
from notifications.agenda_row import agenda_button
from notifications.api import document
from notifications.buttons import Button, OwnTap, WebLink, can_be_opened, read
from notifications.coming_row import coming_row
from notifications.page_link import page_link
from store.domain import reference_number
from store.domain.draft import Draft
from store.domain.errors import NotFound, Refusal
from store.domain.find_meetings import ALL, FIND, MINE, STORY_WORDS, WHERE
from store.domain.kept_form import ENQUIRY
from store.domain.meeting import Meeting, MeetingState
from store.domain.near import Near, nearest
from store.domain.place import Location, find_postcode
from store.domain.subscription import Topic
from store.domain.told import waiting_in
from store.domain.working_days import london_date
from store.engine import now
from store.queries import (
    agenda,
    meeting_documents,
    meeting_sharings,
    meetings,
    public_meetings,
    subscriptions,
)

PAGE = 3
"""So many cards at once: each is a message, and a chat gets one a second."""
STORY_BEHIND_COMMAND = 8
"""So many words typed with /meetings tell of something; an address has fewer."""
VERB, ONE, FILE = "meetings", "meeting", "meeting_file"


def start(turn: Turn) -> None:
    """Hear /meetings: ask from where, or look where the words typed with it say."""
    said = words_after_command(turn)
    found = _location(turn, said) if said else None
    if turn.draft is not None and turn.draft.answers.get("intent") == ENQUIRY:
        turn.draft = None  # it asked for nothing else
    if found is not None:
        _tell_nearest(turn, found)
        forms.ask(turn, fresh=True)
        return
    if said:
        turn.notices.append(turn.words("meetings.unknown_place"))
    beside.start(turn, FIND.code, mine=_own_places(turn) is not None)


def tapped(turn: Turn) -> None:
    """Hear a tap: look (again, or on), read one, get its file; what has gone is answered kindly."""
    tap = read((turn.query and turn.query.data) or "")
    verb, subject = (tap.verb, tap.subject) if isinstance(tap, OwnTap) else ("", "")
    try:
        if verb == ONE:
            _details(turn, subject)
        elif verb == FILE:
            _file(turn, subject)
        elif subject:
            what, _, page = subject.rpartition(".")
            _tell_listed(turn, what, int(page) if page.isdecimal() and len(page) <= 3 else 0)  # noqa: PLR2004
        else:
            start(turn)
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


def show(turn: Turn, code: str) -> None:
    """Show the meeting that a link names; what is open stays open, and is asked for again."""
    turn.resident  # noqa: B018 - met now
    try:
        _details(turn, reference_number.parse(code) or "")
    except NotFound as gone:
        turn.say(gone.key, [[_look(turn)], *general.ways_on(turn)])
    forms.ask(turn, fresh=True)


def tell_asked(turn: Turn, said: str) -> None:
    """Tell those who asked about a meeting in words of theirs of the next ones, near a place they name."""
    if public_meetings.coming(turn.session, limit=1):
        _tell_nearest(turn, _location(turn, said) or Location(), more=False)
    else:
        turn.notices.append(_none(turn))


def _location(turn: Turn, said: str) -> Location | None:
    """Return where words say that somebody is; None where they name no place that we know."""
    found = turn.reference.places.locate_words(said, london_date(now(turn.session)))
    known = found.lat is not None or found.area is not None or found.outside
    return found if known else None


def _tell_nearest(turn: Turn, place: Location, *, more: bool = True) -> None:
    """Tell of the meetings that are nearest to a place, with distances from a postcode or a point.

    The middle of a town is no point of somebody's own.
    """
    coming = public_meetings.coming(turn.session)
    precise = bool(find_postcode(place.words)) or not place.words
    found = [near if precise else Near(near.meeting) for near in nearest(coming, place, PAGE)]
    placed = place.lat is not None or place.area is not None
    heading = turn.words("meetings.nearest" if placed else "meetings.coming")
    if place.outside:
        heading = turn.words("meetings.outside", district=turn.reference.profile.district.name)
    rows: list[list[Button]] = []
    if more:
        left = len(coming) > len(found)
        rows = stacked([*([_listing(turn, ALL, 0, "meetings.all")] if left else []), _look(turn)])
    _tell(turn, found, heading, rows)


def _tell_listed(turn: Turn, what: str, offset: int) -> None:
    """Tell of the meetings of an area, of a person's places, or of all, page by page."""
    areas = _areas(turn, what)
    found = public_meetings.coming(turn.session, areas, offset, PAGE + 1)
    if not found and offset:  # what was to follow has gone by
        _tell_listed(turn, what, 0)
        return
    if not found and areas:
        rows = [[_listing(turn, ALL, 0, "meetings.all")], [_look(turn)]]
        turn.tell(turn.words("meetings.none_here"), rows)
        return
    named = next((a.name for a in turn.reference.profile.areas if a.code == what), None)
    heading = turn.words("meetings.in_area", area=named) if named else turn.words("meetings.coming")
    ways = [_look(turn)]
    if len(found) > PAGE:
        ways.insert(0, _listing(turn, what, offset + PAGE, "meetings.more"))
    _tell(turn, [Near(one) for one in found[:PAGE]], heading, stacked(ways))


def _areas(turn: Turn, what: str) -> Collection[str]:
    """Return the areas that are meant; none for all."""
    profile = turn.reference.profile
    if what == MINE:
        chosen = _own_places(turn) or frozenset()
        return chosen | {ward.area for ward in profile.wards if ward.code in chosen}
    return {area.code for area in profile.areas if area.code == what}


def _own_places(turn: Turn) -> frozenset[str] | None:
    """Return from where somebody wants to hear of meetings; None where they did not subscribe to that."""
    own = subscriptions.of(turn.session, turn.resident.id)
    wants = own is not None and own.stopped_at is None and Topic.MEETINGS in own.topics
    return own.places if own is not None and wants else None


def _tell(turn: Turn, found: Sequence[Near], heading: str, rows: Sequence[Sequence[Button]]) -> None:
    """Say a card for each, the heading above the first and the ways on under the last."""
    if not found:
        turn.tell(_none(turn), general.ways_on(turn))
        return
    at = now(turn.session)
    papers = meeting_documents.shown_of(turn.session, [near.meeting for near in found])
    for number, near in enumerate(found, 1):
        text = meeting_card.card(near, turn.language, at)
        own = paper_row(turn, near.meeting, papers[near.meeting.id])
        keyboard = [*_buttons(turn, near.meeting), *own, *(rows if number == len(found) else ())]
        turn.tell(f"{heading}\n\n{text}" if number == 1 else text, keyboard)


def _none(turn: Turn) -> str:
    return turn.words("meetings.none", email=turn.reference.profile.district.email)


def _details(turn: Turn, reference: str) -> None:
    meeting = meetings.public(turn.session, reference)
    shared, before = meeting_sharings.around(turn.session, meeting)
    text = sharing_card.beneath(
        meeting_card.details(meeting, turn.language, now(turn.session)),
        sharing_card.came_of_it(shared, turn.language),
        sharing_card.last_time(before, turn.language),
    )
    own = paper_row(turn, meeting, meeting_documents.shown_of(turn.session, [meeting])[meeting.id])
    asked = len(agenda.listed(turn.session, meeting.id))
    turn.show(text, [*_buttons(turn, meeting, detailed=True, asked=asked), *own, [_look(turn)]])


def _file(turn: Turn, reference: str) -> None:
    entry = public_meetings.entry(turn.session, reference)
    meeting = entry.meeting
    text = calendar.file_of(entry, turn.services.public_url, turn.language).decode()
    key = "meeting_card.file_cancelled" if meeting.state is MeetingState.CANCELLED else "meeting_card.file"
    file = document(calendar.file_name(meeting), text, calendar.MEDIA_TYPE)
    turn.send_file(file, turn.words(key, title=meeting.facts.title))


def _buttons(turn: Turn, meeting: Meeting, *, detailed: bool = False, asked: int = 0) -> list[list[Button]]:
    page = page_link(turn.services.public_url, f"/meetings/{meeting.reference}", turn.language)
    deeds: list[Button] = []
    if not detailed:
        deeds.append((turn.words("meeting_card.details"), OwnTap(ONE, meeting.reference)))
    if meeting.ends_at > now(turn.session):
        off = meeting.state is MeetingState.CANCELLED
        label = turn.words("meeting_card.update" if off else "meeting_card.add")
        deeds.append((label, OwnTap(FILE, meeting.reference)))
    if can_be_opened(page):
        deeds.append((turn.words("meeting_card.web"), WebLink(page)))
    rows = [deeds] if deeds else []
    if meeting.state is MeetingState.PUBLISHED and meeting.ends_at > now(turn.session):
        rows.insert(0, coming_row(turn.language, meeting.reference))
        rows[0].append(agenda_button(turn.language, meeting.reference, asked))
    return rows


def _look(turn: Turn) -> Button:
    return turn.words("meetings.elsewhere"), OwnTap(VERB)


def _listing(turn: Turn, what: str, offset: int, key: str) -> Button:
    return turn.words(key), OwnTap(VERB, f"{what}.{offset}")


def _finish(turn: Turn, draft: Draft) -> None:
    """Tell of what was chosen; a report that waited comes back."""
    chosen = draft.answers[WHERE]
    if isinstance(chosen, str):
        _tell_listed(turn, chosen, 0)
    else:
        _tell_nearest(turn, Location(**{k: v for k, v in chosen.items() if k in Location.__slots__}))
    forms.close(turn, draft)


def _more_words(turn: Turn, draft: Draft, text: str) -> bool:
    """Hear words that name no place: a story is told to us, anything shorter is asked about again."""
    if _location(turn, text) is not None:
        return False
    if len(text.split()) < STORY_WORDS:
        raise Refusal("meetings.unknown_place")
    return _keep_words(turn, draft, text)


def _keep_words(turn: Turn, draft: Draft, text: str) -> bool:
    """Add words to the report that waits beside, or begin one with them."""
    into_report.take(turn, waiting_in(draft), text)
    return True


def _heard_file(turn: Turn, draft: Draft) -> bool:
    """A file is no place: it goes to what waits beside, or begins a report."""
    if turn.message is None or not has_file(turn.message):
        return False
    turn.draft = waiting = waiting_in(draft)
    if waiting is not None:
        return chat_form.FORMS[waiting.form].heard_file(turn, waiting)
    report.start_with_file(turn)
    return True


def _no_review(_turn: Turn, _draft: Draft) -> str:
    return ""


chat_form.register(
    chat_form.ChatForm(FIND, _finish, _no_review, _heard_file, more_words=_more_words, keep_words=_keep_words)
)
