"""Everything the program refuses has words for whoever may meet the refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handlers.chat.staff.refusals import SENTENCES as IN_STAFF_CHAT
from handlers.web.wording import SENTENCES as IN_CONSOLE
from tests.contracts.project import modules
from tests.contracts.wording import messages, refused_keys

AT_THE_DOOR = ("password.", "sign_in.", "page.")
ACCOUNTS = ("staff.",)
FOR_RESIDENTS = ("chat.", "files.", "form.", "message.", "place.", "question.", "report.", "start.")
"""A resident can meet a refusal of these; whether staff meet it in chat or not."""


def _raised(where: Callable[[Path], bool]) -> dict[str, str]:
    return refused_keys({path: tree for path, tree in modules().items() if where(path)})


def _in(*folders: str) -> Callable[[Path], bool]:
    return lambda path: str(path).startswith(folders)


def test_the_program_refuses_quite_a_lot() -> None:
    assert len(_raised(_in("store/", "handlers/"))) > 30
    assert "message.too_long" in _raised(_in("store/"))


def test_every_refusal_to_staff_has_words_in_chat() -> None:
    raised = _raised(_in("store/actions/", "store/queries/", "store/domain/", "handlers/chat/staff/"))
    needed = {
        key: place
        for key, place in raised.items()
        if key.startswith(("campaign.", "case.", "message.", "pattern.", "record.", "reference.", "report."))
        or key in {"staff.not_allowed", "staff.not_found"}
    }
    assert {key: place for key, place in needed.items() if key not in IN_STAFF_CHAT} == _only_residents(
        needed
    )


def test_every_refusal_to_staff_has_words_in_the_console() -> None:
    raised = _raised(_in("store/actions/", "store/queries/", "store/domain/", "handlers/web/"))
    mine = ("campaign.", "case.", "message.", "report.", *AT_THE_DOOR, *ACCOUNTS)
    needed = {key: place for key, place in raised.items() if key.startswith(mine)}
    assert {key: place for key, place in needed.items() if key not in IN_CONSOLE} == _only_residents(needed)


def test_every_refusal_to_residents_is_in_the_catalogue() -> None:
    raised = _raised(
        _in(
            "handlers/chat/resident/",
            "handlers/chat/f",
            "handlers/chat/h",
            "store/domain/questions",
            "store/",
        )
    )
    needed = {key: place for key, place in raised.items() if key.startswith(FOR_RESIDENTS)}
    staff_alone = {
        *("report.changed", "report.needs_reason", "report.taken_by_other"),
        *("report.not_closed", "report.reopen_needs_reason", "report.in_restricted_case"),
    }
    worded = messages("en")
    assert {key: place for key, place in needed.items() if key not in worded and key not in staff_alone} == {}


def _only_residents(needed: dict[str, str]) -> dict[str, str]:
    """Return those that only a resident's own deeds can meet."""
    return {key: place for key, place in needed.items() if key == "report.too_many"}
