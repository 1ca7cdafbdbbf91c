from __future__ import annotations

from dataclasses import replace

import pytest

from store.domain.concern import CONCERNS
from store.domain.entry import CONCERN_LABELS, category_of, contact_of, read
from store.domain.errors import Refusal
from store.domain.place import Location
from store.domain.reference import AnswerKind, Choice, ExtraQuestion
from store.domain.report import Identity, Source
from tests.store.domain.small_profile import SMALL, a_category

QUESTIONS = (
    ExtraQuestion("kind", AnswerKind.CHOICE, {"en": "What kind?"}, (Choice("music", {"en": "Music"}),)),
    ExtraQuestion("diary", AnswerKind.YES_NO, {"en": "A diary?"}),
    ExtraQuestion("rooms", AnswerKind.TEXT, {"en": "Which rooms?"}),
)
PROFILE = replace(SMALL, categories=(replace(a_category(), questions=QUESTIONS),))
PLACE = Location("CT9 1AA", 51.388, 1.383, "cliftonville-west", "margate")
LEAST = {
    "category": "noise.domestic",
    "source": "phone",
    "identity": "named",
    "danger": "no",
    "what": " Music\r\nall night ",
}
FULL = LEAST | {
    "name": "Ada Marsh",
    "contact": "01843 000000",
    "may_message": "yes",
    "language": "pl",
    "danger": "yes",
    "concern": "hate_crime",
    "ward": "eastcliff",
    "when": "last_night",
    "still": "yes",
    "often": "weekly",
    "extra.kind": "music",
    "extra.diary": "no",
    "extra.rooms": "The bedroom",
}


def test_the_least_that_can_be_told_makes_an_entry() -> None:
    told = read(LEAST, PROFILE, PLACE)
    assert (told.source, told.identity, told.language) == (Source.PHONE, Identity.NAMED, "en")
    assert (told.name, told.contact, told.may_message) == (None, None, False)
    answers = told.answers
    assert (answers["what"], answers["danger"], answers["offer"]) == ("Music\nall night", "no", "")
    assert (answers["where"]["ward"], answers["where"]["lat"]) == ("cliftonville-west", 51.388)
    assert (answers["when"], answers["still"], answers["extra.kind"]) == (None, None, None)


def test_everything_told_is_kept_as_the_residents_form_keeps_it() -> None:
    told = read(FULL, PROFILE, PLACE)
    assert (told.name, told.contact, told.may_message) == ("Ada Marsh", "01843 000000", True)
    answers = told.answers
    assert (answers["danger"], answers["offer"], answers["when"]) == ("yes", "hate_crime", "last_night")
    assert (answers["where"]["ward"], answers["where"]["area"]) == ("eastcliff", "ramsgate")
    assert (answers["extra.kind"], answers["extra.diary"]) == ("music", "no")
    assert answers["extra.rooms"] == "The bedroom"
    own = read(FULL | {"when_words": "each Friday"}, PROFILE, PLACE)
    assert own.answers["when"] == {"words": "each Friday"}


def test_of_an_anonymous_person_nothing_is_kept() -> None:
    told = read(FULL | {"identity": "anonymous"}, PROFILE, PLACE)
    assert (told.name, told.contact, told.may_message) == (None, None, False)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"category": "nothing.such"}, "entry.needs_category"),
        ({"source": ""}, "entry.needs_source"),
        ({"source": "chat"}, "entry.choose_one"),
        ({"identity": ""}, "entry.needs_identity"),
        ({"identity": "famous"}, "entry.choose_one"),
        ({"danger": ""}, "entry.needs_danger"),
        ({"danger": "perhaps"}, "entry.choose_one"),
        ({"what": " ... "}, "entry.needs_words"),
        ({"what": "x" * 20_001}, "entry.too_long"),
        ({"name": "x" * 201}, "entry.too_long"),
        ({"ward": "nowhere"}, "entry.choose_one"),
        ({"extra.kind": "drums"}, "entry.choose_one"),
        ({"extra.diary": "perhaps"}, "entry.choose_one"),
        ({"concern": "boredom"}, "entry.choose_one"),
    ],
)
def test_what_is_missing_or_not_on_offer_is_refused(typed: dict[str, str], key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(FULL | typed, PROFILE, PLACE)
    assert refusal.value.key == key


def test_every_concern_has_a_label_and_a_category_is_found_by_its_code() -> None:
    assert set(CONCERN_LABELS) == set(CONCERNS)
    assert category_of(PROFILE, "noise.domestic") == PROFILE.categories[0]
    assert category_of(PROFILE, "") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01843 000000", "01843 000000"),
        ("+44 1843-000000", "01843 000000"),
        ("0044 (0)1843 000000", "01843 000000"),
        ("07700900123", "07700 900123"),
        ("ada@example.org", "ada@example.org"),
        ("flat 3, ask for Ada", "flat 3, ask for Ada"),
        ("+48 600 000 000", "+48 600 000 000"),
        (None, None),
    ],
)
def test_a_british_number_is_always_kept_alike(typed: str | None, kept: str | None) -> None:
    assert contact_of(typed) == kept
