"""Report a problem: open the form, read it back, send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.chat import chat_form, forms, places, safety
from handlers.chat.files import file_in
from handlers.chat.resident import quiet, review, story
from handlers.chat.turn import CARDS, Turn
from notifications.buttons import OwnTap
from notifications.dates import day_in_words
from notifications.wording import say_many, translated
from store.actions import report, resident
from store.domain.draft import ASKED, THEN, Draft
from store.domain.errors import Refusal
from store.domain.questions import clean
from store.domain.report_form import DANGER, EXTRA, MAX_FILES, REPORT, category_of, takes_files
from store.domain.told import HOLDING, told_in
from store.domain.working_days import due_at
from store.engine import now


def start(turn: Turn, then: str | None = None) -> None:
    """Open the form, with words that were held; with one open already, ask whether to carry on with it.

    `then` is the category of a link: whoever rather starts again starts there.
    """
    turn.draft = told_in(turn.draft)
    if turn.draft is not None and turn.draft.form in HOLDING:
        start_with_held(turn, turn.draft)
        return
    if turn.draft is not None:
        turn.draft = turn.draft.asking("resume")
        if then is not None:
            turn.draft = replace(turn.draft, answers={**turn.draft.answers, THEN: then})
        turn.say(
            "report.open_draft",
            [
                [(turn.words("report.carry_on_draft"), OwnTap("resume"))],
                [(turn.words("report.start_again"), OwnTap("restart", str(turn.draft.version)))],
            ],
        )
        return
    turn.resident  # noqa: B018 - see start
    forms.start(turn, REPORT.code)


def resume(turn: Turn, *, fresh: bool = False) -> None:
    """Carry on where the form was left; `fresh` leaves the tapped message (a safety card) as it is."""
    if turn.draft is None:
        start(turn)
        return
    turn.draft = turn.draft.without(ASKED, THEN)
    forms.ask(turn, turn.words("report.resumed"), fresh=fresh)


def restart(turn: Turn, version: str) -> None:
    """Forget the open form and begin anew, if it is still the one that the button spoke of."""
    if turn.draft is None or str(turn.draft.version) != version:
        raise Refusal("form.old_button")
    start_again(turn)


def start_again(turn: Turn) -> None:
    """Open a fresh form; after a link, at its category."""
    begin_again(turn, turn.draft.answers.get(THEN) if turn.draft is not None else None)


def begin_again(turn: Turn, code: str | None) -> None:
    """Open a fresh form, at the category with this code if there is one."""
    category = next((c for c in turn.reference.profile.categories if c.code == code), None)
    if category is None:
        forms.start(turn, REPORT.code)
        return
    notice = turn.words("link.report", category=translated(turn.language, category.label))
    forms.start(turn, REPORT.code, notices=(notice,), group=category.group, category=category.code)


def heard_before_going_on(turn: Turn, draft: Draft, text: str) -> None:
    """Hear somebody who has not said yet whether to go on with the open form: keep it and ask again."""
    if any(character.isalnum() for character in text):
        safety.screen(turn, text)
        try:
            story.add(turn, turn.draft or draft, text)
            turn.tell(turn.words("report.added_words"))
        except Refusal as refusal:
            turn.tell(turn.words(refusal.key, **refusal.values))
    if not turn.held:
        start(turn)


def start_with_words(turn: Turn, parts: Mapping[str, str]) -> None:
    """Open the form with the story that somebody simply wrote, in one message or in several."""
    _start_with(turn, turn.words("report.kept_words"), **story.begin(turn, parts))
    for number in parts:
        if turn.draft is not None:
            turn.draft = turn.draft.from_message(int(number), "what")


def start_with_held(turn: Turn, draft: Draft) -> None:
    """Open the form with the words and files of a small form, and the cards that were shown for them."""
    safety.carry(turn, draft)
    turn.draft = None
    start_with_words(turn, draft.answers["parts"])
    keep_files(turn, draft.answers.get("files", ()))


def start_with_file(turn: Turn) -> None:
    """Open the form with a file that somebody simply sent."""
    _start_with(turn, turn.words("report.kept_file"))
    if turn.draft is not None and turn.message is not None:
        heard_file(turn, turn.draft, quietly=True)


def start_with_place(turn: Turn, where: Mapping[str, Any]) -> None:
    """Open the form with a place that somebody simply shared."""
    turn.notices += places.outside(turn, where)
    _start_with(turn, turn.words("report.kept_place"), where=dict(where))


def _start_with(turn: Turn, kept: str, **answers: Any) -> None:
    """Open the form with what came out of the blue, and say that nobody reads this live."""
    turn.resident  # noqa: B018 - see start
    forms.start(turn, REPORT.code, notices=(kept, *safety.footer(turn)), **answers)


def heard_file(turn: Turn, draft: Draft, *, quietly: bool = False) -> bool:
    """Keep a file that was sent at any step of the form; False where the message has none."""
    message = turn.message
    if message is None:
        return False
    try:
        file = file_in(message)
        if file is None:
            return False
        told = quietly or _same_album(draft, message.media_group_id)
        _keep_file(turn, draft, file, message.media_group_id)
        if not told:
            _tell_kept(turn)
    except Refusal as refusal:
        turn.say_once(refusal.key, **refusal.values)
        return True
    return True


def keep_files(turn: Turn, files: Sequence[Mapping[str, Any]]) -> None:
    """Keep files that came before the form was open."""
    for file in files:
        if turn.draft is not None:
            _keep_file(turn, turn.draft, file, None)


def _keep_file(turn: Turn, draft: Draft, file: Mapping[str, Any], album: str | None) -> None:
    if not takes_files(turn.reference.profile, draft.answers):
        raise Refusal("files.not_asked")
    had = list(draft.answers.get("evidence", ()))
    if len(had) >= MAX_FILES:
        raise Refusal("files.too_many", limit=MAX_FILES)
    again = any(known["unique_id"] == file["unique_id"] for known in had)
    files = had if again else [*had, dict(file)]
    turn.draft = replace(draft, answers={**draft.answers, "evidence": files, "album": album})


def _same_album(draft: Draft, album: str | None) -> bool:
    return album is not None and draft.answers.get("album") == album


def _tell_kept(turn: Turn) -> None:
    if turn.held:
        return
    if turn.draft is not None and turn.draft.step == "files":
        count = len(turn.draft.answers["evidence"])
        forms.ask(turn, say_many(turn.language, "files.added", count))
    else:
        turn.say("files.kept_for_later")


def settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with what an answer brings with it."""
    if code == "what":
        draft = story.told(turn, draft)
    elif code == DANGER and draft.answers[code] == "yes" and safety.EMERGENCY in draft.answers.get(CARDS, {}):
        turn.notices.append(turn.words("safety.call_now"))
    elif code.startswith(EXTRA):
        draft = _with_cards(turn, draft, code)
    elif code == "where" and draft.answers[code]:
        turn.notices += places.outside(turn, draft.answers[code])
    elif code == "safe_contact":
        unsafe = draft.answers[code] == "no"
        if turn.resident.do_not_contact != unsafe:
            turn.known = resident.set_do_not_contact(turn.session, turn.resident, unsafe)
    # Under a card that stands alone nothing else is said: the next answer will do it.
    return draft if turn.held else _without_harmful_files(turn, draft)


