"""What staff are told for a refusal, in chat and in the console alike: keys and their English sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "case.already_closed": "This case is closed already.",
        "case.cannot_move": "A case cannot go there from where it is now.",
        "case.choose_reports": "Choose the reports that become a case of their own.",
        "case.close_needs_outcome": "Choose how the case ended.",
        "case.close_needs_words": "Write what the people who reported it should be told.",
        "case.kinds_differ": "These cases are restricted in two ways, so they cannot become one.",
        "case.merge_itself": "A case cannot go into itself.",
        "case.merged": "Case {reference} was merged into {into}, so it is not worked any more.",
        "case.must_be_restricted": "Such cases are restricted: first restrict this one, or ask who may.",
        "case.no_chats": "Nobody who reported this case has a chat with us. Phone them, and note it.",
        "case.not_closed": "This case is not closed.",
        "case.not_found": "There is no such case, or it is not open to you.",
        "case.not_its_report": "The report {reference} is not in this case.",
        "case.not_merged": "This case did not go into another one.",
        "case.one_must_stay": "At least one report must stay. Merge the cases to move them all.",
        "case.other_closed": "The other case is closed.",
        "case.other_not_found": "There is no such other case, or it is not open to you.",
        "case.reopen_needs_reason": "Write why the case is opened again.",
        "case.same": "That is this very case.",
        "case.supervisor_only": "Only a supervisor may do this.",
        "case.taken_by_other": "{who} works on this case.",
        "case.unknown_code": "{what}: choose one of the list.",
        "message.needs_text": "Write something first.",
        "message.too_long": "That is too long: at most {maximum} characters fit into one message.",
        "record.needs_reason": "Write why.",
        "record.no_chat": "This person has no chat with us, so nothing can be sent. Phone them, and note it.",
        "record.not_granted": "You were not granted this kind of restricted record.",
        "report.already_decided": "This report has been decided already.",
        "report.in_restricted_case": (
            "This report is in a restricted case, so it opens to no more people than the case. First "
            "split it off, or lift the restriction of the case."
        ),
        "report.needs_reason": "Choose a reason.",
        "report.not_closed": "This report was not closed by staff.",
        "report.not_found": "There is no such report, or it is not open to you.",
        "report.reopen_needs_reason": "Write why the report is opened again.",
        "report.taken_by_other": "{who} has taken this report.",
    }
)
OTHERWISE = "That cannot be done just now."
SOMEBODY = "Somebody"
ANOTHER_CASE = "another case"
"""What stands for a name that nobody gave, and for a case that this person may not know of."""
