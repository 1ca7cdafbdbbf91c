"""Alerts: what a person must see soon, without a report having been made.

A person who speaks of suicide gets help lines at once and no form; the duty contact is alerted.
Who threatens staff is for a manager. Nobody reads the bot live: an alert promises nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.clock import LONDON
from store.domain.reference import District, Restriction
from store.domain.timeline import TimelineLine
from store.domain.working_days import is_working_day


class AlertKind(StrEnum):
    """Why somebody is alerted; the first is also the code of its safety card."""

    SUICIDE_SELFHARM = "suicide_selfharm"
    STAFF_THREAT = "staff_threat"


GRANT: Mapping[AlertKind, Restriction] = MappingProxyType(
    {
        AlertKind.SUICIDE_SELFHARM: Restriction.SAFEGUARDING,
        AlertKind.STAFF_THREAT: Restriction.STAFF_THREAT,
    }
)
"""Which grant lets a member of staff see an alert, and be told of it."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as staff with the grant see it. `name` is what the person gave, if anything.

    `version` goes up with every change; `story` is what was done so far, only where it was opened.
    """

    id: str
    kind: AlertKind
    text: str
    language: str
    name: str | None
    do_not_contact: bool
    created_at: datetime
    version: int
    done_by: str | None = None
    done_at: datetime | None = None
    note: str | None = None
    story: tuple[TimelineLine, ...] = ()


def on_duty(district: District, at: datetime, holidays: Collection[date]) -> bool:
    """Tell whether the duty contact is at work at an aware instant; outside, nothing is promised."""
    local = at.astimezone(LONDON)
    if not is_working_day(local.date(), holidays):
        return False
    return district.duty_from <= local.hour < district.duty_to
