"""A district's years of reports, made up and written straight into a database: for `bench desk`.

Wards, categories, months and words are spread as in life: a few wards have half of the reports, a
few people report again and again, most of what is old is closed. The same seed makes the same town.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select, text
from sqlalchemy.orm import Session

from store.actions import reference
from store.domain import reference_number
from store.domain.reference import Profile
from store.domain.search_words import document
from store.tables.base import Base
from store.tables.case import CaseRow
from store.tables.event import EventRow
from store.tables.ids import RisingIds
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from store.tables.search import CasePageRow, ReportTextRow
from store.tables.staff import StaffRow

YEARS = 3
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUSY_WARDS = ("Margate Central", "Cliftonville West", "Central Harbour", "Eastcliff")
PEOPLE_SHARE, CASE_SHARE, ANSWER_SHARE, NOTE_SHARE, FILE_SHARE = 0.4, 0.45, 0.4, 0.5, 0.1
STATES = ("in_case", "signposted", "rejected", "withdrawn")
STATE_WEIGHTS = (65, 15, 14, 6)
ENDS = {"signposted": "other_service", "rejected": "not_asb", "withdrawn": "by_reporter"}
RECENT = timedelta(days=14)
_WORDS = """
music shouting lads bikes bins dog barking smoke drinking group corner shop alley night again every week
neighbour door wall window paint rubbish mattress fridge van parked drive pavement school kids scooter
fireworks fire park bench beach stairwell needle smell weed dealer car racing alarm party bottle glass
threat swearing gate fence graffiti bus stop station tent landlord flat upstairs downstairs loud midnight
"""
WORDS = tuple(_WORDS.split())
Row = dict[str, Any]


@dataclass(slots=True)
class Town:
    """Makes rows; `people` and `officers` are kept, to ask for some of them later."""

    profile: Profile
    reports: int
    dice: random.Random = field(default_factory=lambda: random.Random(20261120))
    ids: RisingIds = field(default_factory=RisingIds)
    officers: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    open_cases: list[Row] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    def staff(self) -> list[Row]:
        """Return the officers who work here."""
        names = [f"Officer {number}" for number in range(1, 13)]
        rows: list[Row] = [
            {
                "id": self._id(),
                "username": name.lower().replace(" ", "."),
                "name": name,
                "role": "officer",
                "totp_confirmed": False,
                "totp_step": 0,
                "failed_sign_ins": 0,
                "created_at": NOW - timedelta(days=365 * YEARS),
            }
            for name in names
        ]
        self.officers = [row["id"] for row in rows]
        return rows

    def residents(self) -> list[Row]:
        """Return those who report: some often, most once or twice."""
        rows: list[Row] = [
            {
                "id": self._id(),
                "relay": False,
                "chat_id": 10_000_000 + number,
                "name": f"Resident {number}",
                "language": self.dice.choice(("en",) * 8 + ("pl", "ro")),
                "do_not_contact": False,
                "created_at": NOW - timedelta(days=365 * YEARS),
            }
            for number in range(max(10, int(self.reports * PEOPLE_SHARE)))
        ]
        self.people = [row["id"] for row in rows]
        return rows

    def batches(self, size: int = 5_000) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows of reports and what belongs to them, by table, oldest first."""
        for first in range(0, self.reports, size):
            tables: dict[str, list[Row]] = {name: [] for name in ORDER}
            for number in range(first, min(first + size, self.reports)):
                self._report(tables, number)
            yield tables

    def _reference(self) -> str:
        """Return a number that nothing here has: among a million two may well be the same."""
        number = reference_number.new(self.dice.randrange)
        while number in self.given:
            number = reference_number.new(self.dice.randrange)
        self.given.add(number)
        return number

    def _report(self, tables: dict[str, list[Row]], number: int) -> None:
        at = NOW - timedelta(days=365 * YEARS) * (1 - number / self.reports)
        category = self.dice.choices(self.profile.categories, self._category_weights())[0]
        ward = self.dice.choices(self.profile.wards, self._ward_weights())[0]
        said = " ".join(self.dice.choices(WORDS, k=self.dice.randint(8, 30)))
        waiting = at > NOW - RECENT and self.dice.random() < 0.4
        state = "waiting" if waiting else self.dice.choices(STATES, STATE_WEIGHTS)[0]
        row: Row = {
            "id": self._id(),
            "reference": self._reference(),
            "reporter_id": self.people[int(len(self.people) * self.dice.random() ** 2)],
            "case_id": None,
            "state": state,
            "closed_reason": ENDS.get(state),
            "category": category.code,
            "record_type": category.record_type,
            "home_office_type": category.home_office_type.value,
            "priority": category.priority.value,
            "identity": self.dice.choice(("named", "confidential", "confidential", "anonymous")),
            "source": "chat",
            "language": "en",
            "text": said,
            "place_words": f"near the {self.dice.choice(WORDS)}, {ward.name}",
            "lat": ward.lat + self.dice.gauss(0, 0.004),
            "lon": ward.lon + self.dice.gauss(0, 0.006),
            "ward": ward.code,
            "area": ward.area,
            "outside": False,
            "occurred": "last_night",
            "still_going": "yes",
            "how_often": self.dice.choice(("first_time", "sometimes", "weekly", "daily")),
            "extra": {},
            "danger": self.dice.random() < 0.03,
            "safety_shown": {},
            "restriction": category.restriction.value if category.restriction else None,
            "created_at": at,
            "updated_at": at,
            "target_at": at + timedelta(days=5) if waiting else None,
            "version": 1,
        }
        if state == "in_case":
            row["case_id"] = self._case(tables, row, ward)
        tables["reports"].append(row)
        self._event(tables, "report.sent", "report", row["id"], at)
        words = document([said, *self._thread(tables, row)])
        tables["report_texts"].append({"id": self.ids.next(), "record_id": row["id"], "text": words})

    def _case(self, tables: dict[str, list[Row]], report: Row, ward: Any) -> str:
        """Return a case for the report: a new one, or one of the newest of its ward."""
        if self.dice.random() > CASE_SHARE and self.open_cases:
            return str(self.dice.choice(self.open_cases[-40:])["id"])
        old = report["created_at"] < NOW - timedelta(days=90)
        closed = old or self.dice.random() < 0.5
        at = report["created_at"] + timedelta(hours=5)
        row: Row = {
            "id": self._id(),
            "reference": self._reference(),
            "state": "closed" if closed else self.dice.choice(("open", "investigating", "action_taken")),
            "category": report["category"],
            "priority": report["priority"],
            "regime": "general",
            "officer_id": self.dice.choice(self.officers),
            "outcome": "resolved" if closed else None,
            "restriction": report["restriction"],
            "opened_at": at,
            "closed_at": at if closed else None,
            "updated_at": at,
            "target_at": None if closed else at + timedelta(days=14),
            "target_kind": None if closed else "update",
            "version": 1,
            **{name: report[name] for name in COPIED},
        }
        tables["cases"].append(row)
        self.open_cases = [*self.open_cases[-200:], row]
        self._event(tables, "case.opened", "case", row["id"], at)
        return str(row["id"])

    def _thread(self, tables: dict[str, list[Row]], report: Row) -> Iterator[str]:
        if self.dice.random() < ANSWER_SHARE:
            yield self._message(tables, "question", report, staff=True)
            yield self._message(tables, "answer", report, staff=False)
        if self.dice.random() < NOTE_SHARE:
            yield self._message(tables, "note", report, staff=True)

    def _message(self, tables: dict[str, list[Row]], kind: str, report: Row, *, staff: bool) -> str:
        said = " ".join(self.dice.choices(WORDS, k=12))
        at = report["created_at"] + timedelta(hours=8)
        tables["messages"].append(
            {
                "id": self._id(),
                "kind": kind,
                "report_id": report["id"],
                "staff_id": self.dice.choice(self.officers) if staff else None,
                "text": said,
                "created_at": at,
                "answered_at": at if kind == "question" else None,
                "read_at": at,
            }
        )
        self._event(tables, f"{kind}.added", "report", report["id"], at)
        return said

    def _event(
        self, tables: dict[str, list[Row]], action: str, kind: str, subject: str, at: datetime
    ) -> None:
        row = {
            "id": self.ids.next(),
            "at": at,
            "actor_kind": "system",
            "actor_id": "town",
            "channel": "system",
            "action": action,
            "subject_kind": kind,
            "subject_id": subject,
            "digest": "0" * 64,
        }
        tables["events"].append(row)

    def _id(self) -> str:
        return uuid.UUID(int=self.dice.getrandbits(128)).hex

    def _category_weights(self) -> Sequence[int]:
        return [len(self.profile.categories) - place for place in range(len(self.profile.categories))]

    def _ward_weights(self) -> Sequence[int]:
        return [6 if ward.name in BUSY_WARDS else 1 for ward in self.profile.wards]


