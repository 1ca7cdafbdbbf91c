from __future__ import annotations

from typing import Any

import obstore
import pytest

from handlers.chat.sweeper import sweep
from handlers.web.site import SITE
from store.actions import triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.evidence_file import copy_key, original_key
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.console import Answer, Console, Visitor
from tests.support.evidence_factory import PHOTO, VIDEO, kept_file, waiting_file
from tests.support.triage_factory import Town

EVIDENCE = "/console/evidence"
DEEDS = ("quarantine", "keep")


def media(console: Console) -> Any:
    return console.server.app[SITE].media


async def officer(console: Console, name: str = "cleo", *grants: Restriction) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name, Role.OFFICER, *grants))
    return browser


async def stored(console: Console, town: Town, reference: str, file: dict[str, Any] = PHOTO) -> str:
    """A kept file whose bytes lie in the store too; return its address."""
    file_id = await kept_file(town, reference, file)
    await obstore.put_async(media(console), original_key(file_id), b"the original")
    await obstore.put_async(media(console), copy_key(file_id), b"the copy")
    return f"{EVIDENCE}/{file_id}"


async def there(console: Console, key: str) -> bool:
    try:
        await obstore.head_async(media(console), key)
    except FileNotFoundError:
        return False
    return True


def check_alone(answer: Answer) -> None:
    """Nothing but bytes: no browser is to run, guess or keep anything of it."""
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_files_are_listed_and_nothing_of_them_is_loaded(console: Console, town: Town) -> None:
    browser, reference = await officer(console), await town.report()
    path = await stored(console, town, reference)
    for address in (f"/console/reports/{reference}", path):
        text = (await browser.get(address)).text
        assert "<img" not in text.partition("<main")[2]
        assert "Photo" in text
        assert "image/jpeg" in text
    assert f'href="{path}"' in (await browser.get(f"/console/reports/{reference}")).text
    assert await town.how_often(Action.EVIDENCE_OPENED) == 0


async def test_a_picture_opens_after_a_click_as_its_copy_and_that_is_recorded(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    path = await stored(console, town, await town.report())
    assert f'href="{path}/copy"' in (await browser.get(path)).text
    shown = await browser.get(f"{path}/copy")
    assert (shown.status, shown.text) == (200, "the copy")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"].startswith('inline; filename="evidence-')
    check_alone(shown)
    assert await town.how_often(Action.EVIDENCE_OPENED) == 1
    sealed = await browser.get(f"{path}/original")
    assert sealed.status == 403
    assert "the original" not in sealed.text
    assert await town.how_often(Action.EVIDENCE_OPENED) == 1


async def test_what_cannot_be_stripped_is_a_download_after_a_warning(console: Console, town: Town) -> None:
    browser = await officer(console)
    path = await stored(console, town, await town.report(), VIDEO | {"name": "tom-smith.mp4"})
    page = (await browser.get(path)).text
    assert "as it was sent" in page
    assert f'href="{path}/original"' in page
    assert f"{path}/copy" not in page
    given = await browser.get(f"{path}/original")
    assert (given.status, given.text) == (200, "the original")
    assert given.headers["Content-Type"] == "application/octet-stream"
    disposition = given.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="evidence-')
    assert "tom" not in disposition
    check_alone(given)
    assert (await browser.get(f"{path}/copy")).status == 404
    assert await town.how_often(Action.EVIDENCE_OPENED) == 1


async def test_a_file_is_seen_by_those_alone_who_may_open_its_report(console: Console, town: Town) -> None:
    granted = await officer(console, "ann", Restriction.HATE)
    path = await stored(console, town, await town.report(category="street.hate"))
    other = console.visitor()
    await other.sign_in(await console.staff("sue", Role.SUPERVISOR))
    for address in (path, f"{path}/copy", f"{path}/original", f"{EVIDENCE}/unknown"):
        assert (await other.get(address)).status == 404, address
    for deed in DEEDS:
        assert (await other.post(f"{path}/{deed}", reason="why")).status == 404, deed
    unknown = (await other.get(f"{EVIDENCE}/unknown")).text
    assert (await other.get(path)).text == unknown
    assert (await granted.get(path)).status == 200
    assert (await granted.get(f"{path}/copy")).text == "the copy"
    assert await town.how_often(Action.EVIDENCE_OPENED) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.SUPERVISOR}])
