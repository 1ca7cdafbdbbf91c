"""aiogram as its manual shows it: a router, the finite-state machine in memory, start_polling."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.benchmarks.bots.watch import Watch, arguments
from tests.benchmarks.form import THANKS, data, read, review

PLACE = arguments()
STEPS = read(PLACE.folder)
STATES = [State(step.code, "Report") for step in STEPS]


def keyboard(number: int) -> InlineKeyboardMarkup:
    """Return the buttons of a step."""
    step = STEPS[number]
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=label, callback_data=data(step, number, value))
                for label, value in row
            ]
            for row in step.rows
        ]
    )


def words(number: int, answers: dict[str, Any]) -> str:
    """Return the words of a step; the last reads the answers back."""
    return review(STEPS, answers) if number == len(STEPS) - 1 else STEPS[number].text


async def begin(message: Message, state: FSMContext) -> None:
    """Open the form."""
    await state.clear()
    await state.set_state(STATES[0])
    await message.answer(words(0, {}), reply_markup=keyboard(0))


def _typed(number: int) -> Any:
    async def handler(message: Message, state: FSMContext) -> None:
        answers = await state.update_data({STEPS[number].code: message.text})
        await state.set_state(STATES[number + 1])
        await message.answer(words(number + 1, answers), reply_markup=keyboard(number + 1))

    return handler


def _tapped(number: int) -> Any:
    async def handler(query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        assert query.data is not None
        if number + 1 == len(STEPS):
            await state.clear()
            await query.message.edit_text(THANKS.format(reference=query.id))
            return
        answers = await state.update_data({STEPS[number].code: query.data.rpartition(":")[2]})
        await state.set_state(STATES[number + 1])
        await query.message.edit_text(words(number + 1, answers), reply_markup=keyboard(number + 1))

    return handler


def router() -> Router:
    """Return the form's handlers."""
    made = Router()
    made.message.register(begin, Command("report"))
    for number, (step, state) in enumerate(zip(STEPS, STATES, strict=True)):
        if step.typed:
            made.message.register(_typed(number), StateFilter(state), F.text)
        else:
            tapped_here = F.data.startswith(f"f:report:{step.code}:")
            made.callback_query.register(_tapped(number), StateFilter(state), tapped_here)
    return made


async def run() -> None:
    """Run until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(PLACE.url))
    bot = Bot(PLACE.token, session=session)
    dispatcher = Dispatcher()
    dispatcher.include_router(router())
    Watch().start()
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(run())
