"""How soon a person should look: a suggestion. The decision is a named person's, and logged."""

from __future__ import annotations

from collections.abc import Mapping

from store.domain.reference import Category, Priority


def suggest_priority(category: Category, extra: Mapping[str, str], danger: bool) -> Priority:  # noqa: FBT001
    """Return the priority to suggest for a report.

    Danger is always P1. Else the most urgent of the category's rules that match the answers in
    `extra` (a rule may lower as well as raise); else the category's own.
    """
    if danger:
        return Priority.P1
    matching = (rule.priority for rule in category.priority_rules if extra.get(rule.question) == rule.answer)
    return min(matching, default=category.priority)
