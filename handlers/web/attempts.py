"""How often somebody at one address failed to sign in lately, so that one cannot lock everybody out."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

MAX_FAILURES = 20
WINDOW = timedelta(minutes=15)
MAX_ADDRESSES = 10_000
_HOUSEHOLD_BITS = 64  # a household is given that much of an IPv6 address, and may change the rest


class Attempts:
    """Failures by address, in memory: a restart forgets them, the account's own lock does not."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()

    def too_many(self, address: str | None, now: datetime) -> bool:
        """Tell whether this address must wait. Nobody is kept out who has none."""
        recent = self._failures.get(address or "")
        while recent and recent[0] <= now - WINDOW:
            recent.popleft()
        return recent is not None and len(recent) >= MAX_FAILURES

    def failed(self, address: str | None, now: datetime) -> None:
        """Count a failure; beyond `MAX_ADDRESSES` the one that failed longest ago is forgotten."""
        if address is None:
            return
        self._failures.setdefault(address, deque(maxlen=MAX_FAILURES)).append(now)
        self._failures.move_to_end(address)
        if len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)


def address_of(remote: str | None, headers: Mapping[str, str]) -> str | None:
    """Return who is behind a request: the peer or, where that is a proxy, whom the proxy saw last.

    A proxy stands on this machine or in its private network. None where nobody can be told apart:
    for a proxy that does not say whom it saw, and for this machine itself.
    """
    forwarded = headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        peer = ip_address(remote or "")
        seen = ip_address(forwarded) if forwarded and peer.is_private else peer
    except ValueError:
        return None
    if seen.is_loopback:
        return None
    if isinstance(seen, IPv6Address):
        return str(ip_network((seen, _HOUSEHOLD_BITS), strict=False))
    return str(seen)
