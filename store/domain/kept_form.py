"""A message that seems to be no report: kept while the person is led on, in case it was one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile

REPORT_IT, SAY_MORE, NOTHING_MORE = "report", "more", "enough"
CRISIS = "crisis"
"""The intent of somebody in despair: after the crisis card they choose what they want, if anything."""
STAFF_THREAT, UNSUBSCRIBE, ENQUIRY = "n.staff_threat", "n.unsubscribe", "n.enquiry_meeting"
_MINE = Option("mine", "start.my_reports")
_CONTACTS = Option("contacts", "lead.contacts")
LEADS: Mapping[str, tuple[Option, ...]] = MappingProxyType(
    {
        ENQUIRY: (Option("meetings", "lead.meetings"),),
        "n.enquiry_case": (_MINE,),
        "n.enquiry_other": (_CONTACTS,),
        "n.case_review": (_MINE,),
        "n.dsar": (Option("privacy", "start.privacy"),),
        UNSUBSCRIBE: (Option("quiet", "quiet.button"),),
        STAFF_THREAT: (),
        "n.other_service": (_CONTACTS,),
        "n.chitchat": (),
        CRISIS: (Option(SAY_MORE, "lead.say_more"), Option(NOTHING_MORE, "lead.nothing_more")),
    }
)
"""Where each kind of message that is no report is led: what is offered besides reporting it."""


def _questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    intent = answers["intent"]
    prompt = f"lead.{intent.removeprefix('n.')}"
    options = (*LEADS[intent], Option(REPORT_IT, "lead.report_it"))
    values = {"email": profile.district.email, "council": profile.district.council}
    return [Question("lead", Kind.CHOICE, prompt, options, values=values)]


KEPT = Form("kept", _questions)
"""Set when it opens: `intent`, `parts` (the messages by their numbers), `at` (seconds since 1970)."""
