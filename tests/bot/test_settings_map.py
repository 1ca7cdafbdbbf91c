from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load

NOWHERE = Path("no-such-file.env")


def test_tiles_come_from_an_address_with_three_blanks_to_fill() -> None:
    url = "https://tiles.example/{z}/{x}/{y}.png"
    settings = load({"MAP_TILE_URL": url, "MAP_ATTRIBUTION": "© makers"}, NOWHERE)
    assert (settings.map_tile_url, settings.map_attribution) == (url, "© makers")
    assert load({}, NOWHERE).map_tile_url == ""


@pytest.mark.parametrize(
    "url", ["tiles", "https://tiles.example/{z}/{x}.png", "https://t.example; script-src */{z}/{x}/{y}"]
)
def test_an_address_that_is_none_or_could_loosen_the_policy_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="MAP_TILE_URL"):
        load({"MAP_TILE_URL": url}, NOWHERE)
