from __future__ import annotations

import re
from pathlib import Path

import store
from handlers.web.console.done import SENTENCES as DONE
from handlers.web.console.report_deeds import ROUTES
from handlers.web.wording import SENTENCES, sentence
from notifications.refusals import OTHERWISE
from store.domain.errors import Changed, Refusal

_RAISED = re.compile(
    r'(?:Refusal|NotFound|NotAllowed|Changed)\(\s*"((?:case|message|password|staff)\.[a-z_]+)"'
)
_STORE = Path(store.__file__ or "").parent


def test_every_refusal_that_staff_can_meet_has_a_sentence() -> None:
    sources = [path.read_text() for path in _STORE.rglob("*.py")]
    raised = {key for source in sources for key in _RAISED.findall(source)}
    assert len(raised) > 10
    assert raised - set(SENTENCES) == set()


def test_values_are_filled_in_and_an_unknown_key_still_says_something() -> None:
    when = "2026-11-23T21:41:00+00:00"
    said = sentence(Changed("case.changed", who="Dan", when=when))
    assert said.startswith("Dan changed this case (23 November 2026, 9:41pm)")
    assert sentence(Changed("case.changed", who="", when=when)).startswith("Somebody changed")
    assert sentence(Refusal("nobody.knows")) == OTHERWISE


def test_what_was_done_is_said_for_every_deed() -> None:
    assert len(ROUTES) == 12
    assert all(text.endswith(".") for text in DONE.values())
