"""Signing in: one-time tokens, sessions, and when an account locks. Only hashes of tokens are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from store.domain.staff import Staff

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)  # a session's last use need not be known to the second
FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
TOTP_SECONDS = 30
TOTP_STEPS_OFF = 1  # RFC 6238 5.2: one step for slow typing and clocks
TOKEN_BYTES = 32


class Purpose(StrEnum):
    """What a one-time token is for."""

    LINK = "link"
    SECOND_FACTOR = "second_factor"
    CHAT = "chat"


LIFETIMES: Mapping[Purpose, timedelta] = MappingProxyType(
    {
        Purpose.LINK: timedelta(minutes=10),
        Purpose.SECOND_FACTOR: timedelta(minutes=5),
        Purpose.CHAT: timedelta(hours=24),
    }
)


class Failure(StrEnum):
    """Why somebody did not get in."""

    WRONG = "wrong"
    LOCKED = "locked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class HalfWay:
    """The first step is done: `token` is for the browser, until the code of the app follows."""

    token: str


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account with what signing in needs. It never leaves the sign-in code."""

    staff: Staff
    username: str
    password_hash: str | None
    totp_secret: str | None
    totp_confirmed: bool
    totp_step: int
    failed_sign_ins: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A staff account as a list shows it."""

    staff: Staff
    username: str
    totp_confirmed: bool
    locked_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in. `id` is the hash of its token; `csrf` goes into its forms."""

    id: str
    staff: Staff
    csrf: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session just begun: `token` is for the browser and nobody else."""

    token: str
    staff: Staff


def new_token() -> str:
    """Return a fresh secret, safe in addresses: 43 characters, 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token (SHA-256, hexadecimal); it is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Tell whether an account refuses every sign-in for now."""
    return locked_until is not None and now < locked_until


def after_failure(failures: int, now: datetime) -> tuple[int, datetime | None]:
    """Return the count of failures after one more, and until when that locks the account."""
    if failures + 1 < FAILURES_BEFORE_LOCK:
        return failures + 1, None
    return 0, now + LOCKED_FOR


def totp_steps(now: datetime) -> range:
    """Return the time steps whose code is good at `now`, oldest first."""
    step = int(now.timestamp()) // TOTP_SECONDS
    return range(step - TOTP_STEPS_OFF, step + TOTP_STEPS_OFF + 1)


def same(a: str, b: str) -> bool:
    """Compare two secrets in a time that says nothing about them."""
    return hmac.compare_digest(a.encode(), b.encode())
