"""One turn: a person's update in, our answers out, all in one unit of work.

A chat handler is a plain function `def start_report(turn: Turn) -> None`. What it changes and
what it says commit together with the update being done, or none of it happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, Message, Update

from handlers.chat.services import Reference, Services
from notifications.buttons import Keyboard, is_numbered, markup
from notifications.folds import message_text
from notifications.pieces import pieces
from notifications.wording import say
from store.actions import delivery, draft, inbox, resident, unsent
from store.domain.aside import joined, parted, rests
from store.domain.delivery import Lane, Outgoing
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.inbox import InboxItem
from store.domain.reference import LANGUAGES
from store.domain.resident import Resident
from store.domain.staff import Staff
from store.engine import Session, now
from store.queries import chat

NUDGE = "nudge"
"""Kind of a question that is asked again once the chat is quiet; the draft says that one waits."""
CARDS, SEEN, ALERTED, DANGERS = "cards", "seen", "alerted", "dangers"
"""Where a draft keeps the cards shown, the other safety texts shown, the alerts raised for it, and the
kinds of danger that were named."""
Fetched = Mapping[str, Any] | Refusal | None
"""A file as the answer of a form, why it is none, or None where no form asked for it; who would hear of the
campaign whose card is opened."""
ANSWER_MAX_CHARACTERS = 200
"""Longest answer to a tap that the messenger shows."""


@dataclass(slots=True)
class Turn:
    """The update at hand, who sent it, and what we are about to say.

    `draft` may be set to keep a form, or to None to drop it; `user_id` is 0 where nobody is
    behind the update. `cards` are the safety cards shown in this turn, with their versions, `seen`
    every other safety text, `alerted` of what an alert was raised, `dangers` the kinds of danger that were
    named; a draft keeps all four. `wrote` is the
    language of what was written, where that is sure. `held`
    says that a card stands alone: no question is asked under it. `by_itself` says that the person
    did nothing: a question that waits goes on waiting. `notices` are what an answer brought up, to be
    said before the next question. `stays`: the message whose button was tapped is left as it is, whatever
    is shown. `aside` is a long form of staff that rests while another is open; `ended` says that the form
    which was open came to its end, so that it does not rest. `fetched` is what was fetched before: the file
    of this message, put into the store of files for the form that asked for it, or why it was not; who would
    hear of the campaign that is opened.
    """

    session: Session
    update: Update
    services: Services
    user_id: int
    chat_id: int
    staff: Staff | None
    draft: Draft | None
    known: Resident | None
    reference: Reference
    cards: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    alerted: set[str] = field(default_factory=set)
    dangers: set[str] = field(default_factory=set)
    wrote: str | None = None
    held: bool = False
    by_itself: bool = False
    stays: bool = False
    notices: list[str] = field(default_factory=list)
    aside: Draft | None = None
    ended: bool = False
    fetched: Fetched = None
    _before: Draft | None = None
    _rested: Draft | None = None
    _outgoing: list[Outgoing] = field(default_factory=list)
    _answered: bool = False

    @property
    def message(self) -> Message | None:
        """The message of this turn, new or edited; None for a tap."""
        return self.update.message or self.update.edited_message

    @property
    def sent_at(self) -> float:
        """When the message of this turn was first sent, in seconds since 1970; 0 for a tap."""
        return self.message.date.timestamp() if self.message is not None else 0.0

    @property
    def query(self) -> CallbackQuery | None:
        """The tap of this turn, if it is one."""
        return self.update.callback_query

    @property
    def language(self) -> str:
        """The language this person wants, or their messenger's where they never said."""
        if self.known:
            return self.known.language
        user = self.update.effective_user
        code = (user.language_code or "en")[:2] if user else "en"
        return code if code in LANGUAGES else "en"

    @property
    def resident(self) -> Resident:
        """The resident behind this turn, met now if it is the first time."""
        if self.known is None:
            self.known = resident.meet(self.session, self.user_id, None, self.language)
        return self.known

    def words(self, key: str, /, **values: object) -> str:
        """Return a sentence in this person's language."""
        return say(self.language, key, **values)

    def say(self, key: str, keyboard: Keyboard | None = None, /, **values: object) -> None:
        """Say a sentence from the catalogue."""
        self.tell(self.words(key, **values), keyboard)

    def tell(self, text: str, keyboard: Keyboard | None = None, **more: Any) -> None:
        """Say this text, in as many messages as it takes; the keyboard goes under the last."""
        *first, last = pieces(text)
        for piece in first:
            self.call("sendMessage", chat_id=self.chat_id, **message_text(piece), **more)
        if keyboard:
            more["reply_markup"] = markup(keyboard)
        self.call("sendMessage", chat_id=self.chat_id, **message_text(last), **more)

    def send_file(self, file: Mapping[str, str], caption: str) -> None:
        """Send a small file (see `notifications.api.document`) with words under it."""
        self.call("sendDocument", chat_id=self.chat_id, document=file, caption=caption)

    def tell_later(self, after: timedelta, text: str, keyboard: Keyboard) -> None:
        """Say this once that time has gone by, unless the person does something before."""
        said = message_text(pieces(text)[-1])
        params = {"chat_id": self.chat_id, **said, "reply_markup": markup(keyboard)}
        due_at = now(self.session) + after
        self._outgoing.append(Outgoing(Lane.REPLY, self.chat_id, NUDGE, "sendMessage", params, due_at=due_at))

    def show(self, text: str, keyboard: Keyboard | None = None) -> None:
        """Put this in place of the message whose button was tapped; else say it."""
        query = self.query
        if self.stays or query is None or query.message is None or len(pieces(text)) > 1:
            self.tell(text, keyboard)
            return
        self.call(
            "editMessageText",
            chat_id=self.chat_id,
            message_id=query.message.message_id,
            reply_markup=markup(keyboard or ()),
            **message_text(text),
        )

    def answer(self, text: str | None = None) -> None:
        """Answer the tap, with a short word at the top of the screen if there is one to say."""
        if self.query is None or self._answered:
            return
        self._answered = True
        if text and len(text) > ANSWER_MAX_CHARACTERS:
            self.tell(text)
            text = None
        more = {"text": text} if text else {}
        self.call("answerCallbackQuery", callback_query_id=self.query.id, **more)

    def say_once(self, key: str, about: str = "", /, **values: object) -> None:
        """Say a sentence; to the messages of one album, and what they are `about`, only once."""
        self.tell_once(self.words(key, **values), key, about)

    def tell_once(self, text: str, key: str, about: str = "") -> None:
        """Say this text as `say_once` does; `key` stands for it."""
        album = self.message and self.message.media_group_id
        params = {"chat_id": self.chat_id, "text": text}
        once = said_of_album(self.chat_id, album, about, key) if album else None
        self._outgoing.append(Outgoing(Lane.REPLY, self.chat_id, "reply", "sendMessage", params, key=once))

    def call(self, method: str, kind: str = "reply", **params: Any) -> None:
        """Queue any call of the Bot API as a reply."""
        self._outgoing.append(Outgoing(Lane.REPLY, self.chat_id, kind, method, params))

    @property
    def opened_now(self) -> bool:
        """Whether this very turn opened a form where none was."""
        return self._before is None and self.draft is not None

    def finish(self) -> None:
        """Write down the draft and what is to be sent; the turn is over."""
        self.answer()
        self._keep_shown()
        self._keep_nudge()
        self._keep_form()
        if self._outgoing:
            delivery.queue(self.session, self._outgoing)

    def _keep_form(self) -> None:
        """Write down the form that is open, and the one that rests: it does when another took its place."""
        had = joined(self._before, self._rested)
        if rests(self._before) and not rests(self.draft) and not self.ended:
            self.aside = self._before
        kept = joined(self.draft, self.aside)
        if kept is None and had is not None:
            draft.drop(self.session, self.user_id)
        elif kept is not None and kept != had:
            draft.keep(self.session, self.user_id, kept)

    def _keep_shown(self) -> None:
        """Let the draft know what was shown in this turn, who was alerted, and which dangers were named."""
        shown: dict[str, Mapping[str, Any]] = {
            CARDS: self.cards,
            SEEN: self.seen,
            ALERTED: dict.fromkeys(sorted(self.alerted), True),
            DANGERS: dict.fromkeys(sorted(self.dangers), True),
        }
        for code, known in shown.items():
            if self.draft is not None and known:
                self.draft = self.draft.noting(code, known)

    def _keep_nudge(self) -> None:
        """Take back a question that was to be asked again; let the draft say whether one waits."""
        # What somebody does in a group is beside their own chat.
        if self.by_itself or self.chat_id != self.user_id:
            return
        if self._before is not None and NUDGE in self._before.answers:
            unsent.take_back(self.session, self.chat_id, NUDGE)
        nudged = any(thing.kind == NUDGE for thing in self._outgoing)
        if self.draft is not None and nudged:
            self.draft = replace(self.draft, answers={**self.draft.answers, NUDGE: True})
        elif self.draft is not None and NUDGE in self.draft.answers:
            self.draft = self.draft.without(NUDGE)


