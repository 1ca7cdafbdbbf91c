from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from store.domain.actor import ActorKind
from store.domain.event import Action
from store.domain.timeline import (
    LABELS,
    PART_LABELS,
    Part,
    TimelineLine,
    detail,
    other_case,
    who,
    without_other_case,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        (ActorKind.STAFF, "Cleo", "Cleo"),
        (ActorKind.RESIDENT, None, "Reporter"),
        (ActorKind.RESIDENT, "Ada", "Reporter"),
        (ActorKind.SYSTEM, None, "System"),
    ],
)
def test_staff_are_named_and_residents_never(kind: ActorKind, name: str | None, shown: str) -> None:
    assert who(kind, name) == shown


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"review_before": None, "review_on": "2026-12-01"}, "1 December 2026"),
        ({"review_before": "2026-12-01", "review_on": None}, "No date any more"),
        ({"version": 2, "tag": "flat 4", "text": "+ flat 4"}, "+ flat 4"),
        (None, None),
        ({}, None),
        ({"reference": "K7M-4XQ-9PC"}, None),
        ({"before": "open", "after": "waiting_reporter"}, "Open → Waiting for the reporter"),
        ({"before": "en", "after": "pl"}, None),
        ({"outcome": "resolved", "words": "All quiet."}, "Resolved: All quiet."),
        ({"reason": "not_asb", "words": None}, "Not anti-social behaviour"),
        ({"reason": "It began again."}, "It began again."),
        ({"text": "Which nights?"}, "Which nights?"),
        ({"change": "Priority: P3 → P1", "reason": "Worse."}, "Priority: P3 → P1: Worse."),
        ({"change": "Note: – → Deaf", "name": "Bea"}, "Bea: Note: – → Deaf"),
    ],
)
def test_details_become_plain_words(body: dict[str, Any] | None, told: str | None) -> None:
    assert detail(body) == told


@pytest.mark.parametrize("body", [None, {}, {"other_id": None}, {"words": "Into K7M-4XQ-9PC"}])
def test_most_lines_are_about_no_other_case(body: dict[str, Any] | None) -> None:
    assert other_case(body) is None


@pytest.mark.parametrize("named", [{"other": "K7M-4XQ-9PC"}, {"words": "Into K7M-4XQ-9PC"}])
def test_another_case_is_left_out_where_it_must_not_be_named(named: dict[str, Any]) -> None:
    body = {"other_id": "c2", "reason": "It is the same noise."} | named
    assert other_case(body) == "c2"
    assert "K7M-4XQ-9PC" in (detail(body) or "")
    assert detail(without_other_case(body)) == "It is the same noise."


def test_looking_is_not_part_of_the_story() -> None:
    assert not {Action.REPORT_OPENED, Action.CASE_VIEWED, Action.EVIDENCE_OPENED} & set(LABELS)


def test_every_line_belongs_to_a_part_of_the_story() -> None:
    def part(action: Action) -> Part:
        line = TimelineLine(1, NOON, action.value, "", "", ActorKind.STAFF, None, "case", "c1")
        return line.part

    assert part(Action.REPLY_SENT) is Part.WORDS
    assert part(Action.TASK_SET) is Part.PEOPLE
    assert part(Action.CASE_CLOSED) is Part.WORK
    assert {part(action) for action in LABELS} == set(PART_LABELS)
