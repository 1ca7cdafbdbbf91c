"""Put wards from a file in force; what they replace stays as an older version."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import Actor
from store.domain.event import Action
from store.domain.reference import Ward
from store.domain.reference_kinds import plain
from store.domain.ward_set import Plan, WardFile, plan
from store.domain.working_days import london_date
from store.engine import now
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.reference import ReferenceRow

KIND = "wards"


def import_file(session: Session, by: Actor, file: WardFile) -> Plan:
    """Do what the file says, and return what that was; a file that changes nothing leaves no trace."""
    current = session.scalars(
        select(ReferenceRow)
        .where(ReferenceRow.kind == KIND, ReferenceRow.retired_at.is_(None))
        .order_by(ReferenceRow.position)
        .with_for_update()
    ).all()
    known = {row.code: build(Ward, row.body, Spot(KIND, row.code)) for row in current}
    areas = session.scalars(
        select(ReferenceRow.code).where(ReferenceRow.kind == "areas", ReferenceRow.retired_at.is_(None))
    ).all()
    made = plan(list(known.values()), areas, file, london_date(now(session)))
    if made.changed:
        positions = {row.code: row.position for row in current}
        _write(session, made, {ward: code for code, ward in known.items()}, positions)
        new, changed, gone = made.count()
        details = {"new": new, "changed": changed, "gone": gone}
        event.record(session, by, Action.REFERENCE_CHANGED, ("reference", KIND), details)
    return made


def _write(session: Session, made: Plan, code_of: Mapping[Ward, str], positions: Mapping[str, int]) -> None:
    last = select(ReferenceRow.code, func.max(ReferenceRow.version)).where(ReferenceRow.kind == KIND)
    versions = dict(session.execute(last.group_by(ReferenceRow.code)).all())
    at = now(session)
    retired = [code_of[old] for old, _ in made.changed if old is not None]
    session.execute(
        update(ReferenceRow)
        .where(ReferenceRow.kind == KIND, ReferenceRow.code.in_(retired), ReferenceRow.retired_at.is_(None))
        .values(retired_at=at)
    )
    next_position = max(positions.values(), default=-1) + 1
    rows = []
    for number, (old, ward) in enumerate(made.changed):
        if ward is None:
            continue
        code = code_of[old] if old is not None else _row_code(ward, positions)
        rows.append(
            {
                "kind": KIND,
                "code": code,
                "version": versions.get(code, 0) + 1,
                "position": positions.get(code, next_position + number),
                "body": plain(ward),
                "created_at": at,
            }
        )
    if rows:
        session.execute(insert(ReferenceRow), rows)


def _row_code(ward: Ward, taken: Collection[str]) -> str:
    """Return what names the row: a code that an earlier set has too is told apart by its first day."""
    return f"{ward.code}@{ward.valid_from}" if ward.code in taken else ward.code
