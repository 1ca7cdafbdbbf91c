from __future__ import annotations

from datetime import date

import pytest

from store.domain.day_ahead import day_ahead

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("until 5 January", date(2027, 1, 5)),
        ("till the 5th of January please", date(2027, 1, 5)),
        ("January 5th", date(2027, 1, 5)),
        ("until 30 Nov", date(2026, 11, 30)),
        ("until 25 November", date(2027, 11, 25)),
        ("1 March 2028", date(2028, 3, 1)),
        ("March 1 2028", date(2028, 3, 1)),
        ("do 5 stycznia", date(2027, 1, 5)),
        ("do 3 września", date(2027, 9, 3)),
        ("până pe 5 ianuarie", date(2027, 1, 5)),
        ("do 5. ledna", date(2027, 1, 5)),
        ("do 1. června", date(2027, 6, 1)),
        ("do 1. července", date(2027, 7, 1)),
        ("do 5. januára", date(2027, 1, 5)),
        ("do 1. mája", date(2027, 5, 1)),
        ("до 5 січня", date(2027, 1, 5)),
        ("до 2 листопада", date(2027, 11, 2)),
        ("5.1.", date(2027, 1, 5)),
        ("05/01/2027", date(2027, 1, 5)),
        ("2027-01-05", date(2027, 1, 5)),
        ("29 February", date(2028, 2, 29)),
    ],
)
def test_a_day_to_come_is_read_as_people_write_it(said: str, meant: date) -> None:
    assert day_ahead(said, TODAY) == meant


@pytest.mark.parametrize(
    "said", ["", "for a while", "2 weeks", "week 2", "31 November", "31.11.", "2027-13-01", "99 May 2027"]
)
def test_what_names_no_day_is_none(said: str) -> None:
    assert day_ahead(said, TODAY) is None
