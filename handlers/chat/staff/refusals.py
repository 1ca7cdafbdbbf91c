"""What staff are told in chat when the store refuses: keys and values become English sentences."""

from __future__ import annotations

from collections.abc import Mapping

from notifications.buttons import Button, StaffTap
from notifications.pieces import shortened
from store.domain.errors import Refusal

TOAST_MAX_CHARACTERS = 200
"""Longest text of an answer to a tap (Bot API, answerCallbackQuery)."""
OTHERWISE = "That cannot be done just now."
SENTENCES: Mapping[str, str] = {
    "record.no_chat": "This person has no chat with us, so nothing can be sent. Phone them, and note it.",
    "case.already_closed": "This case is closed already.",
    "case.cannot_move": "A case cannot go there from where it is now.",
    "case.changed": "{who} changed this case meanwhile. Open it again, then decide.",
    "case.close_needs_outcome": "Choose how the case ended.",
    "case.close_needs_words": "Write what the people who reported it should be told.",
    "case.choose_reports": "Choose the reports that become a case of their own.",
    "case.kinds_differ": "These cases are restricted in two ways, so they cannot become one.",
    "case.merge_itself": "A case cannot go into itself.",
    "case.merged": "Case {reference} was merged into {into}, so it is not worked any more.",
    "case.must_be_restricted": "Such cases are restricted: first restrict this one, or ask who may.",
    "case.needs_reason": "Write why.",
    "case.not_granted": "You were not granted this kind of restricted record.",
    "case.not_its_report": "The report {reference} is not in this case.",
    "case.not_merged": "This case did not go into another one.",
    "case.one_must_stay": "At least one report must stay. Merge the cases to move them all.",
    "case.other_closed": "The other case is closed.",
    "case.other_not_found": "There is no such other case, or it is not open to you.",
    "case.supervisor_only": "Only a supervisor may do this.",
    "case.unknown_code": "{what}: choose one of the list.",
    "case.no_chats": "Nobody who reported this case has a chat with us. Phone them, and note it.",
    "case.not_closed": "This case is not closed.",
    "case.not_found": "There is no such case, or it is not open to you.",
    "case.reopen_needs_reason": "Write why the case is opened again.",
    "case.same": "That is this very case.",
    "case.taken_by_other": "{who} works on this case.",
    "message.needs_text": "Write something first.",
    "message.too_long": "That is too long: at most {maximum} characters fit into one message.",
    "record.changed": "{who} changed this meanwhile. Open it again, then decide.",
    "record.not_found": "There is nothing with that reference, or it is not open to you.",
    "reference.unknown": "We cannot find that reference. References look like K7M-4XQ-9PC.",
    "report.already_decided": "This report has been decided already.",
    "report.changed": "{who} changed this report meanwhile. Open it again, then decide.",
    "report.closed": "This report is closed.",
    "report.needs_reason": "Choose a reason.",
    "report.not_found": "There is no such report, or it is not open to you.",
    "report.taken_by_other": "{who} has taken this report.",
    "staff.not_allowed": "Your account is not for this.",
    "staff.not_found": "This account is closed.",
}


def sentence(refusal: Refusal) -> str:
    """Return the sentence for a refusal, its values filled in; a plain one for an unknown key."""
    values = {"who": "Somebody", "maximum": "", "into": "another case", **refusal.values}
    values["who"] = values["who"] or "Somebody"
    return SENTENCES.get(refusal.key, OTHERWISE).format_map(values)


def ways_on(refusal: Refusal) -> list[list[Button]]:
    """Return the button that leads to where it can be done, if that is known."""
    into = refusal.values.get("into")
    return [[(f"Open {into}", StaffTap("case", str(into)))]] if into else []


def toast(refusal: Refusal) -> str:
    """Return the sentence as short as an answer to a tap must be."""
    return shortened(sentence(refusal), TOAST_MAX_CHARACTERS)
