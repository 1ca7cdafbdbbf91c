"""The profile that comes with the program is whole, in six languages, with the same numbers in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from store.domain.reference import (
    LANGUAGES,
    MACHINE_DRAFTED,
    AnswerKind,
    Priority,
    Profile,
    Restriction,
    SafetyText,
    Text,
)
from store.profile.load import load

CATEGORIES = [
    "noise.domestic",
    "noise.commercial",
    "vehicle.parking",
    "vehicle.abandoned",
    "vehicle.offroad",
    "vehicle.cruising",
    "street.intimidating_group",
    "street.rowdy",
    "street.begging",
    "street.rough_sleeping",
    "street.encampment",
    "street.sexual",
    "substance.street_drinking",
    "substance.drug_use",
    "substance.drug_dealing",
    "substance.paraphernalia",
    "neighbour.dispute",
    "neighbour.harassment",
    "property.vandalism",
    "property.graffiti",
    "property.trespass",
    "premises.problem",
    "environment.flytipping",
    "environment.litter_dogfouling",
    "animals.dog_control",
    "fire.fireworks",
    "fire.deliberate",
    "other.asb",
]


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return load("thanet")


def resident_texts(profile: Profile) -> Iterator[tuple[str, Text]]:
    """Every text a resident reads, with a name to find it by."""
    for group in profile.groups:
        yield group.code, group.label
    for category in profile.categories:
        yield category.code, category.label
        yield from ((f"{category.code} {n}", t) for n, t in (("advice", category.advice),) if t)
        yield from ((f"{category.code} anonymous", t) for t in (category.anonymous_note,) if t)
        for question in category.questions:
            yield f"{category.code} {question.code}", question.text
            yield from ((f"{category.code} {question.code} {c.code}", c.label) for c in question.choices)
    yield from ((c.code, c.note) for c in profile.contacts if c.note)
    yield from ((p.code, p.summary) for p in profile.projects)
    yield from ((s.code, s.text) for s in profile.safety_texts)


def numbers(words: str) -> Counter[str]:
    """The digits of every phone number and amount, however they are spaced."""
    return Counter(re.sub(r"\D", "", found) for found in re.findall(r"\d[\d ]*", words))


def test_there_are_nine_groups_and_the_twenty_eight_categories_in_their_order(thanet: Profile) -> None:
    assert [category.code for category in thanet.categories] == CATEGORIES
    assert len(thanet.groups) == 9
    assert [c.code for group in thanet.groups for c in thanet.in_group(group.code)] == CATEGORIES


def test_every_text_for_residents_is_there_in_six_languages(thanet: Profile) -> None:
    texts = dict(resident_texts(thanet))
    assert len(texts) > 200
    assert [name for name, text in texts.items() if set(text) != set(LANGUAGES)] == []


def test_phone_numbers_are_the_same_in_every_language(thanet: Profile) -> None:
    wrong = [
        (name, language)
        for name, text in resident_texts(thanet)
        for language in LANGUAGES
        if not name.startswith("fire.fireworks late") and numbers(text[language]) != numbers(text["en"])
    ]
    assert wrong == []


def test_ukrainian_is_written_in_cyrillic_and_the_others_are_not(thanet: Profile) -> None:
    mixed = re.compile(r"[a-z][а-яіїєґ]|[а-яіїєґ][a-z]", re.IGNORECASE)
    for name, text in resident_texts(thanet):
        assert not mixed.search(text["uk"]), name
        assert not any(re.search("[а-я]", text[language]) for language in LANGUAGES if language != "uk"), name


def test_only_english_safety_words_count_as_checked_by_a_speaker(thanet: Profile) -> None:
    assert {card.confirmed for card in thanet.safety_texts} == {("en",)}
    assert all("999" in card.text["en"] for card in cards(thanet))


def cards(thanet: Profile) -> list[SafetyText]:
    """Return the texts that tell somebody what to do; the other one marks unchecked translations."""
    return [text for text in thanet.safety_texts if text.code != MACHINE_DRAFTED]


def test_every_card_says_that_nobody_reads_the_chat_live(thanet: Profile) -> None:
    assert all("Nobody is reading this chat live" in card.text["en"] for card in cards(thanet))


def test_the_answers_that_mean_hazard_raise_the_priority(thanet: Profile) -> None:
    rules = {
        (category.code, rule.question, rule.answer): rule.priority
        for category in thanet.categories
        for rule in category.priority_rules
    }
    assert set(rules.values()) == {Priority.P1}
    assert {
        ("vehicle.abandoned", "burnt", "yes"),
        ("vehicle.abandoned", "leaking", "yes"),
        ("vehicle.offroad", "at_people", "yes"),
        ("substance.paraphernalia", "needle", "yes"),
        ("property.graffiti", "hateful", "yes"),
        ("animals.dog_control", "hurt", "person"),
    } <= set(rules)


def test_forms_that_could_show_a_child_or_sex_ask_for_no_pictures(thanet: Profile) -> None:
    assert [c.code for c in thanet.categories if not c.asks_pictures] == ["street.sexual"]


def test_sleeping_rough_is_not_part_of_the_survey_of_anti_social_behaviour(thanet: Profile) -> None:
    assert [c.code for c in thanet.categories if c.survey_issue is None] == ["street.rough_sleeping"]


def test_both_noise_categories_say_that_anonymous_is_not_enough(thanet: Profile) -> None:
    assert [c.code for c in thanet.categories if c.anonymous_note] == ["noise.domestic", "noise.commercial"]


def test_the_plans_nine_record_types_are_there(thanet: Profile) -> None:
    types = {record_type.code: record_type for record_type in thanet.record_types}
    assert len(types) == 9
    assert {code for code, t in types.items() if t.staff_only} == {"asb_enforcement", "fpn", "asb_closure"}
    assert {code: t.restriction for code, t in types.items() if t.restriction} == {
        "safeguarding": Restriction.SAFEGUARDING,
        "asb_intel": Restriction.INTELLIGENCE,
        "staff_threat": Restriction.STAFF_THREAT,
    }


def test_twenty_three_wards_lie_in_four_areas(thanet: Profile) -> None:
    wards = Counter(ward.area for ward in thanet.wards)
    assert wards == {"margate": 7, "ramsgate": 7, "broadstairs": 5, "birchington": 4}
    for ward in thanet.wards:
        west, south, east, north = ward.box
        assert west < ward.lon < east, ward.name
        assert south < ward.lat < north, ward.name


def test_every_contact_waits_to_be_verified_and_stale_ones_are_marked(thanet: Profile) -> None:
    contacts = {contact.code: contact for contact in thanet.contacts}
    assert all(contact.verified_on is None for contact in contacts.values())
    assert {code for code, c in contacts.items() if c.out_of_date} == {
        "gateway",
        "kca",
        "pals",
        "kdaat",
        "kent_crc",
        "jobcentre",
    }
    assert not any(c.emergency and c.out_of_date for c in contacts.values())
    assert {c.phone for c in contacts.values() if c.national} == {"999", "18000", "101", "111"}
    assert all(c.phone or c.email or c.link for c in contacts.values())


def test_a_number_in_a_safety_card_is_that_of_a_contact(thanet: Profile) -> None:
    listed = {re.sub(r"\D", "", contact.phone) for contact in thanet.contacts if contact.phone}
    shown = {n for card in thanet.safety_texts for n in numbers(card.text["en"]) if len(n) > 5}
    assert shown <= listed


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule (Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool = False) -> date:
    days = [date(year, month, 1) + timedelta(n) for n in range(28 if not last else 31)]
    mondays = [day for day in days if day.weekday() == 0 and day.month == month]
    return mondays[-1 if last else 0]


def moved(*days: date) -> list[date]:
    """The days, each one on a weekend moved to the next weekday that is still free."""
    taken: list[date] = []
    for start in days:
        day = start
        while day.weekday() > 4 or day in taken:
            day += timedelta(1)
        taken.append(day)
    return taken


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_bank_holidays_follow_the_rules_of_england_and_wales(thanet: Profile, year: int) -> None:
    sunday = easter(year)
    expected = [
        *moved(date(year, 1, 1)),
        sunday - timedelta(2),
        sunday + timedelta(1),
        monday(year, 5),
        monday(year, 5, last=True),
        monday(year, 8, last=True),
        *moved(date(year, 12, 25), date(year, 12, 26)),
    ]
    assert [day for day in thanet.bank_holidays if day.year == year] == expected


def test_boxing_day_2026_is_kept_on_the_monday(thanet: Profile) -> None:
    assert date(2026, 12, 28) in thanet.bank_holidays
    assert date(2026, 12, 26) not in thanet.bank_holidays


def test_postcodes_lie_in_the_district_and_are_written_with_their_space(thanet: Profile) -> None:
    west, south, east, north = thanet.district.box
    assert len(thanet.postcodes) == 3970
    assert thanet.postcodes["CT10 1AA"] == (51.36021, 1.43683)
    # The box follows the outline of the land; a few addresses on the border lie metres outside.
    outside = [
        code
        for code, (lat, lon) in thanet.postcodes.items()
        if not (west <= lon <= east and south <= lat <= north)
    ]
    assert len(outside) < 5


def test_lead_agencies_and_questions_fit_a_phone(thanet: Profile) -> None:
    questions = [question for category in thanet.categories for question in category.questions]
    assert all(len(question.choices) <= 6 for question in questions)
    assert all(len(q.choices) >= 2 for q in questions if q.kind is AnswerKind.CHOICE)
    assert all(len(category.questions) <= 7 for category in thanet.categories)
    assert all(category.lead in category.partners for category in thanet.categories)
