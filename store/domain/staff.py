"""Staff: roles, what each may do, and what a password must be.

Officers and supervisors work records. Administrators manage people and reference data, analysts
see numbers, partners what was shared with them, the data protection officer the audit trail: none
of these opens a record. A restricted record opens only to somebody who works records *and* was
granted that kind by name; no role alone does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.domain.actor import Actor, ActorKind, Channel
from store.domain.errors import Refusal
from store.domain.reference import Restriction

PASSWORD_MIN_CHARACTERS = 12
PASSWORD_MAX_CHARACTERS = 256  # hashing is slow on purpose; a book must not be hashed
PASSWORD_MIN_DIFFERENT = 5


class Role(StrEnum):
    """What somebody is there for."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    PARTNER = "partner"
    DATA_PROTECTION_OFFICER = "data_protection_officer"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `chat_id` is their linked private chat; `grants` were given by name."""

    id: str
    name: str
    role: Role
    chat_id: int | None = None
    grants: frozenset[Restriction] = frozenset()
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and by which way in."""

    staff: Staff
    channel: Channel

    @property
    def actor(self) -> Actor:
        """The same person as events name them."""
        return Actor(ActorKind.STAFF, self.staff.id, self.channel)


def _is(staff: Staff, *roles: Role) -> bool:
    return not staff.disabled and staff.role in roles


def may_work_reports(staff: Staff) -> bool:
    """Tell whether this person triages reports and works cases."""
    return _is(staff, Role.OFFICER, Role.SUPERVISOR)


def may_open(staff: Staff, restriction: Restriction | None) -> bool:
    """Tell whether this person may see a record under `restriction` (None: unrestricted)."""
    if not may_work_reports(staff):
        return False
    return restriction is None or restriction in staff.grants


def may_oversee(staff: Staff) -> bool:
    """Tell whether this person hears that restricted records lie unseen: how many of a kind, no more."""
    return _is(staff, Role.SUPERVISOR, Role.ADMINISTRATOR)


def may_approve_campaigns(staff: Staff) -> bool:
    """Tell whether this person may let a campaign go out."""
    return _is(staff, Role.SUPERVISOR)


def may_keep_the_plan(staff: Staff) -> bool:
    """Tell whether this person answers for the plan's year: is told of it, and marks what is done."""
    return _is(staff, Role.SUPERVISOR)


def may_export_campaigns(staff: Staff) -> bool:
    """Tell whether this person may take away what became of each message of a campaign."""
    return _is(staff, Role.SUPERVISOR)


def may_manage_people(staff: Staff) -> bool:
    """Tell whether this person manages accounts, grants and reference data."""
    return _is(staff, Role.ADMINISTRATOR)


def may_read_audit(staff: Staff) -> bool:
    """Tell whether this person reads the audit trail."""
    return _is(staff, Role.DATA_PROTECTION_OFFICER)


def may_see_numbers(staff: Staff) -> bool:
    """Tell whether this person sees statistics: everybody but partners and the audit's reader."""
    return _is(staff, Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.ANALYST)


def check_password(text: str) -> None:
    """Refuse a weak password: length and variety count, not kinds of characters (NCSC advice).

    Refusals: `password.too_short`, `password.too_long`, `password.too_simple`.
    """
    if len(text) < PASSWORD_MIN_CHARACTERS:
        raise Refusal("password.too_short", minimum=PASSWORD_MIN_CHARACTERS)
    if len(text) > PASSWORD_MAX_CHARACTERS:
        raise Refusal("password.too_long", maximum=PASSWORD_MAX_CHARACTERS)
    if len(set(text)) < PASSWORD_MIN_DIFFERENT:
        raise Refusal("password.too_simple")
