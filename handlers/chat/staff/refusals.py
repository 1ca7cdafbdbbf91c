"""What staff are told in chat when the store refuses: keys and values become English sentences."""

from __future__ import annotations

from collections.abc import Mapping

from notifications import refusals
from notifications.buttons import Button, StaffTap
from notifications.pieces import shortened
from store.domain.errors import Refusal
from store.domain.language import LANGUAGE_NAMES

TOAST_MAX_CHARACTERS = 200
"""Longest text of an answer to a tap (Bot API, answerCallbackQuery)."""
_HERE: Mapping[str, str] = {
    "campaign_file.not_fetched": "The messenger did not give it to me. Send it again.",
    "campaign_file.wrong_kind": "Send me a picture (JPEG or PNG) or a PDF.",
    "campaign_file.needs_file": "There is nothing in that file. Send another.",
    "case.changed": "{who} changed this case meanwhile. Open it again, then decide.",
    "meeting.bad_rule": "It can never come like that. Look at the days, months and weekdays again.",
    "pattern.no_days": "No more of its days are known. Make one in the console, for days that you say.",
    "pattern.rule_unreadable": "I cannot read when that is.",
    "pattern.time_unreadable": "I cannot read which time of the day that is.",
    "record.changed": "{who} changed this meanwhile. Open it again, then decide.",
    "record.not_found": "There is nothing with that reference, or it is not open to you.",
    "reference.unknown": "We cannot find that reference. References look like K7M-4XQ-9PC.",
    "report.changed": "{who} changed this report meanwhile. Open it again, then decide.",
    "report.closed": "This report is closed.",
    "staff.not_allowed": "Your account is not for this.",
    "staff.not_found": "This account is closed.",
}
SENTENCES: Mapping[str, str] = {**refusals.SENTENCES, **_HERE}


def sentence(refusal: Refusal) -> str:
    """Return the sentence for a refusal, its values filled in; a plain one for an unknown key."""
    values = {"maximum": "", "into": refusals.ANOTHER_CASE, **refusal.values}
    if "language" in values:
        values["language"] = LANGUAGE_NAMES.get(str(values["language"]), values["language"])
    values["who"] = values.get("who") or refusals.SOMEBODY
    return SENTENCES.get(refusal.key, refusals.OTHERWISE).format_map(values)


def ways_on(refusal: Refusal) -> list[list[Button]]:
    """Return the button that leads to where it can be done, if that is known."""
    into = refusal.values.get("into")
    return [[(f"Open {into}", StaffTap("case", str(into)))]] if into else []


def toast(refusal: Refusal) -> str:
    """Return the sentence as short as an answer to a tap must be."""
    return shortened(sentence(refusal), TOAST_MAX_CHARACTERS)
