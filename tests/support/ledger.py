"""The ledger of what a person said: every text and file is kept in one place, or refused in words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.wording import say
from store.domain.draft import ASKED, Draft
from store.domain.kept_form import KEPT, LEADS
from store.domain.questions import clean
from store.domain.reference import LANGUAGES
from store.domain.report_form import REPORT
from store.queries import chat
from store.tables.evidence import EvidenceRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

PLACED = (
    "subscribe.place_found",
    "subscribe.place_which",
    "subscribe.place_outside",
    "subscribe.place_unknown",
)
"""Answers to a place where news shall come from: its ward is kept, not the words."""
REFUSALS = (
    *PLACED,
    "form.tick",
    "subscribe.no_day",
    "subscribe.too_far",
    "form.no_words",
    "form.too_long",
    "files.too_big",
    "files.too_many",
    "files.wrong_kind",
    "files.not_asked",
    "message.needs_text",
    "message.too_long",
    "report.closed",
    "report.not_found",
    "question.not_found",
    "chat.unknown_command",
    "report.edited_after",
)
"""Answers which say, or from which it is plain, that what was sent is not kept."""
ONE_WORD = "form.choose_one"
"""A refusal for a single word, which may be a try at an answer; never for a sentence."""
LED_ON = tuple(f"lead.{intent.removeprefix('n.')}" for intent in LEADS)
"""Answers to what seems to be no report: they say where it belongs, and offer to report it all the same."""
NO_PLACE = (*PLACED, ONE_WORD, "form.tick", "form.only_words", "place.not_a_point", "chat.what_now")
DERIVED = frozenset({"found", "guess", "cards", "what", "parts", "waiting", "intent", "question"})
"""Answers that are read out of others, or are taken apart by themselves."""
REPLACED = "resident.name"
"""The name on a profile: a newer one takes its place."""

PLACES = frozenset({"draft.where", "report.place"})


@dataclass(slots=True)
class Said:
    """One text, file or place. `mark` is found in it alone; `text` is what must be kept of it."""

    mark: str
    kind: str
    text: str = ""
    edit: str | None = None
    message_id: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of a person at one moment: words by where they are, files, places, references."""

    draft: Draft | None
    words: Sequence[tuple[str, str]]
    files: Counter[str]
    places: Sequence[float]
    references: frozenset[str]

    def homes(self, one: Said) -> list[tuple[str, str]]:
        """Return where this is, once for each time it is there.

        A place that was picked out of a story stands in both: that is one time.
        """
        if one.kind == "file":
            return [("files", one.mark)] * self.files[one.mark]
        found = re.compile(rf"\b{one.mark}\b")
        there = [(home, text) for home, text in self.words for _ in found.findall(text)]
        return [
            (home, text)
            for home, text in there
            if home not in PLACES or not any(text.split("\n")[0] in told for at, told in there if at != home)
        ]


@dataclass(slots=True)
class Deed:
    """One thing that a person did. `data` is of a tapped button, `typed` of words that are no text of theirs.

    `updates` is how many reached the bot: what was asked twice may be said twice.
    """

    kind: str
    data: str = ""
    typed: str = ""
    updates: int = 1
    new: list[Said] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)


def kept(session: Session, chat_id: int) -> Kept:
    """Return all that is stored of what this person said, under any identity of theirs."""
    who = chat.who(session, chat_id)
    words = list(_of_draft(who.draft.answers)) if who.draft else []
    files: Counter[str] = Counter(_files(who.draft.answers)) if who.draft else Counter()
    places = list(_places(who.draft.answers)) if who.draft else []
    people = session.scalars(select(ResidentRow).where(ResidentRow.chat_id == chat_id)).all()
    words += [(REPLACED, person.name) for person in people if person.name]
    reports = session.scalars(
        select(ReportRow).where(ReportRow.reporter_id.in_([person.id for person in people]))
    ).all()
    for row in reports:
        places += [row.lat] if row.lat is not None else []
        words += [("report.text", row.text), ("report.extra", _joined(row.extra))]
        words += [("report.place", row.place_words or ""), ("report.when", row.occurred or "")]
    numbers = [row.id for row in reports]
    said = select(MessageRow.text).where(MessageRow.report_id.in_(numbers), MessageRow.staff_id.is_(None))
    words += [("message", text) for text in session.scalars(said)]
    sent = select(EvidenceRow.unique_id).where(EvidenceRow.report_id.in_(numbers))
    files.update(session.scalars(sent).all())
    return Kept(who.draft, words, files, places, frozenset(row.reference for row in reports))


def _of_draft(answers: Mapping[str, Any], inside: str = "draft") -> Iterator[tuple[str, str]]:
    """Yield the words of a draft by question, and of the report that waits inside it."""
    parts = answers.get("parts", {})
    story = "\n".join(parts.values())
    assert answers.get("what", story) == story, "the story is not what its messages say"
    yield f"{inside}.what", story
    for code, answer in answers.items():
        if code not in DERIVED:
            yield f"{inside}.{code}", _joined(answer)
    if answers.get("waiting"):
        yield from _of_draft(json.loads(answers["waiting"][-1])[0], "waiting")


