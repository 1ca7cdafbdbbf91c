"""Put a picture or a PDF to a campaign, or a recurring one, by sending it to the chat, or take it off."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from handlers.chat import chat_form, forms
from handlers.chat.files import has_file
from handlers.chat.staff import (
    campaign_card,
    campaign_forms,
    campaign_pattern_card,
    campaign_pattern_forms,
    campaign_texts,
)
from handlers.chat.staff.access import worker
from handlers.chat.staff.campaign_forms import Deed, Shown
from handlers.chat.staff.refusals import sentence
from handlers.chat.turn import Turn, said_of_album
from notifications.buttons import StaffTap
from store.actions import campaign_file, campaign_pattern_file
from store.actions.campaign_file import NewFile
from store.domain.campaign_file import FileKind, checked_seen
from store.domain.campaign_file_form import ALBUM, CAMPAIGN_FILE, FILE, HAS, OFF, SHOWS, is_picture
from store.domain.campaign_form import REFERENCE, VERSION
from store.domain.campaign_pattern_form import PATTERN_FILE
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.meeting_document import Content
from store.domain.staff import By
from store.queries import campaign_files, deliveries

_ONE = "One picture or document goes with a campaign: the first of these is taken."
_ABOUT, _TAKEN = "campaign", "taken"


def start(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask for the file."""
    known = campaign_card.changeable(turn, by, tap.subject)
    has = campaign_files.of(turn.session, known.id)
    said = campaign_texts.file_words(has) if has is not None else ""
    campaign_forms.start(turn, CAMPAIGN_FILE.code, known, **{HAS: said})


def start_of_pattern(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask for the file that goes with each time of a recurring campaign. Refusals: those of `changeable`."""
    known = campaign_pattern_card.changeable(turn, by, tap.subject)
    has = campaign_files.of_pattern(turn.session, known.id)
    said = campaign_texts.file_words(has) if has is not None else ""
    campaign_forms.start(turn, PATTERN_FILE.code, known, **{HAS: said})


def is_left_over(turn: Turn) -> bool:
    """Tell whether this is one more file of an album of which the first went to a campaign."""
    album = turn.message and turn.message.media_group_id
    if turn.staff is None or not album or (turn.draft is not None and turn.draft.answers.get(ALBUM) == album):
        return False
    return deliveries.said_any(turn.session, [said_of_album(turn.chat_id, album, _ABOUT, _TAKEN)])


def _heard(turn: Turn, draft: Draft) -> bool:
    """Hear the file that was fetched before this turn, or why it was not."""
    album, came = turn.message and turn.message.media_group_id, turn.fetched
    if worker(turn) is None:
        campaign_forms.leave_for_good(turn)
    elif album is not None and draft.answers.get(ALBUM) == album:
        turn.tell_once(_ONE, _TAKEN, _ABOUT)
    elif came is None or isinstance(came, Refusal):
        forms.ask(turn, sentence(came or Refusal("campaign_file.wrong_kind")))
    else:
        _took(turn, draft.moved(draft.step, **{ALBUM: album}), dict(came))
    return True


def _took(turn: Turn, draft: Draft, came: dict[str, object]) -> None:
    asked = chat_form.FORMS[draft.form].form.questions(turn.reference.profile, draft.answers)
    settled = forms.settle(turn, draft, asked[0], came)
    if turn.message is not None and turn.message.caption and is_picture(came):
        turn.draft = settled  # the words under it are heard next, as what it shows
    else:
        forms.go_on(turn, settled)


def _words_under_it(turn: Turn, draft: Draft, _text: str) -> bool:
    """Pass over what stands under a file that was not taken: why is said already."""
    return turn.message is not None and has_file(turn.message) and forms.question_of(turn, draft).code == FILE


def _keeping(its: ModuleType, then: str) -> Deed:
    """Return what keeps the file by `its` actions, or takes it off; `then` is said of one that is kept."""

    def keep(turn: Turn, by: By, draft: Draft) -> str:
        reference, version = draft.answers[REFERENCE], draft.answers[VERSION]
        if draft.answers[FILE] == OFF:
            its.remove(turn.session, by, reference, version)
            return "It is taken off."
        file, kind = _sent(draft)
        its.attach(turn.session, by, reference, file, turn.reference.profile.district, version)
        return f"The {kind.value} is with it{then}"

    return keep


def _sent(draft: Draft) -> tuple[NewFile, FileKind]:
    """Return the file that came, and what it is."""
    answer = draft.answers[FILE]
    kind = FileKind.PICTURE if is_picture(answer) else FileKind.DOCUMENT
    content = Content(answer["media_type"], answer["size"], answer["sha256"])
    return NewFile(answer["key"], content, checked_seen(kind, draft.answers.get(SHOWS) or "")), kind


def _showing(shown: Shown) -> Shown:
    """Return what shows what came of it; of an album what becomes of the others is said once."""

    def show(turn: Turn, by: By, draft: Draft, said: str) -> None:
        if turn.message is not None and turn.message.media_group_id is not None:
            turn.tell_once(_ONE, _TAKEN, _ABOUT)
        shown(turn, by, draft, said)

    return show


def _refused(turn: Turn, refusal: Refusal) -> str:
    """Return the sentence; whoever writes where a file is asked for is told so."""
    if refusal.key == "form.choose_one":
        return "I wait for a picture or a PDF."
    return campaign_forms.refused(turn, refusal)


_KEEP = _keeping(campaign_file, ". Try it on yourself to see it.")
_KEEP_IN_PATTERN = _keeping(campaign_pattern_file, ", and goes with each of its times.")
VERBS = {campaign_card.FILE: start, campaign_pattern_card.FILE: start_of_pattern}
for _form in (
    campaign_forms.of_campaign(CAMPAIGN_FILE, _KEEP, _showing(campaign_forms.show_card)),
    campaign_pattern_forms.of_pattern(
        PATTERN_FILE, _KEEP_IN_PATTERN, _showing(campaign_pattern_forms.show_card)
    ),
):
    chat_form.register(replace(_form, heard_file=_heard, more_words=_words_under_it, refused=_refused))
