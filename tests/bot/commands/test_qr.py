"""`python -m bot qr`: a poster's code says what it should, in a file that prints well."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
import segno
from PIL import Image

from bot.commands import qr
from bot.emulator import Emulator
from bot.settings import Settings
from store.domain.errors import ForelandError

PAYLOAD = "report_vehicle-parking"
LINK = f"https://t.me/our_bot?start={PAYLOAD}"


async def write(link: str, file: Path, bot: str = "", settings: Settings = Settings()) -> int:  # noqa: B008
    return await qr.run(argparse.Namespace(link=link, file=file, bot=bot), settings)


def modules(file: Path) -> list[list[bool]]:
    """Return which squares of a PNG are dark, its quiet zone left out."""
    with Image.open(file) as image:
        grey = image.convert("L")
        size = image.width // qr.PNG_MODULE_PIXELS
        half, inner = qr.PNG_MODULE_PIXELS // 2, range(qr.BORDER_MODULES, size - qr.BORDER_MODULES)
        at = [n * qr.PNG_MODULE_PIXELS + half for n in inner]
        return [[grey.getpixel((x, y)) == 0 for x in at] for y in at]


async def test_a_payload_becomes_the_link_to_the_bot(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "poster.png"
    assert await write(PAYLOAD, file, "@our_bot") == 0
    assert capsys.readouterr().out == f"Wrote {file}: {LINK}\n"
    wanted = segno.make_qr(LINK, error="h")
    assert modules(file) == [[bool(dark) for dark in row] for row in wanted.matrix]


async def test_the_code_stands_a_third_of_it_being_damaged(tmp_path: Path) -> None:
    assert qr.code_for(LINK).error == "H"
    assert qr.code_for(LINK) == segno.make_qr(LINK, error="h")


async def test_an_svg_grows_with_the_poster_and_has_its_quiet_zone(tmp_path: Path) -> None:
    file = tmp_path / "poster.svg"
    assert await write(LINK, file) == 0
    text = file.read_text()
    size = qr.code_for(LINK).symbol_size(border=4)[0]
    assert f'viewBox="0 0 {size} {size}"' in text
    assert not re.search(r'<svg[^>]* width="', text)
    assert 'fill="#fff"' in text


async def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert await write("https://safety.example/x", tmp_path / "P.PNG") == 0
    with Image.open(tmp_path / "P.PNG") as image:
        assert image.format == "PNG"
        assert image.width > 600


async def test_the_messenger_is_asked_for_the_bots_name(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    async with Emulator() as emulator:
        settings = Settings(telegram_bot_token=emulator.token, telegram_api_url=emulator.url)
        assert await write("join_margate", tmp_path / "p.svg", settings=settings) == 0
        assert f"https://t.me/{emulator.bot_username}?start=join_margate" in capsys.readouterr().out
        wrong = Settings(telegram_bot_token="1:x", telegram_api_url=emulator.url)
        with pytest.raises(ForelandError, match="did not say the bot's name"):
            await write("join_margate", tmp_path / "p.svg", settings=wrong)


@pytest.mark.parametrize(
    ("link", "name", "why"),
    [
        (LINK, "poster.jpg", r"poster.jpg: the file's name must end in .svg or .png"),
        (LINK, "poster", r"must end in .svg or .png"),
        ("http://plain.example", "p.svg", "is neither an https link nor a payload"),
        ("report_vehicle.parking", "p.svg", "is neither an https link nor a payload"),
        (PAYLOAD, "p.svg", "give the bot's name with --bot"),
        ("https://e.example/" + "x" * 3000, "p.svg", "too long"),
        (LINK, "no/such/folder.svg", "cannot be written: No such file or directory"),
    ],
)
async def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, link: str, name: str, why: str) -> None:
    with pytest.raises(ForelandError, match=why):
        await write(link, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
