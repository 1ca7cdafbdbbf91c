"""python-telegram-bot as its manual shows it: ConversationHandler, PicklePersistence, run_polling."""

from __future__ import annotations

import warnings
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.benchmarks.bots.watch import Watch, arguments
from tests.benchmarks.form import THANKS, data, read, review

PLACE = arguments()
STEPS = read(PLACE.folder)
Context = ContextTypes.DEFAULT_TYPE


def keyboard(number: int) -> InlineKeyboardMarkup:
    """Return the buttons of a step."""
    step = STEPS[number]
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data(step, number, value)) for label, value in row]
            for row in step.rows
        ]
    )


def words(number: int, answers: dict[str, str]) -> str:
    """Return the words of a step; the last reads the answers back."""
    return review(STEPS, answers) if number == len(STEPS) - 1 else STEPS[number].text


async def begin(update: Update, context: Context) -> int:
    """Open the form."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data.clear()
    await update.message.reply_text(words(0, {}), reply_markup=keyboard(0))
    return 0


def _typed(number: int) -> Any:
    async def handler(update: Update, context: Context) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data[STEPS[number].code] = update.message.text
        text = words(number + 1, context.user_data)
        await update.message.reply_text(text, reply_markup=keyboard(number + 1))
        return number + 1

    return MessageHandler(filters.TEXT & ~filters.COMMAND, handler)


def _tapped(number: int) -> Any:
    async def handler(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        assert context.user_data is not None
        await query.answer()
        context.user_data[STEPS[number].code] = query.data.rpartition(":")[2]
        if number + 1 == len(STEPS):
            context.user_data.clear()
            await query.edit_message_text(THANKS.format(reference=query.id))
            return ConversationHandler.END
        text = words(number + 1, context.user_data)
        await query.edit_message_text(text, reply_markup=keyboard(number + 1))
        return number + 1

    return CallbackQueryHandler(handler, pattern=rf"^f:report:{STEPS[number].code}:")


def build() -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the application, every setting at its default but the server and the persistence."""

    async def watch(_application: object) -> None:
        Watch().start()

    builder = ApplicationBuilder().token(PLACE.token).base_url(f"{PLACE.url}/bot")
    builder = builder.persistence(PicklePersistence(PLACE.folder / "ptb.pickle"))
    application = builder.post_init(watch).build()
    states: dict[object, list[Any]] = {
        number: [_typed(number) if step.typed else _tapped(number)] for number, step in enumerate(STEPS)
    }
    entry: list[Any] = [CommandHandler("report", begin)]
    application.add_handler(ConversationHandler(entry, states, entry, name="report", persistent=True))
    return application


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="If 'per_message=False'")
    build().run_polling()
