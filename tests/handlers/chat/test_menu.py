from __future__ import annotations

import pytest

from handlers.chat import menu
from store.domain.staff import Role, Staff


def names(params: dict) -> list[str]:
    return [command["command"] for command in params["commands"]]


def test_a_stranger_is_offered_no_staff_command() -> None:
    params = menu.resident_menu("en")
    ours = ["report", "myreports", "meetings", "subscribe", "contacts", "projects", "language", "privacy"]
    assert names(params) == [*ours, "clear", "cancel", "help"]
    assert params["scope"] == {"type": "all_private_chats"}


@pytest.mark.parametrize(
    ("role", "own"),
    [
        (
            Role.OFFICER,
            [
                "queue",
                "mine",
                "find",
                "open",
                "take",
                "note",
                "reply",
                "close",
                "campaign",
                "campaigns",
                "signin",
            ],
        ),
        (Role.ANALYST, ["signin"]),
    ],
)
def test_staff_are_offered_what_their_role_may_do_first(role: Role, own: list[str]) -> None:
    params = menu.staff_menu(5, Staff("x", "Ann", role, 5))
    assert names(params)[: len(own)] == own
    assert names(params)[len(own) :] == list(menu.RESIDENT)
    assert params["scope"] == {"type": "chat", "chat_id": 5}


def test_at_start_every_language_and_every_linked_member_of_staff_gets_a_menu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(menu, "say", lambda language, key: f"{language} {key}")
    people = [
        Staff("a", "Ann", Role.OFFICER, 5),
        Staff("b", "Ben", Role.OFFICER),
        Staff("c", "Cas", Role.OFFICER, 7, disabled=True),
    ]
    made = menu.commands_for(people)
    assert [one.get("language_code") for one in made[:-1]] == [None, "pl", "ro", "cs", "sk", "uk"]
    assert made[1]["commands"][0]["description"] == "pl command.report"
    assert made[-1]["scope"]["chat_id"] == 5
