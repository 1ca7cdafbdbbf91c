"""The story of a report: told in one message or in several, and what its words seem to say.

What is picked out of it (category, place, time, number plate) is offered at the question it would
answer, for the person to confirm; nothing of it is used otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.chat import forms, places, safety
from handlers.chat.short_words import tells_nothing
from handlers.chat.turn import Turn
from store.domain import questions as engine
from store.domain.asking import asks
from store.domain.concern import CONCERNS, GRAVE, OTHER_CATEGORY
from store.domain.draft import TOLD_AT, Draft
from store.domain.errors import Refusal
from store.domain.questions import STORY_MAX_CHARACTERS, Kind, Question, clean
from store.domain.report_form import EXTRA, REPORT, STORY_STEPS
from store.domain.understood import Understood

CATEGORIES_OFFERED = 3
CONCERNS_OFFERED = 2
PLATE_QUESTIONS = (f"{EXTRA}vehicle", f"{EXTRA}plates")
PINNED = "pinned"
"""Where a place is kept that was shared before it was asked for: it goes before one in words."""
CHOSEN = ("offer", "group", "category")


def begin(turn: Turn, parts: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers of a report that begins with these messages, by their numbers."""
    what = "\n".join(parts.values())
    return _understood(turn, {"parts": dict(parts), "what": what, "cards": turn.cards, TOLD_AT: turn.sent_at})


def with_part(turn: Turn, parts: Mapping[str, str], text: str) -> dict[str, str]:
    """Return the messages with the one of this turn, new or edited."""
    return {**parts, number(turn): clean(text)}


def more(turn: Turn, draft: Draft, text: str) -> bool:
    """Add words to the story that answer nothing where they were said; False if they do answer.

    Each message is answered at once; the question is asked again only after the last of them.
    """
    return _tells_more(turn, draft, text) and keep(turn, draft, text)


def keep(turn: Turn, draft: Draft, text: str) -> bool:
    """Add words to the story wherever they were said, and say so; `Refusal` as for `add`.

    A sign alone (SOS) holds no words: the card that it brought is the answer.
    """
    if turn.held and not any(character.isalnum() for character in text):
        return True
    add(turn, draft, text)
    if not turn.held:
        added = turn.words("report.asked_us" if asks(text) else "report.added_words")
        turn.tell(f"{added}\n\n{safety.notice(turn, safety.FOOTER)}")
        forms.ask_later(turn, turn.services.gather)
    return True


def _tells_more(turn: Turn, draft: Draft, text: str) -> bool:
    if tells_nothing(turn, text):
        return False
    question = forms.question_of(turn, draft)
    if question.code in STORY_STEPS and question.options:
        return True
    if question.kind in _TAPPED and not question.own_words:
        return len(text.split()) > 1  # "perhaps" is an attempt at an answer
    placed = question.code in {"where", "when"}
    if asks(text) and question.code != "what":
        return not (placed and _answers(turn, question, text))
    return placed and _in_one_breath(turn, draft) and not _answers(turn, question, text)


_TAPPED = (Kind.CHOICE, Kind.FILES, Kind.REVIEW)


def _in_one_breath(turn: Turn, draft: Draft) -> bool:
    """Tell whether a message came so soon after the last of the story that it goes with it."""
    told_at = draft.answers.get(TOLD_AT)
    return told_at is not None and turn.sent_at - told_at < turn.services.gather.total_seconds()


def _answers(turn: Turn, question: Question, text: str) -> bool:
    """Tell whether words say where or when by themselves."""
    read = turn.services.read(text)
    if question.code == "when":
        return read.when is not None
    found = places.in_words(turn, clean(text))
    known = found["lat"] is not None or found["ward"] or found["area"] or found["outside"]
    return read.place is not None or bool(known)


def add(turn: Turn, draft: Draft, text: str) -> None:
    """Add the words of a message to the story; `Refusal` if they say nothing or the story gets too long."""
    said = clean(text)
    if not any(character.isalnum() for character in said):
        raise Refusal("form.choose_one")
    answers = _told(turn, draft.answers, with_part(turn, draft.answers.get("parts", {}), said))
    draft = Draft(draft.form, draft.step, draft.version, answers, draft.sources)
    draft = draft.from_message(int(number(turn)), "what")
    turn.draft = _standing(turn, draft)


def pin(turn: Turn, draft: Draft, place: Mapping[str, Any]) -> Draft:
    """Return the draft with a place that was shared, to be offered at the question it answers."""
    words = place.get("words") or turn.words("place.on_map")
    found = {"where": {"words": words, "answer": dict(place)}}
    answers = {**draft.answers, PINNED: found, "found": {**draft.answers.get("found", {}), **found}}
    return Draft(draft.form, draft.step, draft.version, answers, draft.sources)


def told(turn: Turn, draft: Draft) -> Draft:
    """Return the draft whose story was just told anew, or one of whose messages was edited."""
    edited = turn.update.edited_message is not None
    parts = {**draft.answers.get("parts", {})} if edited else {}
    answers = _told(turn, draft.answers, with_part(turn, parts, draft.answers["what"]))
    return Draft(draft.form, draft.step, draft.version, answers, draft.sources)


def _told(turn: Turn, answers: Mapping[str, Any], parts: Mapping[str, str]) -> dict[str, Any]:
    story = "\n".join(parts.values())
    if len(story) > STORY_MAX_CHARACTERS:
        raise Refusal("form.too_long", length=len(story), longest=STORY_MAX_CHARACTERS)
    return _understood(turn, {**answers, "parts": dict(parts), "what": story, TOLD_AT: turn.sent_at})


def _standing(turn: Turn, draft: Draft) -> Draft:
    """Return the draft past "what happened?", or where the offer of a category replaces the list of all."""
    if draft.step == "what":
        return draft.moved(engine.first(REPORT, turn.reference.profile, draft.answers).code)
    if draft.step not in {"group", "category"}:
        return draft
    asked = {question.code for question in REPORT.questions(turn.reference.profile, draft.answers)}
    return draft if draft.step in asked else draft.moved("offer")


def _understood(turn: Turn, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers with what the story seems to say beside them."""
    story = answers["what"]
    read = turn.services.read(story)
    found = _found(turn, read, story) | answers.get(PINNED, {})
    if not any(code in answers for code in CHOSEN):
        answers = answers | {"guess": _guess(turn, read, answers.get("cards", {}))}
    return answers | {"found": found}


def _guess(turn: Turn, read: Understood, cards: Mapping[str, int]) -> list[str]:
    known = {category.code for category in turn.reference.profile.categories}
    concerns = [code for code in (*cards, *read.cards) if code in CONCERNS]
    if any(code in GRAVE and code in read.plain for code in concerns):
        return [*dict.fromkeys(concerns)][:CONCERNS_OFFERED]  # "noise" would hurt whoever is hit
    likely = [code for code in read.categories if code in known and code != OTHER_CATEGORY]
    return [*dict.fromkeys(concerns)][:CONCERNS_OFFERED] + likely[:CATEGORIES_OFFERED]


def _found(turn: Turn, read: Understood, story: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if read.place:
        answer = places.in_words(turn, read.place, around=story)
        found["where"] = {"words": read.place, "answer": answer}
    if read.when:
        found["when"] = {"words": read.when.words, "answer": read.when.value}
    if read.registration:
        plate = {"words": read.registration.words, "answer": read.registration.value}
        found |= dict.fromkeys(PLATE_QUESTIONS, plate)
    return found


def number(turn: Turn) -> str:
    """Return the number of the message that tells it; "0" for words that were kept before."""
    return str(turn.message.message_id) if turn.message is not None else "0"
