from __future__ import annotations

import json
import logging

from bot.logs import JsonLines, set_up


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
        raise ValueError("broken")  # noqa: TRY301
    except ValueError as error:
        found = line(exc_info=(type(error), error, error.__traceback__))
    assert "ValueError: broken" in str(found["error"])


def test_a_token_is_never_told() -> None:
    token = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    try:
        raise ValueError(f"https://api.telegram.org/bot{token}/getMe and `{token}`")  # noqa: TRY301
    except ValueError as error:
        found = line(exc_info=(type(error), error, error.__traceback__), url=f"/bot{token}/x")
    assert token.split(":")[1] not in json.dumps({**found, "error": str(found["error"]).splitlines()[-1]})


def test_what_the_library_says_by_the_way_is_left_out() -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up()
        assert not logging.getLogger("telegram.ext").isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
