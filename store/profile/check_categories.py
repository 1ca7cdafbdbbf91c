"""Checks of categories: what they name exists, and their questions and rules fit together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from store.domain.reference import (
    AnswerKind,
    CardRule,
    Category,
    CategoryGroup,
    ExtraQuestion,
    PriorityRule,
    Text,
)
from store.profile.check import known, unique
from store.profile.spot import Found, Spot

# Labels are buttons: a longer one is cut off on a phone.
LABEL_CHARACTERS = 40
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Names:
    """The codes that a category may use."""

    groups: Collection[str]
    partners: Collection[str]
    record_types: Collection[str]
    cards: Collection[str]


def check_groups(groups: Sequence[Found[CategoryGroup]]) -> set[str]:
    """Return the codes of the groups after checking that their labels fit a button."""
    for group in groups:
        _fits(group.value.label, group.spot.into("label"))
    return unique(groups)


def check_categories(categories: Sequence[Found[Category]], names: Names) -> None:
    """Check each category against the codes that the rest of the profile defines."""
    unique(categories)
    for entry in categories:
        category, spot = entry.value, entry.spot
        _fits(category.label, spot.into("label"))
        known(category.group, names.groups, "group", spot.into("group"))
        known(category.lead, names.partners, "partner", spot.into("lead"))
        for partner in category.partners:
            known(partner, names.partners, "partner", spot.into("partners"))
        known(category.record_type, names.record_types, "reportable record type", spot.into("record_type"))
        _check_questions(category.questions, spot)
        for rule in category.priority_rules:
            _check_rule(rule, category.questions, spot.into("priority_rules"))
        for card_rule in category.card_rules:
            _check_rule(card_rule, category.questions, spot.into("card_rules"))
            known(card_rule.card, names.cards, "safety text", spot.into("card_rules"))


def _fits(label: Text, at: Spot) -> None:
    for language, said in label.items():
        if len(said) > LABEL_CHARACTERS:
            raise at.into(language).error(f"has {len(said)} characters; a button holds {LABEL_CHARACTERS}")


def _check_questions(questions: Sequence[ExtraQuestion], spot: Spot) -> None:
    codes: set[str] = set()
    for question in questions:
        at = spot.into("questions").into(question.code)
        if question.code in codes:
            raise at.error("is used twice")
        codes.add(question.code)
        _check_choices(question, at.into("choices"))


def _check_choices(question: ExtraQuestion, at: Spot) -> None:
    if question.kind is not AnswerKind.CHOICE and question.choices:
        raise at.error(f"does not belong to a {question.kind} question")
    if question.kind is AnswerKind.CHOICE and not question.choices:
        raise at.error("is missing: a choice question needs answers to choose from")
    codes = [choice.code for choice in question.choices]
    if len(set(codes)) < len(codes):
        raise at.error("has a code twice")
    for choice in question.choices:
        _fits(choice.label, at.into(choice.code))


def _check_rule(rule: PriorityRule | CardRule, questions: Sequence[ExtraQuestion], at: Spot) -> None:
    asked = {question.code: question for question in questions}
    known(rule.question, asked, "question", at)
    question = asked[rule.question]
    offered = tuple(choice.code for choice in question.choices)
    answers = YES_NO if question.kind is AnswerKind.YES_NO else offered
    known(rule.answer, answers, f"answer to {rule.question!r} called", at)
