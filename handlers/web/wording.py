"""What the console says for a refusal: a key and its values become an English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.web.labels import LANGUAGES, when
from notifications import refusals
from store.domain.errors import Refusal

_HERE: Mapping[str, str] = {
    "alert.do_not_contact": "This person must not be written to first.",
    "alert.not_found": "There is no such alert, or it is not open to you.",
    "assignment.choose_officer": "Choose who works it from now on.",
    "assignment.not_open_to_them": "{who} may not open this record.",
    "bulk.choose_officer": "Choose whom to give them to.",
    "bulk.choose_records": "Tick at least one in the list first.",
    "bulk.too_many": "Tick at most {maximum} at once.",
    "case.changed": "{who} changed this case ({when}) while you had it open. Look again, then decide.",
    "case.choose_one": "Choose a case, or type its reference.",
    "case.choose_other": "Type the reference of the other case. It looks like K7M-4XQ-9PC.",
    "case.choose_reporter": "Choose to whom it goes.",
    "case.choose_state": "Choose where the case goes.",
    "agenda.cannot_move": "That cannot be done with a question that is: {state}.",
    "agenda.choose_other": "Choose another question that is on the agenda.",
    "agenda.no_asker": "Nobody sent this question, so nobody can be asked.",
    "agenda.no_words": "Write something first.",
    "agenda.not_found": "There is no such question for this meeting.",
    "agenda.not_listed": "Put the question on the agenda first.",
    "agenda.too_long": "That is too long: at most {longest} characters.",
    "campaign_file.lost": "The file is not where it should be. This was noted: ask an administrator.",
    "campaign_file.needs_file": "Choose a picture or a PDF that is not empty.",
    "campaign_file.not_found": "There is no such file.",
    "campaign_file.wrong_kind": "Choose a picture (JPEG or PNG) or a PDF.",
    "day.unreadable": "Give the day as a date, for example 2026-12-24.",
    "entry.choose_one": "Choose one of the answers on offer.",
    "entry.needs_category": "Choose what it is about.",
    "entry.needs_danger": "Ask whether anybody is in danger now, and choose the answer.",
    "entry.needs_identity": "Choose who may know who told us.",
    "entry.needs_source": "Choose how they told us.",
    "entry.needs_words": "Write what happened.",
    "entry.too_long": "That is too long: at most {maximum} characters.",
    "evidence.lost": "The file is not where it should be. This was noted: ask an administrator.",
    "evidence.needs_reason": "Write why.",
    "evidence.not_found": "There is no such file, or it is not open to you.",
    "evidence.not_kept": "This file is not kept, so there is nothing to open.",
    "evidence.quarantined": "This file is in quarantine: nobody can look at it.",
    "evidence.sealed": "The original of a picture is sealed. Look at its copy instead.",
    "finding.bad_value": "The filter “{field}” cannot be “{value}”. Choose another, or take it away.",
    "form.foreign": "This form did not come from one of our own pages, so nothing was done.",
    "form.stale": "The page was open too long, so nothing was done. Go back, load it again, send it.",
    "cycle.not_found": "There is no such task of the plan, or it has not come round yet.",
    "job.not_found": "There is nothing of that name in the timetable.",
    "meeting.bad_capacity": "A meeting has places for at least one person.",
    "meeting.bad_link": "A joining link begins with https://",
    "meeting.bad_rule": "A series cannot come back like that. Choose something else.",
    "meeting.cancelled": "This meeting is cancelled, so it cannot be changed.",
    "meeting.cannot_move": "That cannot be done with this meeting as it is now.",
    "meeting.choose_area": "Choose an area.",
    "meeting.choose_kind": "Choose how people take part.",
    "meeting.choose_repeat": "Choose how often it comes back.",
    "meeting.in_past": "That time is past. Choose one to come.",
    "meeting.look_at_dates": "These are the dates. Look at them, then send it again.",
    "meeting.needs_length": "A meeting lasts from a minute to 24 hours.",
    "meeting.needs_owner": "Say who does it, for each priority.",
    "meeting.needs_priority": "Write what was chosen, for each priority.",
    "meeting.needs_reason": "Write why it does not take place.",
    "meeting.needs_title": "Give the meeting a title.",
    "meeting.needs_venue": "Say where it takes place: the name of the venue.",
    "meeting.no_priorities": "Write down what the meeting chose first: there is nothing to share.",
    "meeting.not_begun": "What came of a meeting is shared once it is published and has begun.",
    "meeting.no_dates": "There is no date to come like that. Choose another first date, or another end.",
    "meeting.no_series": "This meeting is in no series.",
    "meeting.not_found": "There is no such meeting.",
    "meeting.over": "It is too late for that: the meeting has begun, or is over.",
    "meeting.publish_when": "Choose a time to come, before the meeting starts.",
    "meeting.rest_starts_before": "The first date cannot be before the day of this meeting.",
    "meeting.time_unreadable": "Give the time as hours and minutes, for example 18:30.",
    "meeting.too_long": "That is too long: at most {maximum} characters.",
    "meeting.too_many_priorities": "A meeting has at most {maximum} priorities.",
    "meeting_document.agenda_too_late": "The meeting has begun, so its agenda stays as it is. "
    "You can take it off, or attach the minutes.",
    "meeting_document.choose_kind": "Choose whether it is the agenda or the minutes.",
    "meeting_document.lost": "The file is not where it should be. This was noted: ask an administrator.",
    "meeting_document.minutes_too_early": "Minutes can be attached once the meeting has begun.",
    "meeting_document.needs_file": "Choose a file that is not empty.",
    "meeting_document.not_found": "There is no such file.",
    "meeting_document.not_kept": "The file could not be kept just now. Try again in a minute.",
    "meeting_document.too_large": "That file is too large: it can have at most {limit} MB.",
    "meeting_document.too_slow": "That took too long, so the file was not kept. Send it again.",
    "meeting_document.wrong_kind": "Choose a PDF, Word (DOCX), OpenDocument (ODT) or plain text (UTF-8) "
    "file, without macros, whose name ends as its kind does.",
    "page.not_yours": "Your account is not for this page. If it should be, ask an administrator.",
    "page.unknown": "There is nothing at this address. Check what you typed, or start from the first page.",
    "password.too_long": "A password has at most {maximum} characters.",
    "password.too_short": "A password has at least {minimum} characters. Three random words are good.",
    "password.too_simple": "That password repeats the same few characters.",
    "person.needs_name": "Write a name, or how they are known.",
    "person.needs_role": "Choose what the person is to this case.",
    "pattern.no_days": "No more of its days are known. Say which days you mean.",
    "person.not_found": "There is no such person in this case.",
    "person.too_long": "That is too long: at most {maximum} characters.",
    "record.choose_restriction": "Choose who may open it.",
    "record.changed": "{who} changed this ({when}) while you had it open. Look again, then decide.",
    "report.changed": "{who} changed this report ({when}) while you had it open. Look again, then decide.",
    "report.closed": "This report is closed, so nothing can be asked about it. You can still reply.",
    "sign_in.busy": "Too many people are signing in at once. Try again in a moment.",
    "sign_in.expired": "That took too long, or the link was used before. Start again.",
    "sign_in.too_many": "Too many sign-ins failed from where you are. Try again in fifteen minutes.",
    "sign_in.wrong": "That did not match. After five tries an account is locked for fifteen minutes.",
    "sign_in.wrong_code": "That code did not match, or was used before. Wait for the next one and type it.",
    "staff.link_unknown": "That code is wrong, used up or too old.",
    "staff.may_not_open": "{who} may not open this record, so it cannot be given to them.",
    "staff.name_missing": "Give the person's name, at most 200 characters.",
    "staff.not_allowed": "Your account is not for this page. If it should be, ask an administrator.",
    "staff.not_found": "There is no such account.",
    "staff.username_taken": "There is an account with this username already.",
    "staff.username_wrong": "A username has at most 64 characters and no blanks.",
    "tag.needs_words": "Type the tag.",
    "tag.too_long": "A tag has at most {maximum} characters.",
    "task.needs_text": "Write what is to be done.",
    "task.not_found": "There is no such task in this case.",
    "task.too_long": "That is too long: at most {maximum} characters.",
    "turnout.not_held": "Who came can be written down of a published meeting, once it has begun.",
    "urgent.all_clear_given": (
        "The all clear of this alert was given, so no news can follow. If there is danger again, "
        "write a new alert."
    ),
    "urgent.bad_hours": "An urgent alert is good for 1 to {most} hours.",
    "urgent.bad_metres": "Give the distance in metres, from {least} to {most}.",
    "urgent.needs_kind": "Choose what it is about.",
    "urgent.needs_place": "Tick wards or areas, or choose everybody.",
    "urgent.not_gone": "Nobody has got this alert, so nothing can follow it.",
    "urgent.overtaken": "A later alert has taken its place, so it is not tried again.",
    "urgent.unknown_place": "We do not know where that is. Give a postcode, a place, or two numbers.",
    "view.name_too_long": "A name has at most {maximum} characters.",
    "view.needs_name": "Give the view a name.",
    "view.not_found": "There is no such view of yours.",
    "view.too_many": "You have {maximum} views. Delete one first.",
}
SENTENCES: Mapping[str, str] = {**refusals.SENTENCES, **_HERE}


def sentence(refusal: Refusal) -> str:
    """Return the sentence for a refusal, its values filled in; a plain one for an unknown key."""
    values = dict(refusal.values)
    values["who"] = values.get("who") or refusals.SOMEBODY
    values.setdefault("into", refusals.ANOTHER_CASE)
    if "language" in values:
        values["language"] = LANGUAGES.get(str(values["language"]), values["language"])
    if values.get("when"):
        values["when"] = when(datetime.fromisoformat(str(values["when"])))
    return SENTENCES.get(refusal.key, refusals.OTHERWISE).format_map(values)
