from __future__ import annotations

from typing import Any

import pytest

from store.domain.actor import ActorKind
from store.domain.event import Action
from store.domain.timeline import LABELS, detail, who


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
    ],
)
def test_details_become_plain_words(body: dict[str, Any] | None, told: str | None) -> None:
    assert detail(body) == told


def test_looking_is_not_part_of_the_story() -> None:
    assert not {Action.REPORT_OPENED, Action.CASE_VIEWED, Action.EVIDENCE_OPENED} & set(LABELS)
