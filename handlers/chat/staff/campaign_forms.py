"""How the small forms about one campaign begin and end: kept as the console keeps it, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from handlers.chat import beside, forms
from handlers.chat.chat_form import FORMS, ChatForm
from handlers.chat.form_keyboard import Labels
from handlers.chat.resident import general
from handlers.chat.staff import campaign_card
from handlers.chat.staff.access import worker
from handlers.chat.staff.refusals import SENTENCES, sentence
from handlers.chat.turn import Turn
from notifications.refusals import SOMEBODY
from store.domain.campaign import TO_BE_CHANGED, Campaign, CampaignState
from store.domain.campaign_form import AGAIN, CHANGED, REFERENCE, VERSION
from store.domain.campaign_pattern import Pattern
from store.domain.draft import Draft
from store.domain.errors import Changed, Refusal
from store.domain.questions import Form
from store.domain.staff import By
from store.engine import whole
from store.queries import campaigns

Deed = Callable[[Turn, By, Draft], str]
"""Does what the answers say, through the store; returns what to say of it."""
Shown = Callable[[Turn, By, Draft, str], None]
"""Shows what came of it, with what its deed returned."""


class Show(Protocol):
    """Shows what a form is about as it stands now, in place of what was tapped."""

    def __call__(self, turn: Turn, by: By, reference: str, *notices: str) -> None:
        """Show it; `notices` are said first."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: what its card says, how that is shown, and whether it may still change."""

    text_of: Callable[[Turn, By, str], str]
    show: Show
    may_change: Callable[[Turn, By, str], bool]


def _may_change(turn: Turn, by: By, reference: str) -> bool:
    known = campaigns.find(turn.session, by.staff, reference)
    return known.state in TO_BE_CHANGED and not known.unreadable


A_CAMPAIGN = Subject(campaign_card.text_of, campaign_card.show, _may_change)
NO_FILE = "For a picture or document, tap “Picture or PDF” under the campaign."
LEAVE = Labels(leave={"en": "Leave it as it is"})


def start(turn: Turn, form: str, of: Campaign | Pattern, **answers: Any) -> None:
    """Ask in place of the card that was tapped; the form is about what it is as it stands now."""
    beside.start(turn, form, **(answers | {REFERENCE: of.reference, VERSION: of.version}))


def form_of(form: Form, deed: Deed, shown: Shown, of: Subject) -> ChatForm:
    """Return a small form as chat knows it, where nothing else is said of it."""
    return ChatForm(
        form,
        finish(deed, shown, of),
        no_review,
        no_file(NO_FILE),
        labels=LEAVE,
        stopped=stopping(of),
        refused=refused,
        screened=False,
    )


def of_campaign(form: Form, deed: Deed, shown: Shown) -> ChatForm:
    """Return a small form about a campaign, which also says where that is a draft again by it."""
    return form_of(form, _telling_state(deed), shown, A_CAMPAIGN)


def show_card(turn: Turn, by: By, draft: Draft, said: str) -> None:
    """Show the campaign after a form."""
    campaign_card.show(turn, by, draft.answers[REFERENCE], said)


def finish(deed: Deed, shown: Shown, of: Subject) -> Callable[[Turn, Draft], None]:
    """Return what ends a form: keep it and show that, or say why not and ask again."""

    def finished(turn: Turn, draft: Draft) -> None:
        by = worker(turn)
        if by is None:
            leave_for_good(turn)
            return
        try:
            with whole(turn.session):
                said = deed(turn, by, draft)
        except Changed as changed:
            _ask_whether_again(turn, by, draft, changed, of)
        except Refusal as refusal:
            _ask_anew(turn, by, draft, refusal, of)
        else:
            shown(turn, by, draft, said)
            forms.close(turn, draft)

    return finished


def leave_for_good(turn: Turn) -> None:
    """Drop the form of somebody who is no member of staff any more."""
    turn.draft, turn.ended = None, True
    general.unknown_command(turn)


def _telling_state(deed: Deed) -> Deed:
    def done(turn: Turn, by: By, draft: Draft) -> str:
        before = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE]).state
        said = deed(turn, by, draft)
        after = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE]).state
        again = before is not CampaignState.DRAFT and after is CampaignState.DRAFT
        return f"{said} {campaign_card.IS_DRAFT_AGAIN}" if again else said

    return done


def _ask_whether_again(turn: Turn, by: By, draft: Draft, changed: Changed, of: Subject) -> None:
    """Say what it says by now, and ask whether this goes in all the same: then it knows of that version."""
    who = changed.values.get("who") or SOMEBODY
    card = of.text_of(turn, by, draft.answers[REFERENCE])
    said = f"{who} changed it meanwhile, so nothing was written. This is how it stands now:\n\n{card}"
    told = {CHANGED: said, VERSION: changed.values["version"]}
    turn.draft = draft.without(AGAIN).moved(AGAIN, **told)
    forms.ask(turn)


def _ask_anew(turn: Turn, by: By, draft: Draft, refusal: Refusal, of: Subject) -> None:
    """Say why it is not kept and ask again; of what cannot be changed any more show how it stands."""
    if not of.may_change(turn, by, draft.answers[REFERENCE]):
        of.show(turn, by, draft.answers[REFERENCE], sentence(refusal))
        forms.close(turn, draft)
        return
    asked = FORMS[draft.form].form.questions(turn.reference.profile, draft.answers)
    codes = [question.code for question in asked]
    turn.draft = draft.without(*codes, CHANGED).moved(codes[0])
    forms.ask(turn, sentence(refusal))


def stopping(of: Subject) -> Callable[[Turn, Draft], bool]:
    """Return what leaves everything as it is, and shows that."""

    def stopped(turn: Turn, draft: Draft) -> bool:
        by = worker(turn)
        if by is None:
            return False
        of.show(turn, by, draft.answers[REFERENCE])
        forms.close(turn, draft)
        return True

    return stopped


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