def _is_of_several(query: CallbackQuery | None) -> bool:
    """Tell whether the tapped button belongs to one of several things that its message tells of."""
    if query is None or not isinstance(query.message, Message):
        return False
    keyboard = query.message.reply_markup
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    return any(is_numbered(button.text) for button in buttons if button.callback_data == query.data)


def said_of_album(chat_id: int, album: str, about: str, key: str) -> str:
    """Return the key under which a sentence about an album is said."""
    return f"album:{chat_id}:{album[:40]}:{about}:{key}"


def open_turn(session: Session, item: InboxItem, update: Update, services: Services) -> Turn | None:
    """Claim the update and find out who is writing; None where it is not ours to handle now."""
    if not inbox.claim(session, item):
        return None
    user = update.effective_user
    at = update.effective_chat
    # An id of another kind than a number would come far and stop the sender: it ends here.
    user_id = int(user.id) if user else 0
    who = chat.who(session, user_id)
    # Whoever blocked us can still write in a group; only here does it mean that we may answer.
    in_private = at is not None and at.type == at.PRIVATE
    if in_private and who.resident is not None and who.resident.blocked_at is not None:
        resident.mark_blocked(session, user_id, blocked=False)
    draft_, aside = parted(who.draft)
    return Turn(
        session=session,
        update=update,
        services=services,
        user_id=user_id,
        chat_id=int(at.id) if at else user_id,
        staff=who.staff,
        draft=draft_,
        known=who.resident,
        reference=services.reference(),
        aside=aside,
        stays=_is_of_several(update.callback_query),
        _before=draft_,
        _rested=aside,
    )
