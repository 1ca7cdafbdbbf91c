"""The calendar of a partnership's campaigns: what its profile proposes to tell, and when it comes again."""

from __future__ import annotations

from dataclasses import dataclass, fields

from store.domain.campaign_rule import CampaignRule
from store.domain.subscription import Topic


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Words by language; who reads one without words of its own gets the English ones."""

    en: str
    pl: str | None = None
    ro: str | None = None
    cs: str | None = None
    sk: str | None = None
    uk: str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The same by the code of each language that has some."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {language: said for language, said in found.items() if said}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One recurring campaign that the profile proposes. `sure`: the days of its rule are certain.

    `note` says what is known of them, `plan` what of the community safety plan it serves. It goes out at
    `hour` o'clock (London) of its first day; what did not go out within `days` goes out no more.
    """

    code: str
    title: str
    topic: Topic
    rule: CampaignRule
    sure: bool
    note: str
    plan: str
    words: CalendarWords
    hour: int = 9
    days: int = 7

    @property
    def told(self) -> str:
        """What staff read of it beside its rule."""
        return f"{self.note} In the plan: {self.plan}."