COPIED = ("record_type", "home_office_type", "place_words", "lat", "lon", "ward", "area")
ORDER = ("cases", "reports", "messages", "report_texts", "events")
"""Tables in an order that foreign keys allow."""


def begin(session: Session, town: Town) -> None:
    """Write the reference data, the officers and the people."""
    reference.seed(session, town.profile)
    for table, rows in ((StaffRow, town.staff()), (ResidentRow, town.residents())):
        _insert(session, table, rows)


def put(session: Session, batch: Mapping[str, Sequence[Row]]) -> None:
    """Write a batch of rows."""
    for name in ORDER:
        _insert(session, TABLES[name], batch[name])


def settle(session: Session) -> None:
    """Let cases be found by their reports, and the database look at what it holds, as after a night."""
    words = func.aggregate_strings(ReportTextRow.text, " ")
    number = func.row_number().over(order_by=CaseRow.opened_at)
    of_cases = (
        select(number, CaseRow.id, literal(0), CaseRow.restriction, words)
        .join(ReportRow, ReportRow.case_id == CaseRow.id)
        .join(ReportTextRow, ReportTextRow.record_id == ReportRow.id)
        .group_by(CaseRow.id)
    )
    columns = ["id", "record_id", "page", "restriction", "text"]
    session.execute(insert(CasePageRow).from_select(columns, of_cases))
    session.execute(text("ANALYZE"))


def _insert(session: Session, table: type[Base], rows: Sequence[Row]) -> None:
    for first in range(0, len(rows), ROWS_AT_ONCE):
        session.execute(insert(table), list(rows[first : first + ROWS_AT_ONCE]))


ROWS_AT_ONCE = 10_000
TABLES: Mapping[str, type[Base]] = {
    "cases": CaseRow,
    "reports": ReportRow,
    "messages": MessageRow,
    "report_texts": ReportTextRow,
    "events": EventRow,
}
