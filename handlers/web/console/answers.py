"""A report's answers as rows of a summary list, in the order in which they were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.web import labels
from store.domain.reference import AnswerKind, Category, ExtraQuestion, Profile
from store.domain.report import ReportView
from store.domain.triage import ReportPage

NOT_ANSWERED = "Not answered"
YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class Row:
    """One question and its answer. `language` marks words that are not English."""

    label: str
    text: str
    language: str | None = None


def answers_of(page: ReportPage, profile: Profile) -> list[Row]:
    """Return every answer of a report."""
    report = page.report
    return [
        Row("Category", labels.category(profile, report.category)),
        Row("What happened", report.text, _foreign(report)),
        *_place(report, profile),
        *_times(report),
        *_extra(report, profile),
        Row("Anybody in danger", "Yes, they said so" if report.danger else "No"),
        *_shown(report),
        *_person(page),
        *_kinds(report, profile),
    ]


def _foreign(report: ReportView) -> str | None:
    return None if report.language == "en" else report.language


def _place(report: ReportView, profile: Profile) -> Iterator[Row]:
    place = report.place
    yield Row("Where", place.words or NOT_ANSWERED, _foreign(report) if place.words else None)
    if place.lat is not None and place.lon is not None:
        yield Row("Point", f"{place.lat:.5f}, {place.lon:.5f}")
    if place.ward or place.area:
        names = (labels.ward(profile, place.ward), labels.area(profile, place.area))
        yield Row("Ward and area", ", ".join(filter(None, names)))
    if place.outside:
        yield Row("Outside the district", f"Yes: {place.neighbour or 'which council is not known'}")


def _times(report: ReportView) -> Iterator[Row]:
    known = labels.OCCURRED.get(report.occurred)
    own = None if known or not report.occurred else _foreign(report)
    yield Row("When", known or report.occurred or NOT_ANSWERED, own)
    yield Row("Still going on", labels.STILL_GOING.get(report.still_going or "", NOT_ANSWERED))
    yield Row("How often", labels.HOW_OFTEN.get(report.how_often or "", NOT_ANSWERED))


def _extra(report: ReportView, profile: Profile) -> Iterator[Row]:
    asked = {question.code: question for question in _questions(profile, report.category)}
    for code, answer in report.extra.items():
        question = asked.get(code)
        label = question.text["en"] if question else code
        own = _foreign(report) if question and question.kind is AnswerKind.TEXT else None
        yield Row(label, _answer(question, answer), own)


def _questions(profile: Profile, code: str) -> tuple[ExtraQuestion, ...]:
    found: Category | None = next((c for c in profile.categories if c.code == code), None)
    return found.questions if found else ()


def _answer(question: ExtraQuestion | None, answer: str) -> str:
    if question is None or question.kind is AnswerKind.TEXT:
        return answer
    chosen = {choice.code: choice.label["en"] for choice in question.choices}
    return (YES_NO | chosen).get(answer, answer)


def _shown(report: ReportView) -> Iterator[Row]:
    """Say which safety cards the person was shown."""
    cards = [f"{code.replace('_', ' ')} (version {version})" for code, version in report.safety_shown.items()]
    if cards:
        yield Row("Safety cards shown", ", ".join(cards))


def _person(page: ReportPage) -> Iterator[Row]:
    report = page.report
    yield Row("Reporter", page.reporter_name or labels.IDENTITIES[report.identity])
    if page.reporter_name:
        yield Row("Identity", labels.IDENTITIES[report.identity])
    if page.contact:
        yield Row("Contact", page.contact)
    yield Row("Language", labels.LANGUAGES.get(report.language, report.language))
    yield Row("Reported by", labels.SOURCES[report.source])


def _kinds(report: ReportView, profile: Profile) -> Iterator[Row]:
    yield Row("Record type", labels.record_type(profile, report.record_type))
    yield Row("Home Office type", labels.HOME_OFFICE_TYPES[report.home_office_type])
