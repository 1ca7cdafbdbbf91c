from __future__ import annotations

from store.domain.response_template import Purpose, ResponseTemplate, filled, fitting, unknown_placeholders

PLAIN = ResponseTemplate(
    "plain", "Plain", Purpose.REPLY, {"en": "Hello {officer}: {reference}", "pl": "Witam {officer}"}
)
NOISE = ResponseTemplate("noise", "Noise", Purpose.REPLY, {"en": "Noise"}, categories=("noise",))
PARKED = ResponseTemplate(
    "parked", "Parked", Purpose.REPLY, {"en": "Parked"}, categories=("vehicle.parking",)
)
ASK = ResponseTemplate("ask", "Ask", Purpose.QUESTION, {"en": "When?"})
ALL = (PLAIN, NOISE, PARKED, ASK)


def test_words_are_filled_in_the_readers_language_else_in_english() -> None:
    values = {"officer": "Cleo", "reference": "K7M"}
    assert filled(PLAIN, "pl", values) == "Witam Cleo"
    assert filled(PLAIN, "ro", values) == "Hello Cleo: K7M"
    assert filled(PLAIN, "en", {}) == "Hello : "


def test_what_was_made_for_the_category_or_its_group_comes_first() -> None:
    assert fitting(ALL, Purpose.REPLY, "noise.domestic") == (NOISE, PLAIN)
    assert fitting(ALL, Purpose.REPLY, "vehicle.parking") == (PARKED, PLAIN)
    assert fitting(ALL, Purpose.QUESTION, "street.begging") == (ASK,)


def test_what_cannot_be_filled_is_known() -> None:
    assert unknown_placeholders("{reference} {age} {officer}") == {"age"}
