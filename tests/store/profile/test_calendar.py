"""The calendar of a profile: it may be left out, and what is wrong with an entry is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.domain.campaign_rule import Kind
from store.domain.reference import LANGUAGES
from store.domain.reference_kinds import plain
from store.profile.build import build
from store.profile.load import load
from store.profile.spot import ProfileError, Spot
from tests.contracts.reading_ease import grade
from tests.store.profile.small import write_profile

ENTRY = """
[[calendar]]
code = "frost"
title = "First frost"
topic = "campaigns"
rule = { kind = "weekday", month = 2, nth = 2, weekday = 1 }
sure = false
note = "Announced each year."
plan = "homelessness"
words = { en = "Frost tonight.", pl = "Dziś mróz." }
"""
NUMBERS = re.compile(r"[0-9]{2,}(?: [0-9]{3})*")


def test_a_profile_may_have_a_calendar(tmp_path: Path) -> None:
    assert load(write_profile(tmp_path)).calendar == ()
    (tmp_path / "calendar.toml").write_text(ENTRY, "utf-8")
    (found,) = load(tmp_path).calendar
    assert (found.code, found.rule.kind, found.sure, found.hour) == ("frost", Kind.WEEKDAY, False, 9)
    assert found.words.texts == {"en": "Frost tonight.", "pl": "Dziś mróz."}
    assert build(type(found), plain(found), Spot("row")) == found


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (ENTRY * 2, "'frost' is used twice"),
        (ENTRY.replace("nth = 2", "nth = 6"), "frost: cannot be a recurring campaign: pattern.bad_rule"),
        (ENTRY.replace("Frost tonight", "Dear {name}"), "campaign.bad_placeholder"),
        (ENTRY + "hour = 1", "pattern.bad_hour"),
        (ENTRY.replace("Announced", "Announced " * 60), "frost: note: is too long"),
        (ENTRY + "hour = 24", "frost: hour: 24 is no hour of a day"),
        (ENTRY.replace('"campaigns"', '"urgent"'), "campaign.bad_topic"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(tmp_path: Path, wrong: str, message: str) -> None:
    write_profile(tmp_path)
    (tmp_path / "calendar.toml").write_text(wrong, "utf-8")
    with pytest.raises(ProfileError, match=re.escape(message)):
        load(tmp_path)


def test_thanets_calendar_speaks_plainly_in_every_language_with_the_same_numbers() -> None:
    for entry in load("thanet").calendar:
        assert entry.words.texts.keys() == set(LANGUAGES), entry.code
        assert grade(entry.words.en) <= 9, (entry.code, grade(entry.words.en))
        phones = {
            language: {one for one in NUMBERS.findall(said) if one in {"101", "999", "55", "0800 555 111"}}
            for language, said in entry.words.texts.items()
        }
        assert set(map(frozenset, phones.values())) == {frozenset(phones["en"])}, (entry.code, phones)
        commands = {
            language: set(re.findall(r"/[a-z]+", said)) for language, said in entry.words.texts.items()
        }
        assert set(map(frozenset, commands.values())) == {frozenset(commands["en"])}, entry.code
        assert entry.note.endswith(".")
