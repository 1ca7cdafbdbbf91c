"""The whole: what is offered, which cards, and that no text at all can break it."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.understanding import READ_CHARACTERS, URGENCY, Understanding, packed
from store.domain.understanding.concepts import NONE
from store.domain.understanding.features import BUCKETS, buckets
from store.domain.understanding.linear import Linear
from store.domain.understanding.place_features import Known
from store.domain.understanding.place_words import PlaceWords
from store.domain.understood import NOTHING
from store.profile.understanding import load_understanding


def model(words: dict[str, str], **thresholds: float) -> Understanding:
    """Return a small model in which each word speaks for one label."""
    labels = sorted(set(words.values()))
    weights: dict[int, list[tuple[int, int]]] = {}
    for word, spoken_for in words.items():
        for bucket in buckets(word, NONE):
            weights.setdefault(bucket, []).append((labels.index(spoken_for), 100))
    starts, classes, values = array("I", [0]), bytearray(), array("b")
    for bucket in range(BUCKETS):
        for label, weight in weights.get(bucket, ()):
            classes.append(label)
            values.append(weight)
        starts.append(len(classes))
    head = {
        "labels": labels,
        "biases": [-1.0] * len(labels),
        "scales": [0.01] * len(labels),
        "moves": [[0, 0, 0]] * 3,
        "names": [],
        "spots": [],
        "thresholds": thresholds,
        "made_of": "words",
    }
    parts = {
        "starts": starts.tobytes(),
        "classes": bytes(classes),
        "weights": values.tobytes(),
        "rarity": bytes([10]) * BUCKETS,
        "states": b"[]",
        "concepts": b"",
    }
    return Understanding.from_bytes(packed(head, parts))


NONE_KNOWN = Known(frozenset(), frozenset())
SMALL = model(
    {
        "bassline": "noise.domestic",
        "mattress": "environment.flytipping",
        "agenda": "n.enquiry_meeting",
        "stabby": "!",
    },
    **{"!": 0.0, "n.": 0.0},
)


def test_the_likeliest_category_is_offered_first() -> None:
    assert SMALL.read("bassline bassline").categories[0] == "noise.domestic"
    assert SMALL.read("mattress").categories[0] == "environment.flytipping"


def test_a_message_that_is_no_report_is_known_and_no_category_of_it_is_offered() -> None:
    read = SMALL.read("agenda")
    assert read.intent == "n.enquiry_meeting"
    assert "n.enquiry_meeting" not in read.categories


def test_danger_anywhere_in_a_long_text_is_seen() -> None:
    story = "bassline " * (READ_CHARACTERS // 4) + " stabby stabby stabby stabby"
    assert "emergency" in SMALL.read(story).cards
    assert SMALL.read(story).intent is None


def test_an_answer_that_only_says_where_brings_no_card_of_the_models() -> None:
    chain = PlaceWords(
        {"k=street": (0.0, 9.0, 9.0)}, [(0.0, 0.0, -9.0), (0.0, 0.0, 1.0), (0.0, -2.0, 1.0)], NONE_KNOWN
    )
    only = replace(SMALL, place_words=chain, thresholds={"!": -9.0})
    assert only.read("street road lane beach").cards == ()
    assert only.read("loud things go on and on at street and on and on").cards == ("emergency",)


def test_nothing_said_means_nothing() -> None:
    assert SMALL.read("  \n ") == NOTHING


def test_the_most_urgent_card_comes_first() -> None:
    cards = load_understanding().read("my husband hits me and he has a knife at me now, i want to die").cards
    assert cards[0] == "emergency"
    assert list(cards) == sorted(cards, key=URGENCY.index)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("fly tipping again outside CT102AB it stinks", "CT102AB"),
        ("kids throwing stones at cars ct9 1ab every evening", "ct9 1ab"),
        ("loud music from flat B1 2nd floor", "flat B1 2nd floor"),
    ],
)
def test_a_postcode_says_where_if_nothing_else_does(said: str, place: str) -> None:
    assert load_understanding_once().read(said).place == place


@pytest.mark.parametrize("data", [b"", b"not zlib", packed({}, {})])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no model"):
        Understanding.from_bytes(data)


def test_a_text_without_words_has_the_scores_of_nothing() -> None:
    starts = array("I", [0] * (BUCKETS + 1))
    empty = Linear(("a",), [0.5], [1.0], starts, b"", array("b"), bytes(BUCKETS), NONE)
    assert empty.read("...") == {"a": 0.5}


def test_a_chain_of_one_word_is_a_place_too() -> None:
    chain = PlaceWords({"w=millmead": (0.0, 5.0, 0.0)}, [(0.0, 0.0, 0.0)] * 3, NONE_KNOWN)
    assert chain.find("millmead") == "millmead"


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.text(max_size=3_000))
def test_any_text_can_be_read(text: str) -> None:
    read = load_understanding_once().read(text)
    assert read.place is None or read.place in text
    assert read.when is None or read.when.words in text


_LOADED: list[Understanding] = []


def load_understanding_once() -> Understanding:
    if not _LOADED:
        _LOADED.append(load_understanding())
    return _LOADED[0]


def test_also_tells_of_questions_that_come_with_a_report() -> None:
    both = replace(SMALL, thresholds={"!": 9.0, "n.": 9.0})
    assert both.read("agenda").intent is None
    assert both.read("agenda").also == ("n.enquiry_meeting",)
