"""`qr`: a QR code for a poster, from a link or from what a link into the chat carries."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings, SettingsError
from store.domain.errors import ForelandError

if TYPE_CHECKING:
    from segno import QRCode

BORDER_MODULES = 4
"""The quiet zone that ISO/IEC 18004 asks for."""
PNG_MODULE_PIXELS = 24
"""About 1,000 pixels for a link: 8 cm at 300 dots per inch; an SVG fits any size."""
ERROR_CORRECTION = "h"
"""The highest: a third of the code may be torn, dirty or behind a sticker."""
ENDINGS = (".svg", ".png")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("link", metavar="LINK", help="an https link, or a payload: report_vehicle-parking")
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it: .svg or .png")
    parser.add_argument("--bot", default="", help="the bot's username; asked of the messenger if not given")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the code, and say where its link leads."""
    file: Path = arguments.file
    if file.suffix.casefold() not in ENDINGS:
        raise ForelandError(f"{file.name}: the file's name must end in {' or '.join(ENDINGS)}")
    link = await _address(arguments.link, arguments.bot, settings)
    try:
        save(code_for(link), file)
    except OSError as error:
        raise ForelandError(f"{file} cannot be written: {error.strerror}") from error
    print(f"Wrote {file}: {link}")
    return 0


def code_for(link: str) -> QRCode:
    """Return the code for a link; `ForelandError` for one that is too long for a code."""
    import segno

    try:
        return segno.make_qr(link, error=ERROR_CORRECTION)
    except segno.DataOverflowError as error:
        raise ForelandError("the link is too long for a QR code") from error


def save(code: QRCode, file: Path) -> None:
    """Write the code with its quiet zone, as the file's name says."""
    if file.suffix.casefold() == ".svg":
        # A width would fix its size; with a view box alone it grows with the poster.
        code.save(str(file), kind="svg", border=BORDER_MODULES, omitsize=True, light="white")
    else:
        code.save(str(file), kind="png", border=BORDER_MODULES, scale=PNG_MODULE_PIXELS)


async def _address(given: str, bot: str, settings: Settings) -> str:
    from store.domain.deep_link import address, parse

    if given.startswith("https://"):
        return given
    if parse(given) is None:
        raise ForelandError(
            f"{given!r} is neither an https link nor a payload such as report_vehicle-parking, "
            "meeting_…, here_… or join_… (letters, digits, _ and -, at most 64)"
        )
    return address(bot or await _bot_name(settings), given)


async def _bot_name(settings: Settings) -> str:
    from bot.commands.check import TroubleError, who_am_i

    if not settings.telegram_bot_token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set: give the bot's name with --bot")
    try:
        return (await who_am_i(settings)).username
    except TroubleError as error:
        raise ForelandError(f"the messenger did not say the bot's name: {error}") from error
