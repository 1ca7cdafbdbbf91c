"""Start, help, privacy, language, stop: what is there before and beside every form."""

from __future__ import annotations

from handlers.chat import forms, safety
from handlers.chat.resident import quiet
from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap
from notifications.stop_row import NEWS
from notifications.wording import say
from store.actions import resident
from store.domain.reference import LANGUAGES


def start(turn: Turn) -> None:
    """Greet, say what this is and what it is not, and offer the ways on."""
    turn.resident  # noqa: B018 - met now
    turn.say("start.hello", ways_on(turn), partnership=turn.reference.profile.district.partnership)


def ways_on(turn: Turn) -> list[list[Button]]:
    """Return the keyboard of everything a resident can start here."""
    return [
        [(turn.words("start.report"), OwnTap("report"))],
        [(turn.words("start.my_reports"), OwnTap("mine"))],
        [(turn.words("start.meetings"), OwnTap("meetings"))],
        [(turn.words("start.subscribe"), OwnTap(NEWS))],
        [
            (turn.words("start.contacts"), OwnTap("contacts")),
            (turn.words("start.projects"), OwnTap("projects")),
        ],
        [
            (turn.words("start.language"), OwnTap("languages")),
            (turn.words("start.privacy"), OwnTap("privacy")),
        ],
    ]


def what_now(turn: Turn) -> None:
    """Say what can be done here to somebody who said nothing that could be kept."""
    turn.tell("\n\n".join([turn.words("chat.what_now"), *safety.footer(turn)]), ways_on(turn))


def help_(turn: Turn) -> None:
    """Say what can be done here."""
    turn.say("help.text", ways_on(turn))


def privacy(turn: Turn) -> None:
    """Say who holds what, why, for how long, and whom to ask."""
    district = turn.reference.profile.district
    turn.say(
        "privacy.text",
        quiet.buttons(turn),
        partnership=district.partnership,
        council=district.council,
        email=district.email,
    )


def languages(turn: Turn) -> None:
    """Offer the languages, each by its own name."""
    rows = [[(say(code, "language.name"), OwnTap("language", code))] for code in LANGUAGES]
    turn.say("language.ask", rows)


def language(turn: Turn, code: str) -> None:
    """Speak another language from now on; an open form goes on in it."""
    if code not in LANGUAGES:
        return
    person = turn.resident
    if person.language != code:
        turn.known = resident.set_language(turn.session, person, code)
    elif not person.language_asked:
        turn.known = resident.mark_language_asked(turn.session, person)
    turn.show(turn.words("language.changed"))
    forms.ask(turn, fresh=True)


def offer_language(turn: Turn) -> None:
    """Offer, once, to go on in the language somebody wrote; not under a card that stands alone."""
    wrote, in_private = turn.wrote, turn.chat_id == turn.user_id
    if wrote is None or wrote == turn.language or turn.held or turn.staff or not in_private:
        return
    if turn.resident.language_asked:
        return
    turn.known = resident.mark_language_asked(turn.session, turn.resident)
    name = say(wrote, "language.name")
    keep = say(turn.language, "language.name")
    offers = (say(wrote, "language.offer"), turn.words("language.offer_other", language=name))
    turn.tell("\n\n".join(offers), [[(name, OwnTap("language", wrote))], [(keep, OwnTap("language_kept"))]])


def keep_language(turn: Turn) -> None:
    """Go on in the language we speak, as somebody wishes who was offered another one."""
    turn.show(turn.words("language.kept"))


def cancel(turn: Turn) -> None:
    """Stop whatever form is open."""
    forms.cancel(turn)


def unknown_command(turn: Turn) -> None:
    """Say that there is no such command."""
    turn.say("chat.unknown_command")
    forms.ask(turn)
