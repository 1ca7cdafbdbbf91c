from __future__ import annotations

import pytest

from bot.emulator.entities import parse_html
from bot.emulator.errors import ApiError
from bot.emulator.objects import detect_entities


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#x41;&#66; &nbsp;", 'a <b> & "c" AB &nbsp;', []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("👍 <b>x</b>", "👍 x", [("bold", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://e.org/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
        ("<a>x</a>", "x", []),
        ("<b></b>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<pre>a\nb</pre>", "a\nb", [("pre", 0, 3)]),
    ],
)
def test_marks_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found, marks = parse_html(source)
    assert found == text
    assert [(m["type"], m["offset"], m["length"]) for m in marks] == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("ż<foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", 'Unclosed start tag "b" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_marks_are_refused_as_the_real_server_does(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_the_address_of_a_link_is_decoded() -> None:
    assert parse_html('<a href="https://e.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://e.org/?a=1&b=2"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", 0, 6)]),
        ("see /help@some_bot", [("bot_command", 4, 14)]),
        ("and/or 1/2", []),
        ("https://e.org/a/b.", [("url", 0, 17)]),
        ("write ada@example.org", [("email", 6, 15)]),
        ("👍 @somebody", [("mention", 3, 9)]),
        ("#hash 1", [("hashtag", 0, 5)]),
    ],
)
def test_commands_links_and_tags_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(e["type"], e["offset"], e["length"]) for e in detect_entities(text)] == found
