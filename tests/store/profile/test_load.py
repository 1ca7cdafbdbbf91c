"""A profile loads whole, or the error names the file, the entry and the field."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from store.profile.load import load
from store.profile.spot import ProfileError
from tests.store.profile.small import CATEGORY, FILES, said, write_profile


def test_a_small_profile_of_ones_own_loads_from_its_folder(tmp_path: Path) -> None:
    profile = load(write_profile(tmp_path))
    assert profile.category("street.cows").questions[1].choices[0].code == "brown"
    assert profile.district.box == (1.0, 51.0, 2.0, 52.0)
    assert profile.contacts[0].verified_on == date(2026, 1, 2)
    assert profile.bank_holidays == (date(2026, 12, 25), date(2026, 12, 28))
    assert profile.wards[0].valid_to is None
    assert profile.postcodes == {}


def test_a_noun_may_be_split_into_files_read_in_order_of_name(tmp_path: Path) -> None:
    write_profile(tmp_path, categories="")
    (tmp_path / "categories").mkdir()
    (tmp_path / "categories" / "2.toml").write_text(CATEGORY, "utf-8")
    (tmp_path / "categories" / "1.toml").write_text(CATEGORY.replace("street.cows", "street.pigs"), "utf-8")
    assert [c.code for c in load(str(tmp_path)).categories] == ["street.pigs", "street.cows"]


def test_postcodes_are_read_from_their_compressed_file(tmp_path: Path) -> None:
    write_profile(tmp_path)
    (tmp_path / "postcodes.csv.gz").write_bytes(
        gzip.compress(b"postcode,lat,lon\nSM1 1AA,51.5,1.5\n", mtime=0)
    )
    assert load(tmp_path).postcodes == {"SM1 1AA": (51.5, 1.5)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            gzip.compress(b"postcode,lat,lon\nSM1 1AA,north\n", mtime=0),
            "postcodes.csv.gz: line 2: 'SM1 1AA,north'",
        ),
        (b"not gzip", "postcodes.csv.gz: cannot be unpacked"),
    ],
)
def test_bad_postcodes_are_named_by_line(tmp_path: Path, content: bytes, message: str) -> None:
    write_profile(tmp_path)
    (tmp_path / "postcodes.csv.gz").write_bytes(content)
    with pytest.raises(ProfileError, match=re.escape(message)):
        load(tmp_path)


@pytest.mark.parametrize("name", ["atlantis", "", "thanet/groups.toml"])
def test_a_profile_that_does_not_exist_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProfileError, match="no such profile" if name else "is missing"):
        load(name)


def change(noun: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[noun]
    return {noun: FILES[noun].replace(old, new, 1)}


CARD_RULE = """priority = "P1" }]
card_rules = [{ question = "loose", answer = "yes", card = "emergency" }]"""
WRONG = {
    "an unknown field": (
        change("partners", "kind =", "sort ="),
        "partners.toml: council: sort: is not a field here; the fields are code, name, kind",
    ),
    "a missing field": (
        change("partners", 'kind = "council"', ""),
        "partners.toml: council: kind: is missing",
    ),
    "a missing file": ({"areas": ""}, "areas.toml: is missing"),
    "a missing district": ({"district": ""}, "district.toml: is missing"),
    "a file of something else": (
        {"areas": FILES["partners"]},
        "areas.toml: partners: does not belong here; this file holds areas only",
    ),
    "an empty file": ({"areas": "# nothing"}, "areas.toml: holds no areas"),
    "single brackets": (
        change("areas", "[[areas]]", "[areas]"),
        "areas.toml: needs entries under double brackets",
    ),
    "not a table": ({"areas": "areas = [1]"}, "areas.toml: entry 1: is not a table"),
    "broken TOML": ({"areas": "[[areas"}, "areas.toml: is not TOML"),
    "a number as text": (change("partners", '"council"', "7"), "partners.toml: 7: code: 7 is not text"),
    "text as a number": (change("wards", "51.5", '"51.5"'), "wards.toml: W1: lat: '51.5' is not a number"),
    "true as a number": (
        change("targets", "days = 1", "days = true"),
        "targets.toml: P1: first_contact_days: True",
    ),
    "a date with a time": (
        change("wards", "2013-01-01", "2013-01-01T00:00:00"),
        "wards.toml: W1: valid_from: datetime.datetime(2013, 1, 1, 0, 0) is not a date",
    ),
    "an empty name": (change("areas", '"North"', '""'), "areas.toml: north: name: is empty"),
    "a text for a list": (
        change("categories", '["council"]', '"council"'),
        "categories.toml: street.cows: partners: is not a list",
    ),
    "a box of three": (change("wards", ", 51.6]", "]"), "wards.toml: W1: box: needs exactly 4 values"),
    "an unknown priority": (
        change("categories", '"P3"', '"P9"'),
        "categories.toml: street.cows: priority: 'P9' is none of P1, P2, P3, P4",
    ),
    "missing English": (
        change("groups", 'en = "Street", ', ""),
        "groups.toml: street: label: has no words in en",
    ),
    "a missing language": (
        change("categories", said("Brown"), said("Brown", ("en", "pl", "ro", "cs"))),
        "categories.toml: street.cows: questions.colour.choices.brown.label: has no words in sk, uk",
    ),
    "an unknown language": (
        change("groups", "uk =", "de ="),
        "groups.toml: street: label.de: is not a language here",
    ),
    "empty words": (change("groups", 'pl = "Street"', 'pl = " "'), "groups.toml: street: label.pl: is empty"),
    "words without a language": (
        change("groups", said("Street"), '"Street"'),
        "groups.toml: street: label: needs words by language",
    ),
    "an unknown group": (
        change("categories", 'group = "street"', 'group = "sea"'),
        "categories.toml: street.cows: group: there is no group 'sea'",
    ),
    "an unknown lead": (
        change("categories", 'lead = "council"', 'lead = "navy"'),
        "categories.toml: street.cows: lead: there is no partner 'navy'",
    ),
    "an unknown partner": (
        change("categories", '["council"]', '["council", "navy"]'),
        "categories.toml: street.cows: partners: there is no partner 'navy'",
    ),
    "an unknown record type": (
        change("categories", '"asb"', '"gossip"'),
        "categories.toml: street.cows: record_type: there is no reportable record type 'gossip'",
    ),
    "a record type of staff": (
        change("categories", '"asb"', '"fpn"'),
        "categories.toml: street.cows: record_type: there is no reportable record type 'fpn'",
    ),
    "an unknown area": (
        change("wards", '"north"', '"south"'),
        "wards.toml: W1: area: there is no area 'south'",
    ),
    "a ward that ends first": (
        change("wards", "2013-01-01", "2013-01-01\nvalid_to = 2012-12-31"),
        "wards.toml: W1: valid_to: is before valid_from",
    ),
    "half a point": (
        change("places", '"The pump"', '"The pump"\nlat = 51.5'),
        "places.toml: The pump: lat: needs",
    ),
    "near nothing known": (
        change("places", '"The pump"', '"The pump"\nnear = "Nowhere"'),
        "places.toml: The pump: near: is for a place without a point",
    ),
    "a code used twice": (
        {"areas": FILES["areas"] * 2},
        "areas.toml: north: code: 'north' is used twice, first in areas.toml",
    ),
    "a category twice": (
        {"categories": CATEGORY * 2},
        "categories.toml: street.cows: code: 'street.cows' is used twice",
    ),
    "a neighbour twice": (
        {"neighbours": FILES["neighbours"] * 2},
        "neighbours.toml: Bigmouth Council: name: 'Bigmouth Council' is used twice",
    ),
    "a postcode for a postcode district": (
        {"neighbours": FILES["neighbours"] + 'outward = ["BM1 1"]\n'},
        "neighbours.toml: Bigmouth Council: outward: 'BM1 1' is no postcode district, as CT1 is",
    ),
    "a postcode district twice": (
        {"neighbours": FILES["neighbours"] + 'outward = ["BM1", "BM1"]\n'},
        "neighbours.toml: Bigmouth Council: outward: 'BM1' is used twice",
    ),
    "a contact twice": (
        {"contacts": FILES["contacts"] * 2},
        "contacts.toml: council: code: 'council' is used twice",
    ),
    "a question twice": (
        change("categories", 'code = "colour"', 'code = "loose"'),
        "categories.toml: street.cows: questions.loose: is used twice",
    ),
    "a choice twice": (
        change("categories", '"white"', '"brown"'),
        "categories.toml: street.cows: questions.colour.choices: has a code twice",
    ),
    "choices left out": (
        {"categories": re.sub(r"\nchoices = .*", "", CATEGORY)},
        "categories.toml: street.cows: questions.colour.choices: is missing",
    ),
    "choices of a text question": (
        change("categories", 'kind = "choice"', 'kind = "text"'),
        "categories.toml: street.cows: questions.colour.choices: does not belong to a text question",
    ),
    "a rule about no question": (
        change("categories", 'question = "loose"', 'question = "lost"'),
        "categories.toml: street.cows: priority_rules: there is no question 'lost'",
    ),
    "a rule about no answer": (
        change("categories", 'answer = "yes"', 'answer = "maybe"'),
        "categories.toml: street.cows: priority_rules: there is no answer to 'loose' called 'maybe'",
    ),
    "a card about no answer": (
        change("categories", 'priority = "P1" }]', CARD_RULE.replace("yes", "maybe")),
        "categories.toml: street.cows: card_rules: there is no answer to 'loose' called 'maybe'",
    ),
    "a card that nobody wrote": (
        change("categories", 'priority = "P1" }]', CARD_RULE.replace("emergency", "stampede")),
        "categories.toml: street.cows: card_rules: there is no safety text 'stampede'",
    ),
    "a label too long": (
        change("groups", said("Street"), said("S" * 41)),
        "groups.toml: street: label.en: has 41 characters; a button holds 40",
    ),
    "a target left out": (
        change("targets", '"P4"', '"P3"'),
        "targets.toml: P3: priority: 'P3' is used twice",
    ),
    "no target for a priority": (
        {"targets": FILES["targets"].split('[[targets]]\npriority = "P4"')[0]},
        "targets.toml: has no target for P4",
    ),
    "a target of no days": (
        change("targets", "update_days = 5", "update_days = 0"),
        "targets.toml: P1: update_days",
    ),
    "a card left out": (change("safety_texts", '"footer"', '"foot"'), "safety_texts: has no card 'footer'"),
    "a confirmed language": (
        change("safety_texts", "version = 1", 'version = 1\nconfirmed = ["de"]'),
        "safety_texts.toml: emergency: confirmed: there is no language 'de'",
    ),
    "a day of another year": (
        change("bank_holidays", "2026-12-28", "2027-12-28"),
        "bank_holidays.toml: 2026: days: 2027-12-28 is not in 2026",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_by_file_entry_and_field(case: str, tmp_path: Path) -> None:
    changed, message = WRONG[case]
    with pytest.raises(ProfileError, match=f"^{re.escape(message)}"):
        load(write_profile(tmp_path, **changed))
