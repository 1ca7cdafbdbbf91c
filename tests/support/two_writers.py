"""Two at one desk: each form that the console has for changing something, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from store.actions import (
    alert,
    case,
    case_link,
    case_merge,
    case_person,
    evidence_desk,
    hold,
    message,
    saved_view,
    task,
    triage,
)
from store.actions import bulk as actions
from store.domain.alert import AlertKind
from store.domain.bulk import Pick
from store.domain.case import Outcome
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.finding import Kind
from store.domain.report import ClosedReason
from store.domain.resident import Resident
from store.domain.staff import By
from tests.support.case_file import a_case, another_report
from tests.support.console import Visitor
from tests.support.evidence_factory import kept_file
from tests.support.papers import Upload
from tests.support.triage_factory import Town

REPORT, CASE = "/console/reports/{reference}", "/console/cases/{reference}"
FILE, ALERT, VIEW = "/console/evidence/{id}", "/console/alerts/{id}", "/console/views/{id}"
BEA = PersonFacts(PersonRole.WITNESS, "Bea", "01843 000000")


@dataclass(frozen=True)
class Scene:
    """A form of a page, what is typed into it, and what happens before it is sent.

    `shown_on`: the page beneath that the form is on, where it has one of its own.
    """

    page: str
    typed: dict[str, Any]
    meanwhile: Callable[[], Awaitable[object]]
    told: str
    holding: dict[str, Any] = field(default_factory=dict)
    shown_on: str = ""
    file: bytes = b""

    def chosen(self) -> dict[str, Any]:
        """Return the file that is chosen; no page holds that again."""
        return {"file": Upload(self.file)} if self.file else {}


@dataclass
class Desk:
    """Cleo at her browser, and Dan who is quicker."""

    town: Town
    browser: Visitor
    cleo: By
    dan: By

    async def of_report(self, **typed: str) -> Scene:
        ada = await self.town.resident()
        return await self._told(await self.town.report(ada), ada, **typed)

    async def taken(self) -> Scene:
        ada = await self.town.resident()
        reference = await self.town.report(ada)
        await self.town.write(triage.take, self.cleo, reference)
        return await self._told(reference, ada)

    async def rejected(self) -> Scene:
        reference = await self.town.report()

        async def reject() -> None:
            await self.town.write(triage.reject, self.dan, reference, ClosedReason.DUPLICATE, "")

        async def meanwhile() -> None:
            await self.town.write(triage.reopen, self.dan, reference, "A mistake")
            await reject()

        await reject()

        return Scene(
            f"/console/reports/{reference}", {"reason": "It is new"}, meanwhile, "Report opened again"
        )

    async def moving(self) -> Scene:
        ada = await self.town.resident()
        other, full = await a_case(self.town, self.dan), await a_case(self.town, self.dan)
        reference = await self.town.report(ada)
        await self.town.write(triage.add_to_case, self.dan, reference, full)
        return await self._told(reference, ada, into=other)

    async def adding(self) -> Scene:
        return await self.of_report(other=await a_case(self.town, self.dan))

    async def _told(self, reference: str, ada: Resident, **typed: str) -> Scene:
        async def meanwhile() -> None:
            await self.town.write(message.add, ada, reference, "He has a knife")

        return Scene(f"/console/reports/{reference}", typed, meanwhile, "More told by the reporter")

    async def of_case(self, reference: str = "", **typed: str) -> Scene:
        reference = reference or await a_case(self.town, self.dan)

        async def meanwhile() -> None:
            await self.town.write(hold.hold, self.dan, reference, "The court asks")

        return Scene(f"/console/cases/{reference}", typed, meanwhile, "Legal hold set")

    async def writing(self) -> Scene:
        ada = await self.town.resident()
        report = await self.town.report(ada)
        reference = (await self.town.write(triage.open_case, self.dan, report)).reference
        told = await self._told(report, ada)
        typed = {"text": "Dear Ada, when was it?", "report": report}
        return Scene(f"/console/cases/{reference}", typed, told.meanwhile, told.told)

    async def closed(self) -> Scene:
        scene = await self.of_case(reason="It began again")
        reference = scene.page.rpartition("/")[2]
        await self.town.write(case.close, self.dan, reference, Outcome.RESOLVED, "All quiet.")
        return scene

    async def held(self) -> Scene:
        reference = await a_case(self.town, self.dan)
        await self.town.write(hold.hold, self.dan, reference, "The police")
        return await self.of_case(reference, reason="It is over")

    async def merging(self) -> Scene:
        return await self.of_case(into=await a_case(self.town, self.dan))

    async def merged(self) -> Scene:
        reference, other = await a_case(self.town, self.dan), await a_case(self.town, self.dan)
        await self.town.write(case_merge.merge, self.dan, reference, other)

        async def meanwhile() -> None:
            await self.town.write(case_merge.unmerge, self.dan, reference)
            third = await a_case(self.town, self.dan)
            await self.town.write(case_merge.merge, self.dan, reference, third)

        return Scene(f"/console/cases/{reference}", {}, meanwhile, "Merge undone")

    async def splitting(self) -> Scene:
        reference = await a_case(self.town, self.dan)
        second = await another_report(self.town, self.dan, reference)
        return await self.of_case(reference, **{f"report-{second}": "yes"})

    async def linked(self) -> Scene:
        reference, other = await a_case(self.town, self.dan), await a_case(self.town, self.dan)
        await self.town.write(case_link.link, self.dan, reference, other)
        scene = await self.of_case(reference)
        return Scene(scene.page, {}, scene.meanwhile, scene.told, {"other": other})

    async def giving(self) -> Scene:
        reference = await a_case(self.town, self.dan)
        return await self.of_case(reference, officer=self.cleo.staff.id)

    async def tagged(self) -> Scene:
        reference = await a_case(self.town, self.dan)
        await self.town.write(actions.tagging("market", on=True), self.dan, Pick(reference, None))
        scene = await self.of_case(reference)
        return Scene(scene.page, {}, scene.meanwhile, scene.told, {"tag": "market"})

    async def of_person(self, **typed: str) -> Scene:
        reference = await a_case(self.town, self.dan)
        person = await self.town.write(case_person.add, self.dan, reference, BEA)

        async def meanwhile() -> None:
            facts = PersonFacts(PersonRole.WITNESS, "Bea", "01843 111111", under_18=True)
            await self.town.write(case_person.change, self.dan, reference, person, facts)

        told = "Bea: Phone or address: 01843 000000 → 01843 111111; Under 18: no → yes"
        return Scene(f"/console/cases/{reference}", typed, meanwhile, told, {"person": person})

    async def of_task(self, *, done: bool) -> Scene:
        reference = await a_case(self.town, self.dan)
        one = await self.town.write(task.add, self.dan, reference, "Ring Bea", self.dan.staff.id, None)
        steps = (task.reopen, task.finish) if done else (task.finish, task.reopen)
        if done:
            await self.town.write(task.finish, self.dan, reference, one)

        async def meanwhile() -> None:
            for step in steps:
                await self.town.write(step, self.dan, reference, one)

        told = "Task done" if done else "Task set again"
        return Scene(f"/console/cases/{reference}", {}, meanwhile, told, {"task": one})

    async def of_file(self, deed: str) -> Scene:
        file_id = await kept_file(self.town, await self.town.report())
        other = evidence_desk.mark if deed == "quarantine" else evidence_desk.quarantine

        async def meanwhile() -> None:
            await self.town.write(other, self.dan, file_id, "I saw it")

        told = "File marked as evidence" if deed == "quarantine" else "File put into quarantine"
        return Scene(f"/console/evidence/{file_id}", {"reason": "Look at it"}, meanwhile, told)

    async def of_alert(self, **typed: str) -> Scene:
        ada = await self.town.resident()
        raised = await self.town.write(alert.raise_alert, ada, AlertKind.STAFF_THREAT, "words")

        async def meanwhile() -> None:
            await self.town.write(alert.answer, self.dan, raised, "Can we ring you?")

        return Scene(f"/console/alerts/{raised}", typed, meanwhile, "Can we ring you?")

    async def of_view(self, **typed: str) -> Scene:
        self.town.pass_time(minutes=1)
        name = f"View of {self.town.clock.now():%H:%M}"
        view = await self.town.write(saved_view.save, self.cleo, (Kind.REPORTS, ""), name)

        async def meanwhile() -> None:
            await self.town.write(saved_view.rename, self.cleo, view, f"{name}, again")

        return Scene("/console/views", typed, meanwhile, "View renamed", {"id": view})


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{REPORT}/assignment": lambda desk: desk.of_report(officer=desk.dan.staff.id),
    f"{REPORT}/taking": lambda desk: desk.of_report(),
    f"{REPORT}/release": lambda desk: desk.taken(),
    f"{REPORT}/case": lambda desk: desk.of_report(),
    f"{REPORT}/case-addition": lambda desk: desk.adding(),
    f"{REPORT}/move": lambda desk: desk.moving(),
    f"{REPORT}/question": lambda desk: desk.of_report(text="When was it?"),
    f"{REPORT}/reply": lambda desk: desk.of_report(text="We look at it"),
    f"{REPORT}/signposting": lambda desk: desk.of_report(reason="other_service", words="Ask the council"),
    f"{REPORT}/rejection": lambda desk: desk.of_report(reason="duplicate", words="We know of it"),
    f"{REPORT}/reopening": lambda desk: desk.rejected(),
    f"{REPORT}/restriction": lambda desk: desk.of_report(kind="hate", reason="Slurs"),
    f"{CASE}/assignment": lambda desk: desk.giving(),
    f"{CASE}/tag": lambda desk: desk.of_case(tag="market"),
    f"{CASE}/tag-removal": lambda desk: desk.tagged(),
    f"{CASE}/taking": lambda desk: desk.of_case(),
    f"{CASE}/state": lambda desk: desk.of_case(state="investigating"),
    f"{CASE}/closure": lambda desk: desk.of_case(outcome="resolved", words="All is quiet"),
    f"{CASE}/question": lambda desk: desk.writing(),
    f"{CASE}/reply": lambda desk: desk.writing(),
    f"{CASE}/reopening": lambda desk: desk.closed(),
    f"{CASE}/person-change": lambda desk: desk.of_person(name="Bea Hill", note="Ring her at noon"),
    f"{CASE}/person-removal": lambda desk: desk.of_person(),
    f"{CASE}/task-completion": lambda desk: desk.of_task(done=False),
    f"{CASE}/task-reopening": lambda desk: desk.of_task(done=True),
    f"{CASE}/review": lambda desk: desk.of_case(day="2027-01-04"),
    f"{CASE}/unlinking": lambda desk: desk.linked(),
    f"{CASE}/merge": lambda desk: desk.merging(),
    f"{CASE}/unmerging": lambda desk: desk.merged(),
    f"{CASE}/split": lambda desk: desk.splitting(),
    f"{CASE}/reclassification": lambda desk: desk.of_case(priority="P1", reason="He said so"),
    f"{CASE}/restriction": lambda desk: desk.of_case(kind="hate", reason="Slurs"),
    f"{CASE}/hold": lambda desk: desk.of_case(reason="The police ask"),
    f"{CASE}/hold-lifting": lambda desk: desk.held(),
    f"{FILE}/quarantine": lambda desk: desk.of_file("quarantine"),
    f"{FILE}/keep": lambda desk: desk.of_file("keep"),
    f"{ALERT}/answer": lambda desk: desk.of_alert(text="We will ring you"),
    f"{ALERT}/end": lambda desk: desk.of_alert(note="She is safe"),
    f"{VIEW}/name": lambda desk: desk.of_view(name="My own name"),
    f"{VIEW}/sharing": lambda desk: desk.of_view(),
    f"{VIEW}/deletion": lambda desk: desk.of_view(),
}
