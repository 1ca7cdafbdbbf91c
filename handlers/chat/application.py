"""PTB's application, with errors carried out and every handler run as one turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any, NoReturn

from obstore.store import ObjectStore
from telegram import Bot, Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers.chat import conversation, group, with_files
from handlers.chat.resident import (
    agenda,
    attendance,
    campaign,
    contacts,
    general,
    links,
    meeting_document,
    meetings,
    my_reports,
    projects,
    subscribe,
    subscription,
)
from handlers.chat.services import Services
from handlers.chat.short_words import STORY_WORDS
from handlers.chat.staff import commands as staff
from handlers.chat.staff.campaign_reach import OPENS, Counter
from handlers.chat.staff.courier import Courier
from handlers.chat.turn import Fetched, Turn, open_turn
from handlers.chat.with_words import clear, or_words, report_command, unless_staff
from store.domain.errors import ForelandError
from store.domain.inbox import InboxItem
from store.engine import Session, Store

Handler = Callable[[Turn], None]
Fetch = Callable[[Update, Bot], Coroutine[Any, Any, Fetched]]
"""Fetches what a turn needs before it: the file a form asked for, who would hear of a campaign."""
Callback = Callable[[Any, Any], Coroutine[Any, Any, None]]

item_at_hand: ContextVar[InboxItem] = ContextVar("item_at_hand")
"""The inbox row of the update that this task handles; the dispatcher sets it."""

FILES = filters.PHOTO | filters.Document.ALL
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


class HandlerCancelledError(ForelandError):
    """A handler raised CancelledError; only the dispatcher may be cancelled."""


class StrictApplication(Application):  # type: ignore[type-arg]
    """An application that does not swallow what a handler raises."""

    async def process_error(  # noqa: D102 - the base class says it
        self,
        update: object | None,  # noqa: ARG002 - the base class names it
        error: Exception,
        *_more: Any,
        **_others: Any,
    ) -> NoReturn:
        raise error


def nothing(_turn: Turn) -> None:
    """Have no answer for this kind of update; it is done by being seen."""


def turn_of(store: Store, services: Services, handler: Handler, fetch: Fetch | None = None) -> Callback:
    """Return PTB's callback that runs the handler as one unit of work."""

    def unit(session: Session, item: InboxItem, update: Update, fetched: Fetched) -> None:
        turn = open_turn(session, item, update, services)
        if turn is None:
            return
        turn.fetched = fetched
        try:
            handler(turn)
            general.offer_language(turn)
        except asyncio.CancelledError as error:
            raise HandlerCancelledError from error
        turn.finish()

    async def callback(update: Update, context: Any) -> None:
        fetched = await fetch(update, context.bot) if fetch is not None else None
        await store.write(unit, item_at_hand.get(), update, fetched)

    return callback


def _with_file(store: Store, services: Services, media: ObjectStore) -> Callback:
    """Return the callback that hears a file: fetched before the turn where a form asked for it."""
    return turn_of(store, services, with_files.said, Courier(store, media).fetch)


def _taps(run: Callable[[Handler], Callback], counted: Callback) -> list[BaseHandler[Any, Any, Any]]:
    """Return who hears which buttons, the catch-all last."""
    return [
        CallbackQueryHandler(counted, pattern=OPENS),
        CallbackQueryHandler(run(staff.tapped), pattern=r"^s:"),
        CallbackQueryHandler(run(contacts.tapped), pattern=r"^o:contacts:"),
        CallbackQueryHandler(run(meetings.tapped), pattern=r"^o:meeting(?:s|_file)?:"),
        CallbackQueryHandler(run(meeting_document.tapped), pattern=r"^o:paper:"),
        CallbackQueryHandler(run(attendance.tapped), pattern=r"^o:coming:"),
        CallbackQueryHandler(run(agenda.tapped), pattern=r"^o:agenda:"),
        CallbackQueryHandler(run(agenda.item_tapped), pattern=r"^o:agenda_item:"),
        CallbackQueryHandler(run(campaign.tapped), pattern=r"^o:told:"),
        CallbackQueryHandler(run(campaign.whole), pattern=r"^o:told_all:"),
        CallbackQueryHandler(run(projects.tapped), pattern=r"^o:projects?:"),
        CallbackQueryHandler(run(conversation.tapped)),
    ]


def register(application: StrictApplication, store: Store, services: Services, media: ObjectStore) -> None:
    """Register every handler: one group, blocking, the catch-all last."""

    def run(handler: Handler) -> Callback:
        return turn_of(store, services, handler)

    def command(name: str, handler: Handler) -> BaseHandler[Any, Any, Any]:
        return CommandHandler(name, run(handler), filters=PRIVATE)

    application.add_handlers(
        [
            command("start", or_words(staff.start_or(links.start), fewest=2, told=STORY_WORDS)),
            command("help", or_words(staff.help_or(general.help_), told=STORY_WORDS)),
            command("report", report_command),
            command("myreports", or_words(my_reports.listing, told=STORY_WORDS)),
            command("meetings", or_words(meetings.start, fewest=2, told=meetings.STORY_BEHIND_COMMAND)),
            command("contacts", or_words(contacts.start, fewest=2)),
            command("projects", or_words(projects.start, told=STORY_WORDS)),
            command("subscribe", or_words(subscribe.start, told=STORY_WORDS)),
            command("stop", or_words(subscription.stop_command, told=STORY_WORDS)),
            command("cancel", or_words(general.cancel)),
            command("privacy", or_words(general.privacy, told=STORY_WORDS)),
            command("clear", or_words(clear)),
            command("language", or_words(general.languages, told=STORY_WORDS)),
            *(command(name, unless_staff(handler)) for name, handler in staff.COMMANDS.items()),
            MessageHandler(
                PRIVATE & filters.COMMAND, run(or_words(general.unknown_command, told=STORY_WORDS))
            ),
            MessageHandler(PRIVATE & FILES, _with_file(store, services, media)),
            MessageHandler(PRIVATE, run(conversation.said)),
            MessageHandler(
                filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE,
                run(conversation.edited),
            ),
            *_taps(run, turn_of(store, services, staff.tapped, Counter(store).fetch)),
            ChatMemberHandler(run(group.membership), ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(~filters.ChatType.PRIVATE, run(group.heard)),
            TypeHandler(Update, run(nothing)),
        ]
    )