async def test_no_other_role_opens_files(console: Console, town: Town, role: Role) -> None:
    path = await stored(console, town, await town.report())
    browser = console.visitor()
    await browser.sign_in(await console.staff("kim", role))
    for address in (path, f"{path}/copy", f"{path}/original"):
        assert (await browser.get(address)).status == 403
    for deed in DEEDS:
        assert (await browser.post(f"{path}/{deed}", reason="why")).status == 403
    stranger = console.visitor()
    assert (await stranger.get(f"{path}/copy")).status == 303
    assert await town.how_often(Action.EVIDENCE_OPENED) == 0


async def test_quarantine_needs_a_reason_then_nobody_sees_the_file_again(
    console: Console, town: Town
) -> None:
    browser, reference = await officer(console), await town.report()
    path = await stored(console, town, reference)
    file_id = path.rpartition("/")[2]
    await browser.get(path)
    refused = await browser.post(f"{path}/quarantine", reason=" ")
    assert refused.status == 422
    assert "Write why." in refused.text
    done = await browser.post(f"{path}/quarantine", reason="It shows a child")
    assert (done.status, done.location) == (303, f"{path}?done=quarantined")
    page = (await browser.get(done.location)).text
    assert "The file is in quarantine" in page
    assert "It shows a child" in page
    assert f"{path}/copy" not in page
    assert 'id="quarantine"' not in page
    for what in ("copy", "original"):
        assert (await browser.get(f"{path}/{what}")).status == 403
    assert "In quarantine" in (await browser.get(f"/console/reports/{reference}")).text
    await sweep(town.store, media(console))
    assert not await there(console, copy_key(file_id))
    assert await there(console, original_key(file_id))
    assert await town.how_often(Action.EVIDENCE_OPENED) == 0


async def test_a_file_marked_as_evidence_says_so_and_still_opens(console: Console, town: Town) -> None:
    browser = await officer(console)
    path = await stored(console, town, await town.report())
    await browser.get(path)
    done = await browser.post(f"{path}/keep", reason="For the court")
    assert done.location == f"{path}?done=marked"
    page = (await browser.get(done.location)).text
    assert "Marked as evidence" in page
    assert "For the court" in page
    assert 'id="keep"' not in page
    assert (await browser.get(f"{path}/copy")).status == 200


async def test_a_file_that_is_not_there_yet_or_never_says_why(console: Console, town: Town) -> None:
    browser = await officer(console)
    path = f"{EVIDENCE}/{await waiting_file(town, await town.report())}"
    page = await browser.get(path)
    assert "being fetched" in page.text
    assert 'id="quarantine"' not in page.text
    for what in ("copy", "original"):
        assert (await browser.get(f"{path}/{what}")).status == 422


async def test_a_file_that_the_store_lost_is_said_plainly_and_noted(
    console: Console, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    browser = await officer(console)
    path = f"{EVIDENCE}/{await kept_file(town, await town.report())}"
    lost = await browser.get(f"{path}/copy")
    assert lost.status == 404
    assert "not where it should be" in lost.text
    assert [record.__dict__["action"] for record in caplog.records if "action" in record.__dict__] == [
        "evidence.lost"
    ]


async def test_a_case_lists_the_files_of_its_reports(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    reference = await town.report()
    path = await stored(console, town, reference)
    case = await town.write(triage.open_case, By(cleo, Channel.WEB), reference)
    assert f'href="{path}"' in (await browser.get(f"/console/cases/{case.reference}")).text
