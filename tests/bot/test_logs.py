from __future__ import annotations

import json
import logging

from bot.logs import JsonLines


def line(**more: object) -> dict[str, object]:
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "It is %s.", ("late",), None)
    record.__dict__.update(more)
    parsed: dict[str, object] = json.loads(JsonLines().format(record))
    return parsed


def test_a_line_is_a_sentence_with_its_action_and_ids() -> None:
    found = line(action="turn.failed", inbox_id=7)
    assert found["message"] == "It is late."
    assert (found["level"], found["action"], found["inbox_id"]) == ("warning", "turn.failed", 7)


def test_a_line_tells_when_in_utc() -> None:
    assert str(line()["at"]).endswith("+00:00")


def test_what_went_wrong_is_told() -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        found = line(exc_info=(type(error), error, error.__traceback__))
    assert "ValueError: broken" in str(found["error"])
