from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.domain.actor import SYSTEM, ActorKind, Channel
from store.domain.event import GENESIS, Action, Event, canonical_json, chain_hash, digest

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENT = Event(1, NOON, SYSTEM, Action.REPORT_SENT, "report", "r1", "0" * 64)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
DETAILS = st.dictionaries(st.text(), VALUES, max_size=4)


def test_every_action_is_a_subject_and_a_verb() -> None:
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", action) for action in Action)
    assert str(Action.REPORT_SENT) == "report.sent"


@settings(suppress_health_check=[HealthCheck.too_slow])  # how fast inputs are made is up to the machine
@given(DETAILS, st.binary(min_size=16, max_size=16))
def test_details_that_were_stored_and_read_back_have_the_same_digest(
    details: dict[str, object], salt: bytes
) -> None:
    read_back = json.loads(canonical_json(details))
    assert digest(salt, read_back) == digest(salt, details)


def test_the_order_of_details_does_not_matter_but_the_salt_does() -> None:
    assert digest(b"salt", {"a": 1, "b": 2}) == digest(b"salt", {"b": 2, "a": 1})
    assert digest(b"salt", {"a": 1}) != digest(b"pepper", {"a": 1})
    assert digest(b"salt", {"a": 1}) != digest(b"salt", {"a": "1"})


def test_nothing_moves_between_salt_and_details_unseen() -> None:
    assert digest(b"", {}) != digest(b"{}", {})
    assert digest(b"\x00", {}) != digest(b"", {})


def test_dates_enumerations_and_read_only_mappings_are_spelled_plainly() -> None:
    details: Mapping[str, object] = MappingProxyType(
        {"at": NOON, "day": date(2026, 5, 1), "kind": ActorKind.STAFF, "more": MappingProxyType({"n": 1})}
    )
    assert canonical_json(details) == (
        '{"at":"2026-11-23T12:00:00+00:00","day":"2026-05-01","kind":"staff","more":{"n":1}}'
    )


def test_what_json_cannot_hold_is_an_error() -> None:
    with pytest.raises(TypeError, match="set does not belong"):
        canonical_json({"some": {1, 2}})
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"some": float("nan")})


@pytest.mark.parametrize(
    "changed",
    [
        replace(EVENT, id=2),
        replace(EVENT, at=NOON + timedelta(microseconds=1)),
        replace(EVENT, actor=replace(SYSTEM, kind=ActorKind.STAFF)),
        replace(EVENT, actor=replace(SYSTEM, id="s2")),
        replace(EVENT, actor=replace(SYSTEM, channel=Channel.CLI)),
        replace(EVENT, action=Action.CASE_OPENED),
        replace(EVENT, subject_kind="case"),
        replace(EVENT, subject_id="r2"),
        replace(EVENT, subject_kind="reportr", subject_id="1"),
        replace(EVENT, digest="1" * 64),
    ],
)
def test_the_chain_notices_a_change_in_any_column(changed: Event) -> None:
    assert chain_hash(GENESIS, 1, changed) != chain_hash(GENESIS, 1, EVENT)


def test_the_chain_depends_on_what_went_before_and_on_the_number() -> None:
    first = chain_hash(GENESIS, 1, EVENT)
    assert len(first) == len(GENESIS)
    assert chain_hash(first, 1, EVENT) != first
    assert chain_hash(GENESIS, 2, EVENT) != first


@given(*[st.text(max_size=3)] * 4)
def test_two_events_spell_the_same_only_when_they_are(
    kind: str, subject: str, kind2: str, subject2: str
) -> None:
    one = replace(EVENT, subject_kind=kind, subject_id=subject)
    two = replace(EVENT, subject_kind=kind2, subject_id=subject2)
    assert (chain_hash(GENESIS, 1, one) == chain_hash(GENESIS, 1, two)) == (one == two)


def test_the_same_instant_in_another_zone_is_the_same_event() -> None:
    abroad = replace(EVENT, at=NOON.astimezone(timezone(timedelta(hours=5))))
    assert chain_hash(GENESIS, 1, abroad) == chain_hash(GENESIS, 1, EVENT)


def test_an_event_stored_as_a_plain_word_hashes_like_the_action() -> None:
    assert chain_hash(GENESIS, 1, replace(EVENT, action="report.sent")) == chain_hash(GENESIS, 1, EVENT)


def test_an_event_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="aware"):
        chain_hash(GENESIS, 1, replace(EVENT, at=NOON.replace(tzinfo=None)))
