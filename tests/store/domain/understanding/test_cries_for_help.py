"""A cry for help is told from a polite request, and few words from plain ones."""

from __future__ import annotations

import pytest

from store.domain.understanding import Understanding
from store.domain.understanding.danger import without_requests
from store.profile.understanding import load_understanding

REQUESTS = (
    "can you help me with my bins",
    "help me please with my parking ticket",
    "could someone help us report a broken street light",
    "i need some help with a noisy neighbour",
    "thanks for your help last week",
    "would you be able to help with the graffiti",
    "proszę o pomoc w sprawie śmieci",
    "proszę o pomoc, sąsiad hałasuje w nocy",
    "czy możecie mi pomóc z parkowaniem",
    "dziękuję za pomoc w zeszłym tygodniu",
    "potrzebuję pomocy z formularzem",
    "bardzo proszę o pomoc, przepełnione kosze",
    "ajutor cu gunoiul",
    "puteți să mă ajutați cu o amendă de parcare",
    "am nevoie de ajutor cu formularul",
    "mulțumesc pentru ajutor",
    "vă rog ajutor la completarea sesizării",
    "cine mă poate ajuta cu un câine care latră",
    "prosím o pomoc s hlukem",
    "pomoc s odpadky prosím",
    "můžete mi pomoct s parkováním",
    "děkuji za pomoc minulý týden",
    "potřebuji pomoc s formulářem",
    "mohli byste mi pomoci s graffiti",
    "prosím o pomoc s odpadkami",
    "môžete mi pomôcť s parkovaním",
    "ďakujem za pomoc minulý týždeň",
    "potrebujem pomoc s formulárom",
    "pomoc pri vyplnení tlačiva prosím",
    "prosím o pomoc, sused púšťa hlasnú hudbu",
    "допоможіть зі сміттям будь ласка",
    "чи можете допомогти з паркуванням",
    "дякую за допомогу минулого тижня",
    "потрібна допомога з формою",
    "прошу допомогти вирішити питання зі сміттям",
    "допоможіть розібратися з квитанцією",
)
CRIES = (
    "help me",
    "HELP PLEASE NOW",
    "help! hes in the garden",
    "help me im trapped in the lift and cant breathe",
    "help hes hurting her",
    "can you help me he has got a knife",
    "Pomocy!",
    "pomocy szybko proszę",
    "pomocy, on mnie goni po ulicy",
    "Pomocy! Ktoś leży na chodniku",
    "potrzebuję pomocy, dużo krwi",
    "proszę o pomoc, sąsiad ma nóż",
    "Ajutor!",
    "ajutor va rog repede",
    "ajutor, mă urmărește un bărbat",
    "Ajutor! A căzut de pe acoperiș",
    "ajutor, e sânge peste tot",
    "ajutor cu vecinul, are un cuțit",
    "Pomoc!",
    "pomoc prosím rychle",
    "pomoc, někdo mě honí po ulici",
    "Pomoc! Spadl ze střechy",
    "pomoc, je tu hodně krve a bojím se",
    "prosím o pomoc, soused má nůž",
    "pomoc rýchlo",
    "pomoc prosím hneď",
    "pomoc, niekto ma naháňa a bojím sa",
    "Pomoc! Spadol zo strechy",
    "pomoc, všade je krv",
    "prosím o pomoc, sused má nôž",
    "Допоможіть!",
    "допоможіть будь ласка швидко",
    "допоможіть, він гониться за мною",
    "Допоможіть! Він упав з даху",
    "допоможіть, тут кров",
    "допоможіть зараз, сусід має ніж",
    "Рятуйте",
)
NOTHING_MUCH = ("third time they do it to us", "the one with the blue door", "the house with the red gate")
SHORT_BUT_PLAIN = {
    "i want to die": "suicide_selfharm",
    "nothing to live for": "suicide_selfharm",
    "боюсь чоловіка": "domestic_abuse",
    "he locks me in the house": "domestic_abuse",
    "kid next door is always bruised": "child_at_risk",
    "they shout go back to your country": "hate_crime",
    "my daughter hasnt come home": "missing_person",
}


@pytest.fixture(scope="module")
def model() -> Understanding:
    return load_understanding()


@pytest.mark.parametrize("said", REQUESTS)
def test_who_asks_for_help_politely_is_in_no_danger(model: Understanding, said: str) -> None:
    assert model.read(said).cards == ()


@pytest.mark.parametrize("said", CRIES)
def test_a_cry_for_help_is_an_emergency(model: Understanding, said: str) -> None:
    assert model.read(said).cards[:1] == ("emergency",)


@pytest.mark.parametrize("said", NOTHING_MUCH)
def test_a_few_words_that_say_nothing_much_bring_no_card(model: Understanding, said: str) -> None:
    assert model.read(said).cards == ()


@pytest.mark.parametrize("said", SHORT_BUT_PLAIN)
def test_a_few_plain_words_bring_their_card_and_may_alert_somebody(model: Understanding, said: str) -> None:
    read = model.read(said)
    assert SHORT_BUT_PLAIN[said] in read.cards
    assert SHORT_BUT_PLAIN[said] in read.plain


def test_what_is_only_likely_brings_a_card_but_alerts_nobody(model: Understanding) -> None:
    read = model.read("my mate used to cut himself years back, hes ok now, asking for him")
    assert "suicide_selfharm" in read.cards
    assert "suicide_selfharm" not in read.plain


def test_a_threat_to_staff_is_seen_beside_whatever_else_is_said(model: Understanding) -> None:
    said = "your officer better watch his back, i know where he parks. loud music again from the flat above"
    assert "n.staff_threat" in model.read(said).plain
    assert "n.staff_threat" in model.read("bins again. " * 200 + said).plain
    assert model.read("loud music again from the flat above").plain == ()


def test_only_the_request_is_left_out_of_a_text() -> None:
    assert without_requests("Can you help me with my bins?").split() == ["with", "my", "bins"]
    assert without_requests("Loud music!") == "Loud music!"
