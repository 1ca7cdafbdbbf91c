"""Words that staff send again and again, in every language, with places to be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Text = Mapping[str, str]
PLACEHOLDERS = ("reference", "category", "officer", "partnership", "place")
REFERENCE = "{reference}"
"""Stands in words for several people until each gets their own."""
_PLACE = re.compile(r"\{(\w+)\}")


class Purpose(StrEnum):
    """What a template is for: the form into which it goes."""

    QUESTION = "question"
    REPLY = "reply"
    SIGNPOSTING = "signposting"
    REJECTION = "rejection"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class ResponseTemplate:
    """Words for one purpose; for some categories (or groups) and outcomes, or for all where none is named.

    `text` may hold `{reference}`, `{category}`, `{officer}`, `{partnership}`, `{place}`.
    """

    code: str
    name: str
    purpose: Purpose
    text: Text
    categories: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


def unknown_placeholders(text: str) -> set[str]:
    """Return what stands between braces and is no place to be filled."""
    return set(_PLACE.findall(text)) - set(PLACEHOLDERS)


def filled(template: ResponseTemplate, language: str, values: Mapping[str, str]) -> str:
    """Return the words in a language (else in English), filled in; what is not known is left out."""
    said = template.text.get(language) or template.text["en"]
    return _PLACE.sub(lambda found: values.get(found[1], ""), said)


def addressed(text: str, reference: str) -> str:
    """Return words that go to several people as one of them reads them, with their own reference."""
    return text.replace(REFERENCE, reference)


def fitting(
    templates: tuple[ResponseTemplate, ...], purpose: Purpose, category: str
) -> tuple[ResponseTemplate, ...]:
    """Return the templates for a form about a record of this category, those made for it first."""
    group = category.partition(".")[0]

    def made_for(template: ResponseTemplate) -> bool:
        return bool({category, group} & set(template.categories))

    found = [t for t in templates if t.purpose is purpose and (not t.categories or made_for(t))]
    return tuple(sorted(found, key=lambda template: not made_for(template)))
