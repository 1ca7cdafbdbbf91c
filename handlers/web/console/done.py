"""What was just done, said on the page that follows: a key in the address, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlencode

from handlers.web.visit import Visit
from notifications.colleagues import not_told
from notifications.quiet_hours import for_staff
from store.domain.mention import Untold, named_in
from store.domain.message import MessageView
from store.queries import mentions

NOTED = "noted"
SENTENCES: Mapping[str, str] = {
    "agenda-added": "It is on the agenda.",
    "agenda-answered": "The answer is on the agenda. Those who asked or support the question are told.",
    "agenda-attached": "The agenda is attached.",
    "agenda-declined": "The question is not taken. Whoever asked is told why.",
    "agenda-listed": "The question is on the agenda. Whoever asked is told.",
    "agenda-merged": "The two are one question now. Whoever asked is told.",
    "agenda-moved": "The order is kept.",
    "agenda-offered": "Whoever asked is asked whether it should be a report.",
    "alert-answered": "The message is on its way.",
    "alert-done": "The alert has ended.",
    "calendar-taken-over": "The calendar is taken over. All of it are drafts: nobody hears of it yet.",
    "campaign-approved": "It is approved, and goes out at its time.",
    "campaign-cancelled": "It is cancelled. Nothing more of it goes out.",
    "campaign-changed": "The change is kept.",
    "campaign-days-confirmed": "The days are confirmed.",
    "campaign-file-attached": "It goes with the campaign.",
    "campaign-file-removed": "It is taken off.",
    "campaign-made": "The campaign is a draft. Nobody else hears of it yet.",
    "campaign-paused": "It is paused.",
    "campaign-resumed": "It goes on.",
    "campaign-retried": "What failed is tried again, for whoever still wants it.",
    "campaign-sent-back": "It is back with its author.",
    "campaign-submitted": "It waits for a supervisor to approve it.",
    "campaign-tested": "It is on its way to your own chat.",
    "case-assigned": "The case has a new officer.",
    "case-closed": "The case is closed. Those who reported it in chat are told; tell anybody else yourself.",
    "case-held": "The case is under a legal hold. Nothing of it is deleted.",
    "case-merged": "The cases are one. Everything is here now, and nobody was told.",
    "case-opened": "The case is open and yours.",
    "case-reclassified": "The correction is kept.",
    "case-restricted": "Who may open this case has changed.",
    "case-restricted-away": "The case is restricted, and is closed to you from now on: only people granted "
    "its kind open it. If it can not wait, ring the lead for it now.",
    "case-reopened": "The case is open again. Whoever was told that it was closed is told this too.",
    "case-split": "This is the new case. Nobody was told.",
    "case-taken": "This case is yours now.",
    "case-unmerged": "The merge is undone. What moved and was still there is back.",
    "cycle-done": "It is done for this year.",
    "cycle-reopened": "It is to be done again.",
    "document-removed": "The file is taken off and is deleted.",
    "entered": "The report is in, and waits for triage.",
    "entered-restricted": "The report is in. It is restricted: only people granted its kind hear of it. "
    "If it can not wait, ring the lead for it now.",
    "hold-lifted": "The legal hold is lifted.",
    "job-asked": "It begins within seconds. Load this page again to see what came of it.",
    "linked": "The cases are linked.",
    "marked": "The file is marked as evidence. Its original is kept.",
    "meeting-cancelled": "The meeting is cancelled.",
    "meeting-changed": "The change is kept.",
    "meeting-copied": "The drafts are made. Give each of them a venue, then publish it.",
    "meeting-made": "The meeting is a draft. Nobody else knows of it yet.",
    "meeting-nothing-new": "Nothing is new since it was shared.",
    "meeting-published": "The meeting is published.",
    "meeting-shared": "It is shared. People hear from the next minute on, outside their quiet hours.",
    "meeting-timed": "The time is kept.",
    "minutes-attached": "The minutes are attached.",
    NOTED: "The note is kept. Only staff see it.",
    "person-added": "The person is part of this case now.",
    "person-changed": "The change is kept.",
    "person-off": "The person is taken off this case.",
    "pattern-approved": "It is approved for all its times of a year, and goes out by itself.",
    "pattern-changed": "The change is kept. Drafts have changed with it.",
    "pattern-ended": "It has ended. Its drafts are cancelled.",
    "pattern-file-attached": "It goes with each of its times. Drafts have changed with it.",
    "pattern-file-removed": "It is taken off. Drafts have changed with that.",
    "pattern-made": "It comes again from now on. Nobody hears of it before somebody else approves it.",
    "pattern-paused": "It is paused. What was made of it stays.",
    "pattern-resumed": "It goes on from today.",
    "priorities-kept": "The priorities are kept.",
    "priorities-not-shared": "The priorities are kept. What is new of them is not shared yet.",
    "quarantined": "The file is in quarantine. Its copy is deleted and nobody can look at it.",
    "question-sent": "The question is on its way. The answer will show here.",
    "rejected": "The report is closed. A reporter with a chat is told; tell anybody else yourself.",
    "released": "The report is back in the queue.",
    "replied": "The reply is on its way.",
    "report-assigned": "The report is with them now.",
    "report-added": "The report is part of this case now.",
    "report-restricted": "Who may open this report has changed.",
    "report-restricted-away": "The report is restricted, and is closed to you from now on: only people "
    "granted its kind open it. If it can not wait, ring the lead for it now.",
    "report-moved": "The report is part of this case now. Nobody was told.",
    "report-reopened": "The report is back in the queue. A reporter who was told that it was closed is told "
    "this too.",
    "review-set": "The review date is kept.",
    "series-changed": "This meeting and all later ones are changed.",
    "series-ended": "The series has ended before this meeting.",
    "series-made": "The series is made, as drafts. This is its first meeting.",
    "series-published": "All meetings of the series are published, and later ones as they are made.",
    "signed-out-elsewhere": "Every other browser is signed out.",
    "signposted": "The report is closed. A reporter with a chat is told where to turn; tell others yourself.",
    "state-changed": "The case has moved.",
    "tagged": "The tag is on.",
    "task-again": "The task is to be done again.",
    "task-done": "The task is done.",
    "task-set": "The task is set.",
    "turnout-kept": "Who came is written down.",
    "untagged": "The tag is off.",
    "unlinked": "The cases are no longer linked.",
    "urgent-approved": "It goes out now.",
    "urgent-cancelled": "It is cancelled. Whoever has not got it yet will not.",
    "urgent-changed": "The change is kept. It has to be agreed to anew.",
    "urgent-made": "The alert is a draft. Look at it, then ask a second person.",
    "urgent-retried": "What failed is tried again, for whoever still wants it.",
    "urgent-sent-back": "It is back with its author.",
    "urgent-submitted": "It waits for a second person. Supervisors are told in chat now.",
    "urgent-tested": "It is on its way to your own chat.",
    "view-changed": "The view has changed.",
    "view-deleted": "The view is gone.",
    "view-renamed": "The view has its new name.",
    "view-saved": "The view is saved.",
    "taken": "This report is yours to decide.",
}


TELLS_A_REPORTER = frozenset(
    {
        "case-closed",
        "case-reopened",
        "question-sent",
        "rejected",
        "report-reopened",
        "replied",
        "signposted",
    }
)
_TELLS_WHOEVER_ASKED = frozenset(
    {"agenda-answered", "agenda-declined", "agenda-listed", "agenda-merged", "agenda-offered"}
)
LATER = "later"
"""In the address, where somebody hears of it and it waits for the morning."""


def done_of(visit: Visit) -> str | None:
    """Return what to say, if the address says that something was done."""
    done = visit.asked("done")
    said = SENTENCES.get(done)
    if said and (done in _TELLS_WHOEVER_ASKED or visit.asked(LATER)):
        return said + for_staff(visit.store.clock.now())
    if said and done == NOTED:
        return said + not_told(Untold(*(named_in(visit.asked(name)) for name in _IN_VAIN)))
    return said


async def noted(visit: Visit, path: str, note: MessageView) -> tuple[str, str]:
    """Return where to look after a note, and what to say: also whom it names in vain."""
    untold = await visit.store.read(mentions.untold, visit.staff, note)
    names = {name: " ".join(f"@{one}" for one in getattr(untold, name)) for name in _IN_VAIN}
    in_vain = urlencode({name: those for name, those in names.items() if those})
    return f"{path}?{in_vain}" if in_vain else path, NOTED


_IN_VAIN = tuple(field.name for field in fields(Untold))
