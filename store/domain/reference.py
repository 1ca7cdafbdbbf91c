"""Reference data: what a partnership configures, as frozen types.

A profile file seeds these once; from then on they live in versioned rows and only rows are read.
Words that residents read carry their languages inside (`Text`); the English entry is always there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from store.domain.campaign_calendar import CalendarEntry
from store.domain.contact import Contact
from store.domain.cycle import CycleTask
from store.domain.response_template import ResponseTemplate
from store.domain.school import SchoolYear

Text = Mapping[str, str]
MACHINE_DRAFTED = "machine_drafted"
"""Code of the safety text that says: no speaker has checked this translation."""
LANGUAGES = ("en", "pl", "ro", "cs", "sk", "uk")


def words(text: Text, language: str) -> str:
    """Return the words in `language`, or in English where that language has none."""
    return text.get(language) or text["en"]


class HomeOfficeType(StrEnum):
    """Who is affected (NSIR 2011): a default per category, decided by staff per incident."""

    PERSONAL = "personal"
    NUISANCE = "nuisance"
    ENVIRONMENTAL = "environmental"


class Priority(StrEnum):
    """How soon a person should look: P1 first."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Restriction(StrEnum):
    """Why a record opens only to people granted this kind by name."""

    SAFEGUARDING = "safeguarding"
    HATE = "hate"
    INTELLIGENCE = "intelligence"
    STAFF_THREAT = "staff_threat"


class AnswerKind(StrEnum):
    """How an extra question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered to a question."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class ExtraQuestion:
    """A question that one category asks beyond the common ones; always skippable."""

    code: str
    kind: AnswerKind
    text: Text
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """Raise or lower the suggested priority when an extra question has this answer."""

    question: str
    answer: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class CardRule:
    """Show this safety card when an extra question has this answer."""

    question: str
    answer: str
    card: str


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """First screen of the form."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Category:
    """What a resident can report; `code` is `group.name`."""

    code: str
    group: str
    label: Text
    lead: str
    partners: tuple[str, ...]
    home_office_type: HomeOfficeType
    priority: Priority
    record_type: str
    survey_issue: str | None = None
    asks_pictures: bool = True
    restriction: Restriction | None = None
    advice: Text | None = None
    anonymous_note: Text | None = None
    questions: tuple[ExtraQuestion, ...] = ()
    priority_rules: tuple[PriorityRule, ...] = ()
    card_rules: tuple[CardRule, ...] = ()

    def cards_for(self, extra: Mapping[str, object]) -> tuple[str, ...]:
        """Return the safety cards that these answers to extra questions call for, each once."""
        cards = (rule.card for rule in self.card_rules if extra.get(rule.question) == rule.answer)
        return tuple(dict.fromkeys(cards))


@dataclass(frozen=True, slots=True)
class RecordType:
    """The plan's "type of complaint"; `reportable` ones can come from a resident."""

    code: str
    label: str
    restriction: Restriction | None = None
    staff_only: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency that works cases with the partnership."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the community safety plan."""

    code: str
    name: str
    summary: Text


@dataclass(frozen=True, slots=True)
class Area:
    """One of the engagement areas; not a ward."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Ward:
    """An electoral ward as it stood between two dates. Degrees WGS84; box is (W, S, E, N).

    `outline` is empty until one is imported; its rings hold (latitude, longitude), see
    `store.domain.outline`.
    """

    code: str
    name: str
    area: str
    lat: float
    lon: float
    box: tuple[float, float, float, float]
    valid_from: date
    valid_to: date | None = None
    outline: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A named place or landmark; one without coordinates is known by name only.

    `near` names a place with a point that it lies by. With neither, it may be anywhere, as a clock tower.
    """

    name: str
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbouring council, for places outside the district: of points the nearest centre wins.

    A point more than `reach_km` from the centre is not its own. `outward` are the postcode
    districts (`CT1`) and `towns` the places that it looks after; `common_word_towns` those whose
    names are words of everyday English too.
    """

    name: str
    lat: float
    lon: float
    reach_km: float = 30.0
    outward: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    common_word_towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Service level of one priority, in working days."""

    priority: Priority
    first_contact_days: int
    update_days: int


@dataclass(frozen=True, slots=True)
class SafetyText:
    """A reviewed safety card. `confirmed` lists languages that a speaker has checked."""

    code: str
    version: int
    text: Text
    confirmed: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class District:
    """The partnership itself and the outline of what it covers (box W, S, E, N).

    Duty hours are o'clock; `reminder_hours` are before a start; nobody gets more than `campaigns_a_week`.
    """

    code: str
    name: str
    partnership: str
    council: str
    email: str
    box: tuple[float, float, float, float]
    outside_km: float
    attribution: str
    duty_from: int = 9
    duty_to: int = 17
    reminder_hours: tuple[int, ...] = (168, 24, 2)
    meetings_per_area: int = 4
    campaigns_a_week: int = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """All reference data of one partnership."""

    district: District
    groups: tuple[CategoryGroup, ...]
    categories: tuple[Category, ...]
    record_types: tuple[RecordType, ...]
    partners: tuple[Partner, ...]
    contacts: tuple[Contact, ...]
    projects: tuple[Project, ...]
    areas: tuple[Area, ...]
    wards: tuple[Ward, ...]
    places: tuple[Place, ...]
    neighbours: tuple[Neighbour, ...]
    targets: tuple[Target, ...]
    safety_texts: tuple[SafetyText, ...]
    bank_holidays: tuple[date, ...]
    templates: tuple[ResponseTemplate, ...] = ()
    cycle: tuple[CycleTask, ...] = ()
    postcodes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    school_years: tuple[SchoolYear, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()

    def category(self, code: str) -> Category:
        """Return the category with this code; `KeyError` when there is none."""
        return {category.code: category for category in self.categories}[code]

    def in_group(self, group: str) -> tuple[Category, ...]:
        """Return the categories of one group, in their order."""
        return tuple(c for c in self.categories if c.group == group)

    def safety(self, code: str) -> SafetyText:
        """Return the safety card with this code; `KeyError` when there is none."""
        return {text.code: text for text in self.safety_texts}[code]
