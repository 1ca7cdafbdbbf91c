"""Write a campaign in chat, or change one: question by question, then as people get it, then send it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.chat import beside, chat_form, forms
from handlers.chat.files import has_file
from handlers.chat.form_keyboard import Labels
from handlers.chat.resident import general
from handlers.chat.staff import campaign_texts
from handlers.chat.staff.access import worker
from handlers.chat.staff.campaign import SHOW, ways_on
from handlers.chat.staff.refusals import SENTENCES, sentence
from handlers.chat.turn import Turn
from notifications import campaigns as worded
from notifications import refusals
from notifications.buttons import StaffTap
from store.actions import campaign
from store.domain.aside import rests
from store.domain.campaign import TO_BE_CHANGED, Campaign, check_may
from store.domain.campaign import CampaignState as State
from store.domain.campaign_form import (
    CAMPAIGN,
    KEEP,
    LABELS,
    REFERENCE,
    REVIEW,
    TITLE,
    VERSION,
    answers_of,
    checked_answer,
    facts_of,
)
from store.domain.draft import Draft
from store.domain.errors import Changed, Refusal
from store.domain.reference import LANGUAGES
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_sample, campaigns

COMPOSE = "compose"
GO_ON, ANEW = "on", "anew"


def start(turn: Turn, _by: By) -> None:
    """Hear /campaign: ask the first question, or whether to go on with the one that is half written."""
    half = turn.draft if rests(turn.draft) else turn.aside
    if half is None:
        beside.start(turn, CAMPAIGN.code)
        return
    name = f": “{half.answers[TITLE]}”" if half.answers.get(TITLE) else ""
    turn.tell(
        f"You have a campaign that is half written{name}. Do you want to go on with it?",
        [
            [("Go on", StaffTap(COMPOSE, GO_ON))],
            [("Throw it away, write a new one", StaffTap(COMPOSE, ANEW, str(half.version)))],
        ],
    )


def tapped(turn: Turn, by: By, tap: StaffTap) -> None:
    """Go on with what is half written, or begin anew if it is still the one that the button spoke of."""
    half = turn.draft if rests(turn.draft) else turn.aside
    if half is None:
        start(turn, by)
    elif tap.subject == ANEW and tap.more == str(half.version):
        turn.aside = None
        beside.start(turn, CAMPAIGN.code)
    elif turn.aside is not None:
        forms.bring_back(turn)
    else:
        forms.ask(turn, turn.words("report.resumed"), fresh=True)


def change(turn: Turn, by: By, tap: StaffTap) -> None:
    """Open the form with what a campaign says; what somebody is writing already comes first."""
    known = campaigns.page(turn.session, by.staff, tap.subject).campaign
    if known.state not in TO_BE_CHANGED:
        check_may(known.state, State.DRAFT)
    if rests(turn.draft) or turn.aside is not None:
        start(turn, by)
        return
    about = {REFERENCE: known.reference, VERSION: known.version}
    beside.start(turn, CAMPAIGN.code, fresh=True, **answers_of(known.facts), **about)


def _review(turn: Turn, draft: Draft) -> str:
    """Send what people would get, in each language; return who would, and when."""
    by = worker(turn)
    if by is None:
        return "This is for staff who work reports."
    before = _before(turn, by, draft)
    facts = facts_of(draft.answers, before.facts if before is not None else None)
    of = (before.id, before.reference) if before is not None else ("", "")
    for language in LANGUAGES:
        if language in facts.texts:
            method, params = worded.sample(turn.session, facts, language, of)
            turn.call(method, chat_id=turn.chat_id, **params)
    hear = campaign_sample.of(turn.session, facts)
    lines = campaign_texts.about(facts, turn.reference.profile, hear)
    rule = "A supervisor who did not write it has to approve it. So far nobody gets it."
    return "\n".join(["This is what people get.", "", f"Name: {facts.title}", *lines, "", rule])


def _before(turn: Turn, by: By, draft: Draft) -> Campaign | None:
    """Return the campaign that is changed, as it stands now; what is not asked stays as it is."""
    reference = draft.answers.get(REFERENCE)
    return campaigns.page(turn.session, by.staff, reference).campaign if reference is not None else None


def _changeable(_turn: Turn, _draft: Draft) -> Sequence[tuple[str, str]]:
    return list(LABELS.items())


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the answer as it is kept. Refusals: those of `checked_answer`."""
    district, at = turn.reference.profile.district, now(turn.session)
    kept = checked_answer(code, draft.answers[code], district, at)
    return replace(draft, answers={**draft.answers, code: kept})


