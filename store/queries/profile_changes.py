"""How the reference data in force differs from a profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.profile_change import Body, Change, Row, changes, reordered
from store.domain.reference import District, Profile
from store.domain.reference_kinds import DISTRICT, KINDS, laid_out, plain
from store.profile.build import build
from store.profile.spot import ProfileError, Spot
from store.tables.reference import ReferenceRow

_TYPES: dict[str, type] = {**KINDS, DISTRICT: District}


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, the kinds that stand in another order, and the code of the district in force."""

    changes: tuple[Change, ...]
    reordered: tuple[str, ...]
    district: str


def compare(session: Session, profile: Profile, *, lock: bool = False) -> Compared:
    """Return how the rows differ from this profile; with `lock` they stay as they are until the unit ends."""
    query = select(ReferenceRow).order_by(ReferenceRow.position, ReferenceRow.code, ReferenceRow.version)
    versions: defaultdict[str, defaultdict[str, list[ReferenceRow]]]
    versions = defaultdict(lambda: defaultdict(list))
    for row in session.scalars(query.with_for_update() if lock else query):
        versions[row.kind][row.code].append(row)
    found: list[Change] = []
    moved: list[str] = []
    for kind, wanted in laid_out(profile).items():
        rows = versions[kind]
        found += changes(kind, {code: _newest(many) for code, many in rows.items()}, wanted)
        current = sorted(
            (row for many in rows.values() for row in many if row.retired_at is None), key=_place
        )
        if reordered((row.code for row in current), wanted):
            moved.append(kind)
    district = versions[DISTRICT][DISTRICT]
    return Compared(tuple(found), tuple(moved), district[-1].body["code"] if district else "")


def _place(row: ReferenceRow) -> int:
    return row.position


def _newest(versions: Sequence[ReferenceRow]) -> Row:
    versions = sorted(versions, key=lambda row: row.version)
    last = versions[-1]
    given = next((row for row in reversed(versions) if row.from_profile), None)
    return Row(
        last.version,
        _whole(last) if last.retired_at is None else None,
        last.from_profile,
        _whole(given) if given is not None else None,
    )


def _whole(row: ReferenceRow) -> Body:
    """Return a body with the fields that came to its kind since it was written."""
    cls: Any = _TYPES.get(row.kind)
    try:
        return plain(build(cls, row.body, Spot(row.kind, row.code))) if cls else row.body
    except ProfileError:
        return row.body
