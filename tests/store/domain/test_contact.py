from __future__ import annotations

from datetime import date

import pytest

from store.domain.contact import Contact, ContactKind, emergencies, of_kind, search

CHECKED = date(2026, 11, 2)
KINDS = {"home": "Mieszkanie i wynajem", "crime": "Policja"}
POLICE = Contact("police", "Police", "101", kind=ContactKind.CRIME, emergency=True, national=True)
FIRE = Contact("fire", "Emergency: police, fire, ambulance", "999", emergency=True)
HYDE = Contact(
    "hyde",
    "Hyde",
    "01843 853203",
    note={"en": "A landlord with homes to rent.", "pl": "Właściciel mieszkań."},
    kind=ContactKind.HOME,
)
STALE = Contact("old", "Old landlord office", "0845 1", kind=ContactKind.HOME, out_of_date=True)
REVIVED = Contact(
    "back", "Revived office", "0845 2", kind=ContactKind.HOME, out_of_date=True, verified_on=CHECKED
)
STALE_CRISIS = Contact("crisis", "Crisis line", "116", emergency=True, out_of_date=True)
ALL = (POLICE, HYDE, STALE, REVIVED, STALE_CRISIS, FIRE)


def found(asked: str, language: str = "en") -> list[str]:
    return [contact.code for contact in search(ALL, asked, language, KINDS)]


def test_a_stale_entry_is_shown_only_once_it_was_checked_and_a_crisis_number_always() -> None:
    assert [contact.code for contact in ALL if not contact.shown] == ["old"]


def test_emergency_numbers_have_a_list_of_their_own() -> None:
    assert [contact.code for contact in emergencies(ALL)] == ["police", "crisis", "fire"]
    assert of_kind(ALL, ContactKind.CRIME) == [POLICE]
    assert [contact.code for contact in of_kind(ALL, ContactKind.HOME)] == ["hyde", "back"]
    assert of_kind(ALL, ContactKind.OTHER) == []


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("landlord", ["hyde"]),
        ("LANDLORDS rent", ["hyde"]),
        ("Hýde", ["hyde"]),
        ("01843853203", ["hyde"]),
        ("853203", ["hyde"]),
        ("police", ["police", "fire"]),
        ("mieszkaniem", ["hyde", "back"]),
        ("fire landlord", ["fire", "hyde"]),
        ("nothing like it", []),
        ("?", []),
    ],
)
def test_words_are_found_in_name_number_note_and_kind(asked: str, codes: list[str]) -> None:
    assert found(asked) == codes


def test_notes_are_searched_in_the_persons_language_and_in_english() -> None:
    assert found("wlasciciel", "pl") == ["hyde"]
    assert found("wlasciciel", "uk") == []
    assert found("landlord", "uk") == ["hyde"]


def test_a_note_falls_back_to_english_and_may_be_missing() -> None:
    assert HYDE.note_in("pl") == "Właściciel mieszkań."
    assert HYDE.note_in("uk") == "A landlord with homes to rent."
    assert POLICE.note_in("en") == ""


def test_only_what_nobody_checked_and_is_not_the_whole_countrys_is_doubted() -> None:
    assert [contact.code for contact in ALL if contact.doubted] == ["hyde", "old", "crisis", "fire"]