def _with_cards(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft after the safety cards that the answer to a category's own question calls for."""
    category = category_of(turn.reference.profile, draft.answers)
    if category is None:
        return draft
    return safety.answered(turn, draft, category.cards_for({code.removeprefix(EXTRA): draft.answers[code]}))


def _without_harmful_files(turn: Turn, draft: Draft) -> Draft:
    """Return the draft without files where pictures could do harm; the person is told."""
    if "evidence" not in draft.answers or takes_files(turn.reference.profile, draft.answers):
        return draft
    turn.notices.append(turn.words("files.taken_out"))
    return draft.without("evidence", "album", "photo_place")


def finish(turn: Turn, draft: Draft) -> None:
    """Send the report, and say what happens next."""
    profile = turn.reference.profile
    draft = _without_harmful_files(turn, draft)
    user = turn.update.effective_user
    name = clean(user.full_name) if user else None
    sent = report.send(turn.session, turn.resident, profile, draft.answers, name)
    turn.draft = None
    target = next(t for t in profile.targets if t.priority is sent.priority)
    due = due_at(target.first_contact_days, now(turn.session), profile.bank_holidays)
    day = day_in_words(due, turn.language)
    key = "report.sent_quiet" if turn.resident.do_not_contact else "report.sent"
    said = turn.words(key, reference=sent.reference, day=day)
    parts = [said, turn.words("report.sent_now")]
    if draft.answers.get("danger") == "yes":
        parts.reverse()
    turn.show(
        "\n\n".join([*turn.notices, *parts]),
        [
            [(turn.words("start.my_reports"), OwnTap("mine"))],
            [(turn.words("report.another"), OwnTap("report"))],
            *quiet.hide_row(turn, draft),
        ],
    )


chat_form.register(
    chat_form.ChatForm(
        REPORT,
        finish,
        review.whole,
        heard_file,
        changeable=review.changeable,
        settled=settled,
        more_words=story.more,
        keep_words=story.keep,
        add_words=story.add,
        precious=True,
    )
)
