"""What the console says for a refusal: a key and its values become an English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.web.labels import when
from store.domain.errors import Refusal

SENTENCES: Mapping[str, str] = {
    "alert.do_not_contact": "This person must not be written to first.",
    "alert.not_found": "There is no such alert, or it is not open to you.",
    "bulk.choose_officer": "Choose whom to give them to.",
    "bulk.choose_records": "Tick at least one in the list first.",
    "bulk.too_many": "Tick at most {maximum} at once.",
    "case.already_closed": "This case is closed already.",
    "case.changed": "{who} changed this case ({when}) while you had it open. Look again, then decide.",
    "case.choose_reporter": "Choose to whom it goes.",
    "case.choose_one": "Choose a case, or type its reference.",
    "case.choose_state": "Choose where the case goes.",
    "case.close_needs_outcome": "Choose how the case ended.",
    "case.close_needs_words": "Write what the people who reported it should be told.",
    "case.no_chats": "Nobody who reported this case has a chat with us. Phone them, and note it.",
    "case.not_found": "There is no such case, or it is not open to you.",
    "case.cannot_move": "A case cannot go there from where it is now.",
    "case.choose_other": "Type the reference of the other case. It looks like K7M-4XQ-9PC.",
    "case.choose_restriction": "Choose who may open it.",
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
    "case.not_closed": "This case is not closed.",
    "case.reopen_needs_reason": "Write why the case is opened again.",
    "case.same": "That is this very case.",
    "case.taken_by_other": "{who} works on this case.",
    "assignment.choose_officer": "Choose who works it from now on.",
    "assignment.not_open_to_them": "{who} may not open this record.",
    "day.unreadable": "Give the day as a date, for example 2026-12-24.",
    "entry.choose_one": "Choose one of the answers on offer.",
    "entry.needs_category": "Choose what it is about.",
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
    "message.needs_text": "Write something first.",
    "message.too_long": "That is too long: at most {maximum} characters fit into one message.",
    "page.not_yours": "Your account is not for this page. If it should be, ask an administrator.",
    "page.unknown": "There is nothing at this address. Check what you typed, or start from the first page.",
    "password.too_long": "A password has at most {maximum} characters.",
    "password.too_short": "A password has at least {minimum} characters. Three random words are good.",
    "password.too_simple": "That password repeats the same few characters.",
    "person.needs_name": "Write a name, or how they are known.",
    "person.needs_role": "Choose what the person is to this case.",
    "person.not_found": "There is no such person in this case.",
    "person.too_long": "That is too long: at most {maximum} characters.",
    "record.no_chat": "This person has no chat with us, so nothing can be sent. Phone them, and note it.",
    "record.changed": "{who} changed this ({when}) while you had it open. Look again, then decide.",
    "report.already_decided": "This report has been decided already.",
    "report.closed": "This report is closed, so nothing can be asked about it. You can still reply.",
    "report.changed": "{who} changed this report ({when}) while you had it open. Look again, then decide.",
    "report.needs_reason": "Choose a reason.",
    "report.not_found": "There is no such report, or it is not open to you.",
    "report.taken_by_other": "{who} has taken this report.",
    "sign_in.busy": "Too many people are signing in at once. Try again in a moment.",
    "sign_in.expired": "That took too long, or the link was used before. Start again.",
    "sign_in.too_many": "Too many sign-ins failed from where you are. Try again in fifteen minutes.",
    "task.needs_text": "Write what is to be done.",
    "task.not_found": "There is no such task in this case.",
    "task.too_long": "That is too long: at most {maximum} characters.",
    "staff.not_allowed": "Your account is not for this page. If it should be, ask an administrator.",
    "staff.link_unknown": "That code is wrong, used up or too old.",
    "staff.may_not_open": "{who} may not open this record, so it cannot be given to them.",
    "staff.name_missing": "Give the person's name, at most 200 characters.",
    "staff.not_found": "There is no such account.",
    "staff.username_taken": "There is an account with this username already.",
    "staff.username_wrong": "A username has at most 64 characters and no blanks.",
    "tag.needs_words": "Type the tag.",
    "tag.too_long": "A tag has at most {maximum} characters.",
    "view.name_too_long": "A name has at most {maximum} characters.",
    "view.needs_name": "Give the view a name.",
    "view.not_found": "There is no such view of yours.",
    "view.too_many": "You have {maximum} views. Delete one first.",
    "sign_in.wrong": "That did not match. After five tries an account is locked for fifteen minutes.",
    "sign_in.wrong_code": "That code did not match, or was used before. Wait for the next one and type it.",
}
OTHERWISE = "That cannot be done just now."
SOMEBODY = "Somebody"
ANOTHER_CASE = "another case"


def sentence(refusal: Refusal) -> str:
    """Return the sentence for a refusal, its values filled in; a plain one for an unknown key."""
    values = dict(refusal.values)
    values["who"] = values.get("who") or SOMEBODY
    values.setdefault("into", ANOTHER_CASE)
    if values.get("when"):
        values["when"] = when(datetime.fromisoformat(str(values["when"])))
    return SENTENCES.get(refusal.key, OTHERWISE).format_map(values)
