from __future__ import annotations

from dataclasses import replace

from store.actions import resident
from store.domain.response_template import Purpose, ResponseTemplate
from tests.handlers.web.console.test_reports import REPORTS, officer
from tests.support.console import Console, running_console
from tests.support.triage_factory import PROFILE, Town


async def test_colleagues_who_have_the_page_open_are_named(console: Console, town: Town) -> None:
    cleo, dan = await officer(console), await officer(console, name="dan")
    path = f"{REPORTS}/{await town.report()}"
    assert "this page open too" not in (await cleo.get(path)).text
    assert "Cleo has this page open too" in (await dan.get(path)).text
    piece = await cleo.get(f"{path}/company", **{"X-Background": "1"})
    assert "Dan has this page open too" in piece.text
    assert "<html" not in piece.text


async def test_a_template_fills_a_form_in_the_reporters_language(town: Town) -> None:
    words = {
        "en": "{officer} looks at {reference} about {category}, {place}",
        "pl": "{officer} patrzy na {reference}",
    }
    template = ResponseTemplate("look", "We look", Purpose.REPLY, words)
    profile = replace(PROFILE, templates=(template,))
    async with running_console(town, profile=profile) as console:
        browser = await officer(console)
        polish = await town.write(resident.meet, 77, "Ola", "pl")
        for reporter, told in (
            (polish, "Cleo patrzy na {0}"),
            (None, "Cleo looks at {0} about Noise from a home, by the harbour"),
        ):
            reference = await town.report(reporter)
            path = f"{REPORTS}/{reference}"
            assert f"{path}?form=reply&amp;template=look#reply" in (await browser.get(path)).text
            text = (await browser.get(f"{path}?form=reply&template=look")).text
            assert f"{told.format(reference)}</textarea>" in text
            assert ("In English it says" in text) is (reporter is polish)
            assert "There is a problem" not in text
            assert "template=other" not in text
            assert (await browser.get(f"{path}?form=note&template=look")).text.count("Cleo looks") == 0
