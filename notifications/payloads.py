"""What residents are told of an event, in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from notifications.buttons import OwnTap, markup
from notifications.pieces import pieces
from notifications.wording import say
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.evidence import EvidenceState, WhyRefused
from store.domain.evidence_file import BYTES_PER_MB, MAX_FILE_BYTES
from store.domain.report import PlainStatus, ReportState, plain_status
from store.domain.response_template import addressed
from store.queries.recipients import Reporter

Details = Mapping[str, Any]
NEWS_KIND = "news."
QUIET = "notify.quiet"
"""That there is news, and no more: others may read the phone."""


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: a wording key with values. `question` is the id of one to be answered."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    status: PlainStatus | None = None
    question: str | None = None

    @property
    def kind(self) -> str:
        """The kind of delivery this makes."""
        return NEWS_KIND + self.key


def news(action: str, details: Details) -> News | None:
    """Return what this is to the reporters; None where it is nothing to them."""
    found = _NEWS.get(action)
    return found(details) if found else None


def message(reporter: Reporter, told: News) -> list[dict[str, Any]]:
    """Return the messages to send, as parameters of sendMessage.

    A guarded reporter gets no reference, status or words: others may read their phone.
    """
    if reporter.guarded:
        return [_params(reporter.chat_id, say(reporter.language, QUIET))]
    *first, last = [_params(reporter.chat_id, piece) for piece in pieces(_text(reporter, told))]
    if told.question is not None:
        label = say(reporter.language, "my_reports.answer")
        last["reply_markup"] = markup([[(label, OwnTap("answer", told.question))]])
    return [*first, last]


def _params(chat_id: int, text: str) -> dict[str, Any]:
    return {"chat_id": chat_id, "text": text}


def _text(reporter: Reporter, told: News) -> str:
    said = {name: addressed(words, reporter.reference) for name, words in told.values.items()}
    values = {"reference": reporter.reference, **said}
    if told.status is not None:
        values["status"] = say(reporter.language, f"status.{told.status.value}")
    parts = [say(reporter.language, told.key, **values).strip()]
    if told.question is not None:
        parts.append(say(reporter.language, "notify.question_hint"))
    return "\n\n".join(parts)


def _plain(key: str) -> Callable[[Details], News]:
    return lambda _details: News(key)


def _with_words(key: str) -> Callable[[Details], News]:
    return lambda details: News(key, {"words": details.get("words") or ""})


def _reopened(details: Details) -> News | None:
    """Say nothing to somebody who never heard that it had ended."""
    return None if details.get("unsaid") else News("notify.reopened")


def _question(details: Details) -> News:
    return News("notify.question", {"text": details["text"]}, question=details["message_id"])


def _reply(details: Details) -> News:
    return News("notify.reply", {"text": details["text"]})


def _status(details: Details) -> News | None:
    """Tell of a change only where the plain word for it changes too."""
    before, after = (
        plain_status(ReportState.IN_CASE, CaseState(details[when])) for when in ("before", "after")
    )
    return News("notify.status", status=after) if after is not before else None


_LARGE = News("files.refused_large", {"limit": str(MAX_FILE_BYTES // BYTES_PER_MB)})
_UNREADABLE = News("files.refused_picture")
_REFUSED: Mapping[str, News] = {
    WhyRefused.KIND: News("files.refused"),
    WhyRefused.TOO_LARGE: _LARGE,
    WhyRefused.TOO_MANY_PIXELS: _UNREADABLE,
    WhyRefused.BROKEN_PICTURE: _UNREADABLE,
    WhyRefused.HEIF: News("files.refused_heif"),
}


def _file(details: Details) -> News:
    failed = details["state"] == EvidenceState.FAILED
    return News("files.failed") if failed else _REFUSED[details["reason"]]


def _placed(details: Details) -> News:
    place = details["place"]
    if place is None:
        return News("files.place_beyond" if details["outside"] else "files.place_taken")
    return News("files.place_outside" if details["outside"] else "files.place_found", {"place": place})


_NEWS: Mapping[str, Callable[[Details], News | None]] = {
    Action.REPORT_TAKEN: _plain("notify.taken"),
    Action.REPORT_SIGNPOSTED: _with_words("notify.signposted"),
    Action.REPORT_REJECTED: _with_words("notify.rejected"),
    Action.REPORT_REOPENED: _reopened,
    Action.REPORT_ADDED_TO_CASE: _plain("notify.case_opened"),
    Action.CASE_OPENED: _plain("notify.case_opened"),
    Action.CASE_STATE_CHANGED: _status,
    Action.CASE_CLOSED: _with_words("notify.closed"),
    Action.CASE_REOPENED: _plain("notify.reopened"),
    Action.QUESTION_ASKED: _question,
    Action.REPLY_SENT: _reply,
    Action.EVIDENCE_REFUSED: _file,
    Action.EVIDENCE_WITHOUT_PLACE: _plain("files.place_missing"),
    Action.REPORT_PLACED: _placed,
}
