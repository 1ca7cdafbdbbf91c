"""The templates, and what they may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from handlers.web import labels
from handlers.web.csrf import FIELD
from handlers.web.static_files import StaticFiles
from handlers.web.targets import told
from store.domain import case, meeting, meeting_change, meeting_document, report, restriction, staff
from store.domain.clock import Clock
from store.domain.reference import Profile
from store.domain.subscription_form import place_names, places_named
from store.domain.target import rules_of
from store.domain.working_days import london_date

TEMPLATES = Path(__file__).parent / "templates"


class _Compiled(BytecodeCache):
    """Compiled templates, kept by name and source: several applications of a process share them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def environment(static: StaticFiles, profile: Callable[[], Profile], clock: Clock) -> Environment:
    """Return the templates: everything is escaped, an unknown name is an error."""
    env = Environment(
        autoescape=True,
        bytecode_cache=_COMPILED,
        keep_trailing_newline=True,
        loader=FileSystemLoader(TEMPLATES),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    env.filters.update(
        age=lambda at: labels.age(at, clock.now()),
        area=lambda code: labels.area(profile(), code),
        places=lambda codes: place_names(profile(), codes),
        places_known=lambda codes: [name for _, name in places_named(profile(), codes)],
        category=lambda code: labels.category(profile(), code),
        day=labels.day,
        file_kind=labels.FILE_KINDS.__getitem__,
        file_size=labels.file_size,
        language=lambda code: labels.LANGUAGES.get(code, code),
        plain_day=labels.plain_day,
        short_day=labels.short_day,
        role=labels.ROLES.__getitem__,
        took=labels.took,
        ward=lambda code: labels.ward(profile(), code),
        when=labels.when,
        **_named(),
    )
    env.globals.update(
        clock_now=clock.now,
        district=lambda: profile().district,
        facts_of=lambda shown: labels.facts(profile(), shown),
        target_of=lambda record: told(record, rules_of(profile()), clock.now()),
        static=static.url,
        today=lambda: london_date(clock.now()),
        token_field=FIELD,
        **_rules(),
    )
    return env


def _rules() -> dict[str, Callable[..., object]]:
    """Return what pages ask before they offer something; the store asks again."""
    return {
        "colleagues_for": lambda people, kind: [one for one in people if staff.may_open(one, kind)],
        "kinds_for": restriction.kinds_for,
        "may_operate": staff.may_manage_people,
        "may_count": staff.may_see_numbers,
        "may_work": staff.may_work_reports,
    }


def _named() -> dict[str, Callable[..., str]]:
    return {
        "alert_kind": labels.ALERTS.__getitem__,
        "case_state": case.STATE_LABELS.__getitem__,
        "meeting_kind": meeting.KIND_LABELS.__getitem__,
        "meeting_state": meeting.STATE_LABELS.__getitem__,
        "paper_kind": meeting_document.KIND_LABELS.__getitem__,
        "meeting_when": meeting_change.when,
        "outcome": case.OUTCOME_LABELS.__getitem__,
        "reason": report.REASON_LABELS.__getitem__,
        "report_state": report.STATE_LABELS.__getitem__,
        "restriction": labels.RESTRICTIONS.__getitem__,
        "where": labels.WHERE.__getitem__,
    }
