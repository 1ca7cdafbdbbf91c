"""The one engine of every form: what an answer, a step back or a skip does to a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain import questions as engine
from store.domain.draft import Draft, unpacked
from store.domain.errors import Refusal
from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile
from tests.store.domain.small_profile import SMALL

PET = Question("pet", Kind.CHOICE, "p", (Option("dog", "d"), Option("cat", "c")))
DOG = Question("more.name", Kind.WORDS, "n", skippable=True, group="more.")
LEAD = Question("more.lead", Kind.WORDS, "l", skippable=True, group="more.")
STORY = Question("story", Kind.WORDS, "s", longest=20)
REVIEW = Question("review", Kind.REVIEW, "r")


def asked(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    own = [DOG, LEAD] if answers.get("pet") == "dog" else []
    return [PET, *own, STORY, REVIEW]


FORM = Form("pets", asked, {"pet": ("more.",)})


def draft(step: str = "pet", /, **answers: Any) -> Draft:
    return Draft("pets", step, 1, answers)


def test_an_answer_leads_to_the_first_question_that_is_open() -> None:
    settled = engine.settle(FORM, SMALL, draft(), "pet", "dog")
    assert (settled.step, settled.version) == ("more.name", 2)
    assert engine.settle(FORM, SMALL, draft(), "pet", "cat").step == "story"


def test_answers_that_hang_on_a_changed_one_fall() -> None:
    had = draft(pet="dog", story="x", **{"more.name": "Rex", "more.lead": None})
    changed = engine.settle(FORM, SMALL, had, "pet", "cat")
    assert changed.answers == {"pet": "cat", "story": "x"}
    assert changed.step == "review"


def test_the_same_answer_again_takes_nothing_out() -> None:
    had = draft(pet="dog", **{"more.name": "Rex"})
    assert engine.settle(FORM, SMALL, had, "pet", "dog").answers == had.answers


def test_back_goes_to_the_question_before_and_stays_at_the_first() -> None:
    assert engine.back(FORM, SMALL, draft("story", pet="cat")).step == "pet"
    assert engine.back(FORM, SMALL, draft("pet")).step == "pet"
    assert engine.back(FORM, SMALL, draft("gone", pet="cat")).step == "review"


def test_a_step_that_no_longer_applies_is_the_first_open_one() -> None:
    assert engine.current(FORM, SMALL, draft("more.name", pet="cat")).code == "story"
    assert engine.current(FORM, SMALL, draft("story", pet="cat")).code == "story"


def test_going_to_a_question_never_jumps_over_an_open_one() -> None:
    assert engine.go_to(FORM, SMALL, draft("story", pet="cat"), "review").step == "story"
    assert engine.go_to(FORM, SMALL, draft("review", pet="cat", story="x"), "pet").step == "pet"
    with pytest.raises(Refusal, match=r"form\.old_button"):
        engine.go_to(FORM, SMALL, draft("story", pet="cat"), "more.name")


def test_where_one_stands_when_the_wanted_step_is_gone_and_nothing_is_open() -> None:
    plain = Form("plain", lambda _profile, _answers: [PET])
    assert engine.standing(plain, SMALL, {"pet": "cat"}, "gone") == "pet"


def test_skipping_takes_an_answer_out_and_is_refused_where_one_is_needed() -> None:
    had = draft("more.name", pet="dog", **{"more.name": "Rex"})
    assert engine.skip(FORM, SMALL, had).answers["more.name"] is None
    with pytest.raises(Refusal, match=r"form\.cannot_skip"):
        engine.skip(FORM, SMALL, draft("pet"))


def test_a_group_is_skipped_as_one() -> None:
    skipped = engine.skip_group(FORM, SMALL, draft("more.name", pet="dog"))
    assert skipped.answers == {"pet": "dog", "more.name": None, "more.lead": None}
    assert skipped.step == "story"


def test_a_form_is_complete_when_nothing_is_open() -> None:
    plain = Form("plain", lambda _profile, _answers: [PET])
    assert engine.complete(plain, SMALL, draft(pet="cat"))
    assert not engine.complete(FORM, SMALL, draft(pet="cat", story="x"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "dog"),
        (" 2. ", "cat"),
        ("Cat", "cat"),
        ("d", "dog"),
        ("3", None),
        ("0", None),
        ("99999", None),
        ("cow", None),
        ("", None),
    ],
)
def test_typed_words_mean_an_option_by_number_by_label_or_by_its_start(text: str, code: str | None) -> None:
    assert engine.pick([("dog", "Dog"), ("cat", "Cat")], text) == code


def test_a_start_that_fits_two_options_means_neither() -> None:
    assert engine.pick([("a", "Not sure"), ("b", "Not now")], "not") is None
    assert engine.pick([("a", "Not"), ("b", "Not now")], "not") == "a"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2", ["cat"]),
        ("1 and 3", ["dog", "all"]),
        ("3, 1, 3.", ["all", "dog"]),
        ("2 i 1", ["cat", "dog"]),
        ("Cat, dog", ["cat", "dog"]),
        ("1 4", []),
        ("cat, cow", []),
        ("CT1 2AA", []),
        ("", []),
    ],
)
def test_typed_words_mean_several_options_or_none_of_them(text: str, codes: list[str]) -> None:
    assert engine.pick_several([("dog", "Dog"), ("cat", "Cat"), ("all", "Every pet")], text) == codes


PETS = Question("pets", Kind.TICKS, "p", (Option("all", "a", alone=True), *PET.options))
SEVERAL = Form("several", lambda _profile, _answers: [PETS, REVIEW])


def test_a_tick_is_set_and_taken_away_and_the_draft_moves_on_with_each() -> None:
    dog = engine.tick(draft("pets"), PETS, ["dog"])
    assert (dog.version, engine.ticked(dog, "pets")) == (2, ("dog",))
    assert engine.ticked(engine.tick(dog, PETS, ["cat", "cow", "dog"]), "pets") == ("cat",)
    assert engine.ticked(draft("pets"), "pets") == ()


def test_what_goes_with_no_other_takes_the_others_out_and_is_taken_out_by_them() -> None:
    both = engine.tick(draft("pets"), PETS, ["dog", "cat"])
    everything = engine.tick(both, PETS, ["all"])
    assert engine.ticked(everything, "pets") == ("all",)
    assert engine.ticked(engine.tick(everything, PETS, ["cat"]), "pets") == ("cat",)


def test_ticks_are_settled_in_the_order_of_the_options_and_stay_for_a_later_change() -> None:
    both = engine.tick(draft("pets"), PETS, ["cat", "dog"])
    settled = engine.settle(SEVERAL, SMALL, both, "pets", engine.all_ticked(both, PETS))
    assert (settled.answers["pets"], settled.step) == (["dog", "cat"], "review")
    assert engine.ticked(settled, "pets") == ("cat", "dog")


def test_nothing_ticked_is_no_answer() -> None:
    with pytest.raises(Refusal, match=r"form\.tick"):
        engine.all_ticked(draft("pets"), PETS)


@pytest.mark.parametrize("text", ["", "  ", "!?", "🤷", "\u202e\u200b"])
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"form\.no_words"):
        engine.check_words(STORY, text)


def test_what_is_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(Refusal) as refused:
        engine.check_words(STORY, "x" * 21)
    assert refused.value.values == {"length": 21, "longest": 20}
    assert engine.check_words(STORY, " fine\r\n") == "fine"


def test_controls_direction_marks_and_half_characters_are_taken_out() -> None:
    assert engine.clean("a\x00b\u202ec\ud800d\te") == "abcd\te"


def test_an_option_is_found_by_its_code() -> None:
    assert PET.option("cat") == Option("cat", "c")
    assert PET.option("cow") is None


@given(st.dictionaries(st.sampled_from(["pet", "story", "more.name"]), st.text(max_size=9) | st.none()))
def test_a_draft_survives_its_row(answers: dict[str, Any]) -> None:
    kept = Draft("pets", "story", 3, answers).from_message(7, "story").asking("stop")
    assert unpacked("pets", "story", 3, kept.packed()) == kept


def test_a_draft_without_an_answer_forgets_only_that() -> None:
    assert draft(pet="cat", story="x").without("story").answers == {"pet": "cat"}
