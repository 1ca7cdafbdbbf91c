"""Response templates of a profile: they may be left out, and what is wrong with one is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.domain.case import Outcome
from store.domain.reference import LANGUAGES
from store.domain.response_template import Purpose
from store.profile.load import load
from store.profile.spot import ProfileError
from tests.contracts.reading_ease import grade
from tests.store.profile.small import said, write_profile

TEMPLATE = f"""
[[templates]]
code = "soon"
name = "Soon"
purpose = "reply"
categories = ["street"]
outcomes = ["resolved"]
text = {said("Soon, {officer}")}
"""


def test_a_profile_may_have_templates(tmp_path: Path) -> None:
    assert load(write_profile(tmp_path)).templates == ()
    (tmp_path / "templates.toml").write_text(TEMPLATE, "utf-8")
    (found,) = load(tmp_path).templates
    assert (found.code, found.purpose, found.categories) == ("soon", Purpose.REPLY, ("street",))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (TEMPLATE.replace('"street"', '"sheep"'), "there is no category or group 'sheep'"),
        (TEMPLATE.replace('"resolved"', '"eaten"'), "there is no outcome 'eaten'"),
        (TEMPLATE.replace("{officer}", "{age}"), "{age} is nothing that can be filled"),
        (TEMPLATE * 2, "'soon' is used twice"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(tmp_path: Path, wrong: str, message: str) -> None:
    write_profile(tmp_path)
    (tmp_path / "templates.toml").write_text(wrong, "utf-8")
    with pytest.raises(ProfileError, match=re.escape(message)):
        load(tmp_path)


def test_thanets_templates_speak_plainly_and_in_every_language() -> None:
    templates = load("thanet").templates
    assert {template.purpose for template in templates} == set(Purpose)
    for template in templates:
        assert set(template.text) == set(LANGUAGES), template.code
        assert grade(template.text["en"]) <= 6, template.code


def test_thanet_has_words_for_every_end_of_a_case() -> None:
    closing = [template for template in load("thanet").templates if template.purpose is Purpose.CLOSURE]
    said = [outcome for template in closing for outcome in template.outcomes]
    assert sorted(said) == sorted(outcome.value for outcome in Outcome)
