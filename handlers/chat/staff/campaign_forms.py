"""How the small forms about one campaign begin and end: kept as the console keeps it, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.chat import beside, chat_form, forms
from handlers.chat.form_keyboard import Labels
from handlers.chat.resident import general
from handlers.chat.staff import campaign_card
from handlers.chat.staff.access import worker
from handlers.chat.staff.refusals import SENTENCES, sentence
from handlers.chat.turn import Turn
from notifications.refusals import SOMEBODY
from store.domain.campaign import TO_BE_CHANGED, Campaign, CampaignState
from store.domain.campaign_form import AGAIN, CHANGED, REFERENCE, VERSION
from store.domain.draft import Draft
from store.domain.errors import Changed, Refusal
from store.domain.questions import Form
from store.domain.staff import By
from store.engine import whole
from store.queries import campaigns

Deed = Callable[[Turn, By, Draft], str]
"""Does what the answers say, through the store; returns what to say of it."""
Shown = Callable[[Turn, By, Draft, str], None]
"""Shows what came of it, and says this first."""
NO_FILE = "For a picture or document, tap “Picture or PDF” under the campaign."
LEAVE = Labels(leave={"en": "Leave it as it is"})


def register(form: Form, deed: Deed, shown: Shown, **different: Any) -> None:
    """Make a small form about one campaign known; `different` is what it does otherwise (see `ChatForm`)."""
    usual: dict[str, Any] = {"heard_file": no_file(NO_FILE), "stopped": stopped, "refused": refused}
    kept, ends = usual | different, finish(deed, shown)
    chat_form.register(chat_form.ChatForm(form, ends, no_review, labels=LEAVE, screened=False, **kept))


def start(turn: Turn, form: str, of: Campaign, **answers: Any) -> None:
    """Ask in place of the card that was tapped; the form is about the campaign as it stands now."""
    beside.start(turn, form, **(answers | {REFERENCE: of.reference, VERSION: of.version}))


def finish(deed: Deed, shown: Shown) -> Callable[[Turn, Draft], None]:
    """Return what ends a form: keep it and show that, or say why not and ask again."""

    def finished(turn: Turn, draft: Draft) -> None:
        by = worker(turn)
        if by is None:
            leave_for_good(turn)
            return
        before = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE]).state
        try:
            with whole(turn.session):
                said = deed(turn, by, draft)
        except Changed as changed:
            _ask_whether_again(turn, by, draft, changed)
        except Refusal as refusal:
            _ask_anew(turn, by, draft, refusal)
        else:
            shown(turn, by, draft, _with_state(turn, by, draft, before, said))
            forms.close(turn, draft)

    return finished


def leave_for_good(turn: Turn) -> None:
    """Drop the form of somebody who is no member of staff any more."""
    turn.draft, turn.ended = None, True
    general.unknown_command(turn)


def _with_state(turn: Turn, by: By, draft: Draft, before: CampaignState, said: str) -> str:
    after = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE]).state
    if before is not CampaignState.DRAFT and after is CampaignState.DRAFT:
        return f"{said} {campaign_card.IS_DRAFT_AGAIN}"
    return said


def _ask_whether_again(turn: Turn, by: By, draft: Draft, changed: Changed) -> None:
    """Say what it says by now, and ask whether this goes in all the same: then it knows of that version."""
    who = changed.values.get("who") or SOMEBODY
    card = campaign_card.text_of(turn, by, draft.answers[REFERENCE])
    said = f"{who} changed it meanwhile, so nothing was written. This is how it stands now:\n\n{card}"
    told = {CHANGED: said, VERSION: changed.values["version"]}
    turn.draft = draft.without(AGAIN).moved(AGAIN, **told)
    forms.ask(turn)


def _ask_anew(turn: Turn, by: By, draft: Draft, refusal: Refusal) -> None:
    """Say why it is not kept and ask again; of what cannot be changed any more show how it stands."""
    if campaigns.find(turn.session, by.staff, draft.answers[REFERENCE]).state not in TO_BE_CHANGED:
        campaign_card.show(turn, by, draft.answers[REFERENCE], sentence(refusal))
        forms.close(turn, draft)
        return
    asked = chat_form.FORMS[draft.form].form.questions(turn.reference.profile, draft.answers)
    codes = [question.code for question in asked]
    turn.draft = draft.without(*codes, CHANGED).moved(codes[0])
    forms.ask(turn, sentence(refusal))


def stopped(turn: Turn, draft: Draft) -> bool:
    """Leave everything as it is, and show the campaign."""
    by = worker(turn)
    if by is None:
        return False
    campaign_card.show(turn, by, draft.answers[REFERENCE])
    forms.close(turn, draft)
    return True


def refused(turn: Turn, refusal: Refusal) -> str:
    """Return the sentence for an answer that is refused: that of staff, or of forms."""
    if refusal.key in SENTENCES:
        return sentence(refusal)
    return turn.words(refusal.key, **refusal.values)


def no_review(_turn: Turn, _draft: Draft) -> str:
    """Have nothing to be looked at once more."""
    return ""


def no_file(how: str) -> Callable[[Turn, Draft], bool]:
    """Return what says how a file gets to a campaign; words under it are heard as the answer."""

    def heard(turn: Turn, _draft: Draft) -> bool:
        turn.notices.append(how)
        if turn.message is not None and not turn.message.caption:
            forms.ask(turn)
        return True

    return heard
