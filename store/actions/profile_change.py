"""Take over a later version of the profile; what it replaces stays as an older version."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import Actor
from store.domain.event import Action
from store.domain.profile_change import Change, Step, accepted, unknown_names
from store.domain.reference import Profile
from store.domain.reference_kinds import laid_out
from store.engine import now
from store.profile.spot import ProfileError
from store.queries.profile_changes import compare
from store.tables.reference import ReferenceRow

_CURRENT = (
    ReferenceRow.kind == bindparam("of_kind"),
    ReferenceRow.code == bindparam("of_code"),
    ReferenceRow.retired_at.is_(None),
)


def accept(session: Session, by: Actor, profile: Profile, names: Collection[str] = ()) -> tuple[Change, ...]:
    """Put the profile in force and return what was written; where nothing is, there is no trace.

    `names` are kept entries (`kind/code`), or kinds, that are taken over too. `ProfileError` for a
    name of nothing that is kept, and for the profile of another district.
    """
    found = compare(session, profile, lock=True)
    if found.district != profile.district.code:
        raise ProfileError(f"the database is that of district {found.district}, not {profile.district.code}")
    if unknown := unknown_names(found.changes, names):
        raise ProfileError(f"nothing that is kept is called {', '.join(unknown)}")
    chosen = accepted(found.changes, names)
    if chosen or found.reordered:
        _write(session, chosen)
        _place(session, profile, {*found.reordered, *(change.kind for change in chosen)})
        details = {step.name.lower(): [c.name for c in chosen if c.step is step] for step in Step}
        details["reordered"] = list(found.reordered)
        event.record(session, by, Action.REFERENCE_CHANGED, ("reference", "profile"), details)
    return chosen


def _write(session: Session, chosen: Sequence[Change]) -> None:
    at = now(session)
    retired = [{"of_kind": c.kind, "of_code": c.code} for c in chosen if c.before is not None]
    rows = [
        {
            "kind": change.kind,
            "code": change.code,
            "version": change.version + 1,
            "position": 0,
            "body": dict(change.after),
            "from_profile": True,
            "created_at": at,
        }
        for change in chosen
        if change.after is not None
    ]
    connection = session.connection()
    if retired:
        connection.execute(update(ReferenceRow).where(*_CURRENT).values(retired_at=at), retired)
    if rows:
        connection.execute(insert(ReferenceRow), rows)


def _place(session: Session, profile: Profile, kinds: Collection[str]) -> None:
    """Give the entries of these kinds the profile's order; those that only the database has keep theirs."""
    places = [
        {"of_kind": kind, "of_code": code, "place": place}
        for kind, entries in laid_out(profile).items()
        if kind in kinds
        for place, code in enumerate(entries)
    ]
    session.connection().execute(
        update(ReferenceRow).where(*_CURRENT).values(position=bindparam("place")), places
    )
