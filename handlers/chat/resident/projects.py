"""The projects of the community safety plan: a list, and one to read."""

from __future__ import annotations

from handlers.chat.keyboards import stacked
from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap, read
from store.domain.reference import words


def start(turn: Turn) -> None:
    """Offer the projects as buttons."""
    profile = turn.reference.profile
    if not profile.projects:
        turn.show(turn.words("projects.none"))
        return
    buttons: list[Button] = [(project.name, OwnTap("project", project.code)) for project in profile.projects]
    turn.show(turn.words("projects.title", partnership=profile.district.partnership), stacked(buttons))


def tapped(turn: Turn) -> None:
    """Hear a tap on one project, or on the way back; one that has gone leads back too."""
    tap = read((turn.query and turn.query.data) or "")
    code = tap.subject if isinstance(tap, OwnTap) else ""
    project = next((one for one in turn.reference.profile.projects if one.code == code), None)
    if project is None:
        start(turn)
        return
    text = f"{project.name}\n\n{words(project.summary, turn.language)}"
    turn.show(text, [[(turn.words("form.back"), OwnTap("projects"))]])
