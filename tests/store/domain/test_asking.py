from __future__ import annotations

import pytest

from store.domain.asking import asks

QUESTIONS = (
    "How long will this take",
    "who sees this",
    "and who will read it?",
    "is this private",
    "Can I stay anonymous",
    "do i have to give my name",
    "what happens next",
    "when will someone come",
    "where is it kept?",
    "and somebody will come tonight then?",
    "czy to jest anonimowe",
    "Kto to czyta?",
    "kiedy ktoś przyjdzie?",
    "cine vede asta",
    "cât durează?",
    "de ce mă întrebați",
    "proč se ptáte",
    "kdy někdo přijde?",
    "kto to uvidí",
    "чи це анонімно",
    "коли хтось прийде?",
)
ANSWERS = (
    "",
    "?",
    "who?",
    "Northdown Road?",
    "blue ford i think?",
    "where the old pub used to be",
    "when i got home from work",
    "is by the park",
    "what used to be Woolworths",
    "last night",
    "they come back every friday",
    "Kamila Nowak",
    "gdzieś koło parku",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_one_in_six_languages(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_none(text: str) -> None:
    assert not asks(text)
