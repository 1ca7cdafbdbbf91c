from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.web import attempts
from handlers.web.attempts import MAX_FAILURES, WINDOW, Attempts, address_of

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("8.8.8.8", "203.0.113.9", "8.8.8.8"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("172.17.0.1", "203.0.113.9", "203.0.113.9"),
        ("2001:4860::1:2", "", "2001:4860::/64"),
        ("127.0.0.1", "", None),
        ("127.0.0.1", "nonsense", None),
        (None, "", None),
    ],
)
def test_an_address_is_whom_the_nearest_proxy_saw(
    remote: str | None, forwarded: str, address: str | None
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(remote, headers) == address


def test_failures_are_forgotten_after_the_window_and_nobody_without_address_is_kept_out() -> None:
    known = Attempts()
    for _try in range(MAX_FAILURES):
        assert not known.too_many("a", NOON)
        known.failed("a", NOON)
        known.failed(None, NOON)
    assert known.too_many("a", NOON)
    assert not known.too_many(None, NOON)
    assert not known.too_many("b", NOON)
    assert not known.too_many("a", NOON + WINDOW)


def test_no_more_than_so_many_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MAX_ADDRESSES", 2)
    known = Attempts()
    for address in ("a", "b", "c"):
        for _try in range(MAX_FAILURES):
            known.failed(address, NOON)
    assert [known.too_many(address, NOON) for address in ("a", "b", "c")] == [False, True, True]
