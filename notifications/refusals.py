"""What staff are told for a refusal, in chat and in the console alike: keys and their English sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "campaign.bad_category": "Choose a kind of problem from the list, or any problem.",
        "campaign.bad_days": "A campaign is good for at most {most} days.",
        "campaign.bad_link": "A link begins with https://",
        "campaign.bad_placeholder": "{{{name}}} stands for nothing. You can write these: {known}.",
        "campaign.bad_spread": "A campaign is spread over at most {most} hours.",
        "campaign.bad_topic": "Choose what people subscribed to.",
        "campaign.cannot_move": "That cannot be done with a campaign that is: {state}.",
        "campaign.comes_again": "It is one time of a recurring campaign already.",
        "campaign.date_unconfirmed": "Its days are a proposal. Confirm them first.",
        "campaign.days_unreadable": "I cannot read which days. Write “12 May” or “12 to 20 May 2027”.",
        "campaign.in_past": "Its time is past. Choose one to come.",
        "campaign.needs_report_button": "“Report this” is not ticked. Tick it, or choose any problem.",
        "campaign.needs_text": "Write what it says in English.",
        "campaign.needs_title": "Give the campaign a name.",
        "campaign.no_chat": "Your account is not linked to a chat, so nothing can be sent to you.",
        "campaign.no_days": "This campaign does not come again, so it has no days to confirm.",
        "campaign.none_failed": "Nothing of it failed.",
        "campaign.not_found": "There is no such campaign.",
        "campaign.own": "You wrote it. Somebody else approves it.",
        "campaign.spread_too_long": "Its days end before all of it is out: choose fewer hours, or more days.",
        "campaign.supervisor_only": "Only a supervisor may do this.",
        "campaign.too_late": "It is too late: it is not good any more.",
        "campaign.time_unreadable": (
            "I cannot read when that is. Write a day and a time, like “Friday 9am” or “5 December 14:30”."
        ),
        "campaign.too_long": "That is too long: at most {maximum} characters.",
        "campaign.unreadable": "What is kept of it cannot be read. It can only be cancelled.",
        "campaign_file.broken_picture": "That picture cannot be opened. Choose another.",
        "campaign_file.caption_too_long": (
            "With a picture or document a text can have at most {maximum} characters. "
            "The one in {language} has {long}."
        ),
        "campaign_file.needs_seen": "Say what the picture shows, for people who cannot see it.",
        "campaign_file.not_kept": "The file could not be kept just now. Try again in a minute.",
        "campaign_file.too_large": "That file is too large: it can have at most {limit} MB.",
        "campaign_file.too_narrow": "That picture is too long and narrow. Choose another.",
        "campaign_file.too_slow": "That took too long, so the file was not kept. Send it again.",
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
        "meeting.bad_number": "Give a whole number from {least} to {most}.",
        "message.needs_text": "Write something first.",
        "message.too_long": "That is too long: at most {maximum} characters fit into one message.",
        "pattern.bad_hour": (
            "Not between one and two at night: that hour is missing in March, twice in October."
        ),
        "pattern.bad_rule": "It can never come like that. Look at the days, months and weekdays again.",
        "pattern.cannot_move": "That cannot be done with a recurring campaign that is: {state}.",
        "pattern.days_past": "These days are over.",
        "pattern.days_reversed": "The last day is before the first.",
        "pattern.each_time": (
            "Each of its times is approved by itself: only what comes by days, weeks or months, "
            "on certain days, is approved for all of them."
        ),
        "pattern.not_found": "There is no such recurring campaign.",
        "pattern.unreadable": "What is kept of it cannot be read. It can only be ended.",
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