def _joined(value: Any) -> str:
    return "\n".join(_strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _files(answers: Mapping[str, Any]) -> Iterator[str]:
    for held in ("evidence", "files"):
        files = answers.get(held)  # "files" is also a question, whose answer is a word
        yield from (file["unique_id"] for file in files or () if isinstance(files, list))
    if answers.get("waiting"):
        yield from _files(json.loads(answers["waiting"][-1])[0])


def _places(answers: Mapping[str, Any]) -> Iterator[float]:
    pinned = answers.get("pinned", {}).get("where", {}).get("answer")
    for where in (answers.get("where"), pinned):
        if isinstance(where, Mapping) and where.get("lat") is not None:
            yield where["lat"]
    if answers.get("waiting"):
        yield from _places(json.loads(answers["waiting"][-1])[0])


def settle(said: Iterable[Said], deed: Deed, before: Kept, after: Kept) -> None:
    """Check all that was said against what is kept now; `AssertionError` names what is lost or doubled."""
    said = list(said)
    refusals = _times(deed.heard, REFUSALS)
    for one in said:
        if one.kind == "place":
            _check_place(one, deed, after)
            continue
        homes = after.homes(one)
        if one.gone:
            assert not homes, f"what was given up came back: {one.mark} in {homes}"
            continue
        assert len(homes) <= 1, f"doubled: {one.mark} in {homes}"
        if homes:
            _check_whole(one, homes[0][1], deed)
            continue
        one.gone = any(_given_up(home, deed, before, after) for home, _ in before.homes(one))
        if not one.gone and one in deed.new and (refusals or _one_word_refused(one, deed)):
            one.gone = True
            refusals -= 1
        if not one.gone and one in deed.new and deed.updates > 1:  # led on, then more was written
            one.gone = one.kind == "text" and _times(deed.heard, LED_ON) > 0
        assert one.gone, f"lost: {one.mark} {one.text[:60]!r}, which was in {before.homes(one)}"


def _check_whole(one: Said, home: str, deed: Deed) -> None:
    """Check that all of the text is there: as it was, or as it was edited just now."""
    if one.kind == "file":
        return
    if one.edit is not None:
        if clean(one.edit) in home:
            one.text = one.edit
        else:
            assert deed.heard, f"an edit of {one.mark} was neither heard nor refused"
        one.edit = None
    assert clean(one.text) in home, f"cut or changed: {one.mark} is {home[:200]!r}"


def _check_place(one: Said, deed: Deed, after: Kept) -> None:
    if one in deed.new:
        told = _times(deed.heard, NO_PLACE)
        assert float(one.mark) in after.places or told, f"the place {one.mark} is lost"


def _one_word_refused(one: Said, deed: Deed) -> bool:
    return len(one.text.split()) == 1 and _times(deed.heard, (ONE_WORD,)) > 0


def _given_up(home: str, deed: Deed, before: Kept, after: Kept) -> bool:
    """Tell whether the person took this away by what they did."""
    draft, left = before.draft, after.draft
    if draft is None or home == REPLACED:
        return home == REPLACED
    answers: Mapping[str, Any] = left.answers if left else {}
    code = home.partition(".")[2]
    return (
        _times(deed.heard, ("cancel.done",)) > 0
        or _started_again(deed, draft, answers)
        or (draft.form == KEPT.code and _led_on(deed))
        or (home == "files" and deed.data.endswith(":~r"))
        or (code == "name" and answers.get("identity") != "named" and left is not None)
        or (left is not None and code == draft.step and answers.get(code) != draft.answers.get(code))
    )


def _started_again(deed: Deed, draft: Draft, answers: Mapping[str, Any]) -> bool:
    """Tell whether somebody who was asked whether to go on said that they would rather begin anew."""
    asked = draft.answers.get(ASKED) == "resume" and bool(deed.typed)
    return not answers and (asked or deed.data.startswith("o:restart:"))


def _led_on(deed: Deed) -> bool:
    """Tell whether somebody went where they were led or wrote of something else: it was no report."""
    return ":lead:" in deed.data or deed.typed.isdecimal() or any(one.kind == "text" for one in deed.new)


def lost_a_form(deed: Deed, before: Kept, after: Kept) -> bool:
    """Tell whether a report that was open is neither open, waiting, sent nor stopped by its person."""
    if not _has_report(before.draft) or _has_report(after.draft):
        return False
    return not (after.references - before.references or _times(deed.heard, ("cancel.done",)))


def _has_report(draft: Draft | None) -> bool:
    return draft is not None and (draft.form == REPORT.code or bool(draft.answers.get("waiting")))


def pattern(key: str) -> re.Pattern[str]:
    """Return what finds a sentence of the catalogue in any language, whatever its values."""
    ways = (re.split(r"\{[^}]*\}", say(language, key)) for language in LANGUAGES)
    return re.compile("|".join(".+?".join(map(re.escape, pieces)) for pieces in ways), re.DOTALL)


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _times(heard: Sequence[str], keys: Iterable[str]) -> int:
    for key in keys:
        if key not in _PATTERNS:
            _PATTERNS[key] = pattern(key)
    return sum(any(_PATTERNS[key].search(text) for key in keys) for text in heard)
