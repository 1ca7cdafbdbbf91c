from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.sign_in import (
    LIFETIMES,
    Purpose,
    after_failure,
    is_locked,
    new_token,
    same,
    token_hash,
    totp_steps,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_fifth_failure_locks_for_a_quarter_of_an_hour() -> None:
    failures, until = 0, None
    for _try in range(4):
        failures, until = after_failure(failures, NOON)
        assert until is None
    assert after_failure(failures, NOON) == (0, NOON + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("until", "locked"),
    [(None, False), (NOON, False), (NOON + timedelta(seconds=1), True), (NOON - timedelta(hours=1), False)],
)
def test_a_lock_opens_by_itself(until: datetime | None, locked: bool) -> None:
    assert is_locked(until, NOON) is locked


def test_a_code_is_good_in_its_own_step_and_the_neighbours() -> None:
    now = int(NOON.timestamp()) // 30
    assert list(totp_steps(NOON + timedelta(seconds=29))) == [now - 1, now, now + 1]


def test_tokens_are_long_different_and_kept_only_as_hashes() -> None:
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 43 for token in tokens)
    assert token_hash("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_secrets_are_compared_whatever_letters_they_hold() -> None:
    assert same("zażółć", "zażółć")
    assert not same("a", "")


def test_each_kind_of_token_has_its_time() -> None:
    assert set(LIFETIMES) == set(Purpose)
