"""Somebody looks for a number, or for what the partnership does."""

from __future__ import annotations

from bot.emulator import Bubble, Person
from tests.support.town import Town


async def sent(person: Person, text: str, wait_for: str) -> Bubble:
    person.say(text)
    return await person.wait_for(wait_for)


async def tapped(person: Person, label: str, wait_for: str) -> Bubble:
    person.tap(label)
    return await person.wait_for(wait_for)


async def test_the_list_begins_with_who_helps_at_once(town: Town) -> None:
    shown = await sent(town.ada, "/contacts", "Emergency: police")
    lines = shown.text.splitlines()
    assert lines[0] == "In danger now? Call 999."
    assert "999" in lines[lines.index("Emergency: police, fire, ambulance") + 1]
    assert "Samaritans *\n116 123" in shown.text
    assert (
        "* Our team has not checked this yet. If it does not work and you are in danger, call 999." in lines
    )
    assert "Crimestoppers" not in shown.text


async def test_danger_crisis_abuse_and_child_stand_on_the_first_page_in_this_order(town: Town) -> None:
    lines = (await sent(town.ada, "/contacts", "Emergency: police")).text.splitlines()
    order = ["999", "18000", "0800 111 999", "101", "116 123", "111", "85258", "0808 2000 247", "0800 1111"]
    assert [line for line in lines if line in order] == order


async def test_no_doubt_stands_beside_a_number_of_the_whole_country(town: Town) -> None:
    lines = (await sent(town.ada, "/contacts", "Emergency: police")).text.splitlines()
    names = [lines[lines.index(number) - 1] for number in ("999", "18000", "101", "111")]
    assert not [name for name in names if "*" in name]


async def test_every_crisis_number_is_there_page_by_page(town: Town) -> None:
    await sent(town.ada, "/contacts", "Emergency: police")
    second = await tapped(town.ada, "More", "Anti-terrorist")
    assert "Emergency: police" not in second.text
    assert "More" not in second.labels
    assert "Childline" in (await tapped(town.ada, "Back", "Emergency: police")).text


async def test_a_button_for_each_kind_leads_to_its_numbers(town: Town) -> None:
    await sent(town.ada, "/contacts", "Emergency: police")
    shown = await tapped(town.ada, "Police and crime", "Crimestoppers")
    assert "Kent Police\n101\nTo tell the police when it is not urgent." in shown.text
    assert "Emergency: police" in (await tapped(town.ada, "Urgent help", "Emergency")).text


async def test_what_is_out_of_date_stays_hidden(town: Town) -> None:
    shown = await sent(town.ada, "/contacts jobcentre", "found no number")
    assert "JobCentre" not in shown.text
    assert "Council" in shown.labels


async def test_a_word_finds_numbers_by_name_and_note(town: Town) -> None:
    shown = await sent(town.ada, "/contacts landlord", "What fits")
    assert "Hyde *\n01843 853203\nA housing association" in shown.text
    assert "Samaritans" not in shown.text


async def test_a_search_with_many_answers_has_pages(town: Town) -> None:
    first = await sent(town.ada, "/contacts 01 03 08 help", "What fits")
    second = await tapped(town.ada, "More", "What fits")
    assert first.text != second.text
    assert (await tapped(town.ada, "Back", "What fits")).text == first.text


async def test_a_search_understands_the_persons_language(town: Town) -> None:
    ola = town.emulator.person("Ola", language_code="pl")
    shown = await sent(ola, "/contacts wlasciciel mieszkan", "Hyde")
    assert "Organizacja mieszkaniowa" in shown.text
    assert "Niebezpieczeństwo?" in shown.text


async def test_words_longer_than_a_button_do_no_harm(town: Town) -> None:
    words = "отримати телефоном number for kent people police national council line 0 1 to with"
    shown = await sent(town.ada, f"/contacts {words}", "What fits")
    assert (await tapped(town.ada, "More", "In danger")).text != shown.text


async def test_a_forged_button_shows_the_urgent_numbers(town: Town) -> None:
    shown = await sent(town.ada, "/contacts", "Emergency: police")
    town.ada.tap_data("o:contacts:99.nothing", shown.id)
    await town.settled()
    assert "Anti-terrorist" in town.ada.news[-1].text


async def test_looking_up_a_number_leaves_a_report_as_it_is(town: Town) -> None:
    town.ada.say("/report")
    await town.ada.wait_for("danger")
    before = await town.open_draft(town.ada)
    await sent(town.ada, "/contacts", "Emergency: police")
    await tapped(town.ada, "Council", "Thanet District Council")
    assert await town.open_draft(town.ada) == before


async def test_projects_can_be_read_one_by_one(town: Town) -> None:
    shown = await sent(town.ada, "/projects", "projects of")
    assert "Operation ZigZag" in shown.labels
    one = await tapped(town.ada, "Operation ZigZag", "Safer parking outside schools")
    assert one.text.startswith("Operation ZigZag\n\n")
    assert (await tapped(town.ada, "Back", "projects of")).labels == shown.labels


async def test_projects_speak_the_persons_language(town: Town) -> None:
    ola = town.emulator.person("Ola", language_code="pl")
    await sent(ola, "/projects", "Oto projekty")
    assert "parkowanie" in (await tapped(ola, "Operation ZigZag", "przed szkołami")).text


async def test_a_project_that_is_gone_leads_back_to_the_list(town: Town) -> None:
    shown = await sent(town.ada, "/projects", "projects of")
    await tapped(town.ada, "Operation ZigZag", "Safer parking")
    town.ada.tap_data("o:project:gone", shown.id)
    assert (await town.ada.wait_for("projects of")).labels == shown.labels


async def test_start_and_help_lead_there_too(town: Town) -> None:
    assert {"Contacts", "Our projects"} <= set((await sent(town.ada, "/start", "Hello")).labels)
    assert "/contacts" in (await sent(town.ada, "/help", "What I can do")).text
    assert "Emergency: police" in (await tapped(town.ada, "Contacts", "In danger now")).text


async def test_a_story_typed_with_contacts_is_kept_under_its_card(town: Town) -> None:
    shown = await sent(town.ada, "/contacts my husband beats me every night", "What you wrote is kept")
    assert "What fits" not in shown.text
    draft = await town.open_draft(town.ada)
    assert draft is not None
    assert draft.answers["what"] == "my husband beats me every night"


async def test_words_that_only_a_mark_parts_are_screened_too(town: Town) -> None:
    await sent(town.ada, "/contacts suicide:help", "Samaritans")
