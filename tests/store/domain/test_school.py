from __future__ import annotations

from datetime import date, timedelta

from store.domain.school import School, SchoolYear, Term

AUTUMN = Term(date(2026, 9, 1), date(2026, 10, 23))
SUMMER = Term(date(2027, 6, 7), date(2027, 7, 21))
NEXT = Term(date(2027, 9, 2), date(2028, 7, 21))
SCHOOL = School(
    (SchoolYear("2026-27", "a letter", (AUTUMN, SUMMER)), SchoolYear("2027-28", "nobody", (NEXT,), True)),
    frozenset({date(2026, 9, 7)}),
)


def test_the_first_school_days_leave_weekends_and_bank_holidays_out() -> None:
    assert list(SCHOOL.beginnings(5)) == [
        ("2026-27.1", Term(date(2026, 9, 1), date(2026, 9, 8))),
        ("2026-27.2", Term(date(2027, 6, 7), date(2027, 6, 11))),
        ("2027-28.1", Term(date(2027, 9, 2), date(2027, 9, 8))),
    ]


def test_a_term_that_is_too_short_has_no_more_days_and_one_without_any_none() -> None:
    sunday = date(2026, 9, 6)
    short = School((SchoolYear("x", "y", (Term(sunday, sunday), Term(sunday, sunday + timedelta(2)))),))
    assert list(short.beginnings(10)) == [("x.2", Term(date(2026, 9, 7), date(2026, 9, 8)))]


def test_the_summer_lies_between_two_years_and_ends_with_august_before_one_that_is_not_known() -> None:
    assert list(SCHOOL.summers()) == [
        ("2026-27.summer", Term(date(2027, 7, 22), date(2027, 9, 1))),
        ("2027-28.summer", Term(date(2028, 7, 22), date(2028, 8, 31))),
    ]