def _refused(turn: Turn, refusal: Refusal) -> str:
    if refusal.key in SENTENCES:
        return sentence(refusal)
    return turn.words(refusal.key, **refusal.values)


def _no_file(turn: Turn, _draft: Draft) -> bool:
    """Say where a file is added to a campaign; words under it are heard as the answer."""
    if turn.message is None or not has_file(turn.message):
        return False
    turn.notices.append("A picture or document is added in the console, once this is kept as a draft.")
    if not turn.message.caption:
        forms.ask(turn)
    return True


def _finish(turn: Turn, draft: Draft) -> None:
    """Keep it as a draft, and send it for approval if that was tapped; what is refused stays in the form."""
    by = worker(turn)
    if by is None:
        turn.draft, turn.ended = None, True
        general.unknown_command(turn)
        return
    try:
        reference = _written(turn, by, draft)
    except Changed as changed:
        # Whoever sends it once more knows that it goes in place of theirs.
        draft = replace(draft, answers={**draft.answers, VERSION: changed.values["version"]})
        who = changed.values.get("who") or refusals.SOMEBODY
        _again(turn, draft, f"{who} changed it meanwhile. Send yours once more to put it in place of theirs.")
        return
    except Refusal as refusal:
        _again(turn, draft, _refused(turn, refusal))
        return
    said = "It is kept as a draft."
    if draft.answers.get(REVIEW) != KEEP:
        said = _submitted(turn, by, reference)
    page = campaigns.page(turn.session, by.staff, reference)
    opened = [(f"Open {reference}", StaffTap(SHOW, reference))]
    turn.show(f"“{page.campaign.facts.title}” ({reference})\n{said}", [*ways_on(page, by)[:-1], opened])
    forms.close(turn, draft)


def _written(turn: Turn, by: By, draft: Draft) -> str:
    """Write the campaign down as a draft; return its reference."""
    before, district = _before(turn, by, draft), turn.reference.profile.district
    facts = facts_of(draft.answers, before.facts if before is not None else None)
    if draft.answers.get(REVIEW) != KEEP and facts.send_at is not None and facts.send_at <= now(turn.session):
        raise Refusal("campaign.in_past")
    if before is None:
        return campaign.make(turn.session, by, facts, district)
    campaign.change(turn.session, by, before.reference, facts, district, draft.answers[VERSION])
    return before.reference


def _submitted(turn: Turn, by: By, reference: str) -> str:
    """Send it for approval; return what to say. What is refused is still kept as a draft."""
    try:
        campaign.submit(turn.session, by, reference)
    except Refusal as refusal:
        return f"It is kept as a draft. {sentence(refusal)}"
    return "It waits for the approval of a supervisor who did not write it."


def _again(turn: Turn, draft: Draft, why: str) -> None:
    turn.draft = draft.without(REVIEW).moved(REVIEW)
    forms.ask(turn, why)


VERBS = {COMPOSE: tapped, "campaign_change": change}
chat_form.register(
    chat_form.ChatForm(
        CAMPAIGN,
        _finish,
        _review,
        _no_file,
        labels=Labels({"en": "Send for approval"}, {"en": "Throw it away"}),
        changeable=_changeable,
        settled=_settled,
        refused=_refused,
        precious=True,
        screened=False,
        review_anew=True,
    )
)
