"""What people first write in a few words: danger at once, and what only resembles it."""

from __future__ import annotations

import pytest

from store.domain.understanding import Understanding
from store.domain.understanding.staff import threatens
from store.profile.understanding import load_understanding

NOW = {
    "weapon": (
        *(
            "he just threatened me with a knife",
            "my neighbour hit me with a bat",
            "there was a man with a gun",
        ),
        *("my neighbour has just pulled a knife on me", "he came at me with a hammer"),
        *("sąsiad groził mi nożem", "ktoś wyciągnął nóż", "vecinul tocmai m-a amenințat cu un cuțit"),
        *("soused na mě vytáhl nůž", "vytiahol na mňa nôž", "він щойно погрожував мені ножем"),
    ),
    "threat": (
        *("my neighbour threatens to kill me", "they said they will stab me", "sąsiad grozi że mnie zabije"),
        *("vecinul amenință că mă omoară", "soused vyhrožuje že mě zabije", "sused vyhráža že ma zabije"),
        "сусід погрожує мені вбити",
    ),
    "injury": ("somebody just stabbed my brother",),
    "attack": (
        *("a woman is screaming next door", "i was just attacked outside tesco", "dog is attacking someone"),
        *("the lad upstairs grabbed me by the throat", "on mnie dusi", "właśnie mnie napadli"),
        *("kobieta krzyczy za ścianą", "mă strânge de gât", "o femeie țipă la vecini", "škrtí mě"),
        *("žena křičí vedle v bytě", "právě mě napadli", "chytil ma pod krkom", "žena kričí u susedov"),
        *("він мене душить", "жінка кричить за стіною", "на мене напали щойно"),
    ),
    "break_in": (
        *("someone is breaking into next doors house", "hes in", "ktoś się włamuje do sąsiadów"),
        *("cineva sparge casa vecinilor", "někdo se vloupává k sousedům", "niekto sa vláma k susedom"),
        "хтось вламується до сусідів",
    ),
    "fire": (
        *(
            "someone poured petrol through my letterbox",
            "they set fire to my door",
            "strong smell of gas here",
        ),
        *("czuję gaz na klatce", "wlali benzynę do skrzynki", "miroase a gaz pe scara"),
        *("au turnat benzină la ușă", "na schodech cítím plyn", "nalil benzin do schránky"),
        *("cítim plyn na chodbe", "пахне газом у під'їзді", "налили бензин під двері"),
    ),
    "railway": (
        *("kids on the railway line", "dzieci bawią się na torach", "copiii se joacă pe calea ferată"),
        *("děti na kolejích", "deti na koľajach", "діти на коліях"),
    ),
    "missiles": (
        *("they are throwing bricks at cars from the bridge", "rzucają kamieniami z mostu w samochody"),
        *("aruncă cu pietre de pe pod", "házejí kameny z mostu na auta", "hádžu kamene z mosta"),
        "кидають каміння з мосту",
    ),
    "abduction": (
        *("a man tried to pull my girl into his car", "próbował wciągnąć córkę do samochodu"),
        *("un bărbat a încercat să o tragă pe fata mea în mașină", "snažil se zatáhnout holku do auta"),
        "намагався затягнути дівчинку в машину",
    ),
    "overdose": (
        *("my friend took an overdose now", "i took a lot of paracetamol", "wzięłam dużo tabletek"),
        *("am luat multe pastile", "vzala jsem hodně prášků", "zobrala som veľa tabletiek"),
        "випила багато таблеток",
    ),
    "silent": (
        *("i am deaf how do i call 999", "cant hear", "i cant speak on the phone", "jestem głucha"),
        *("nie mogę mówić przez telefon", "sunt surd", "nu pot vorbi la telefon", "jsem neslyšící"),
        *("nemůžu mluvit do telefonu", "som nepočujúci", "nemôžem hovoriť", "я глуха"),
        "не можу говорити по телефону",
    ),
}
NOT_NOW = (
    *("there was a stabbing in margate last year, will there be more police?", "sorry", "now", "teraz"),
    *(
        "thank you for your help last time, its much better now",
        "someone threatened me with a knife last month",
    ),
    *("his name is dave smith and he is at number 6", "i want to talk to somebody about the noise next door"),
    *("my neighbour works on the railway line", "he put petrol in his motorbike outside my flat"),
    *("they dragged a sofa to the car park", "they keep throwing bottles into the bus shelter"),
    *("i cant hear my tv over the music next door", "my husband is gonna kill him one day haha"),
)
NO_DESPAIR = (
    *("i want to talk to somebody about the noise next door", "sorry"),
    "I need to talk to someone about my report from last week",
    "I want to make a complaint about your officer PC Smith, he is useless",
)
COMPLAINTS = (
    *("your council is useless", "council officer never rang me back", "your staff are rude"),
    *("the council officer was rude to me", "your officer PC Smith is useless"),
)
THREATS = (
    *(
        "tell your officer i know where she lives",
        "i will smash your officers face in",
        "wait till i see him",
    ),
    *("zabiję tego urzędnika", "îl omor pe funcționar", "zabiju tu úřednici", "viem kde bývaš", "я вас вб'ю"),
)
ABUSE = (
    *("i was hit by my husband", "neighbour hit his wife", "im so scared he wont leave"),
    *("mąż mnie uderzył", "sąsiad bije żonę", "soțul m-a lovit", "vecinul își bate soția"),
    *("manžel mě uhodil", "soused bije svou ženu", "manžel ma udrel", "сусід б'є свою дружину"),
)
HARMED = (
    *("my daughter told me her teacher touches her", "someone touched my daughter"),
    *("coach sends my son nude pictures", "nauczyciel dotyka moją córkę", "profesorul a atins-o pe fata mea"),
    *("trenér sahal na dceru", "tréner chytal dcéru", "тренер торкався моєї доньки"),
)
CHILDREN = (
    *("my teacher touches me", "uncle touches me", "my dad hits me", "tata mnie bije", "tata mă bate"),
    *("táta mě bije", "ocko ma bije", "тато мене б'є"),
)


@pytest.fixture(scope="module")
def model() -> Understanding:
    return load_understanding()


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, many in NOW.items() for said in many])
def test_danger_in_few_words_is_an_emergency(model: Understanding, kind: str, said: str) -> None:
    read = model.read(said)
    assert kind in read.dangers
    assert read.cards[0] == "emergency"


@pytest.mark.parametrize("said", NOT_NOW)
def test_what_is_past_or_means_little_is_no_emergency(model: Understanding, said: str) -> None:
    read = model.read(said)
    assert "emergency" not in read.cards
    assert read.dangers == frozenset()


def test_a_deed_of_another_day_is_for_the_police(model: Understanding) -> None:
    assert model.read("someone threatened me with a knife last month").cards == ("crime_not_asb",)
    assert (
        model.read("he threatened me with a knife last month and he is outside now").cards[0] == "emergency"
    )


@pytest.mark.parametrize("said", ["im gonna jump off the harbour arm", "i took a lot of paracetamol"])
def test_who_is_about_to_die_gets_the_crisis_card_and_somebody_hears(model: Understanding, said: str) -> None:
    assert "suicide_selfharm" in model.read(said).cards
    assert "suicide_selfharm" in model.read(said).plain


@pytest.mark.parametrize("said", NO_DESPAIR)
def test_who_wants_to_talk_about_something_is_not_in_despair(model: Understanding, said: str) -> None:
    read = model.read(said)
    assert "suicide_selfharm" not in {*read.cards, *read.plain}


@pytest.mark.parametrize("said", COMPLAINTS)
def test_a_complaint_about_staff_is_no_threat_to_them(model: Understanding, said: str) -> None:
    read = model.read(said)
    assert read.plain == ()
    assert read.intent not in {"n.staff_threat", "n.chitchat"}


@pytest.mark.parametrize("said", THREATS)
def test_a_threat_has_a_word_of_violence(said: str) -> None:
    assert threatens(said)


def test_a_threat_to_staff_is_still_heard(model: Understanding) -> None:
    read = model.read("your officer better watch his back, i know where he parks his car")
    assert (read.intent, read.plain) == ("n.staff_threat", ("n.staff_threat",))


@pytest.mark.parametrize("said", ABUSE)
def test_abuse_by_a_partner_is_seen_whoever_tells_of_it(model: Understanding, said: str) -> None:
    assert "domestic_abuse" in model.read(said).cards


@pytest.mark.parametrize("said", HARMED)
def test_a_harmed_child_is_seen(model: Understanding, said: str) -> None:
    assert "child_at_risk" in model.read(said).cards


@pytest.mark.parametrize("said", CHILDREN)
def test_who_speaks_of_a_grown_up_as_a_child_does_is_answered_as_one(model: Understanding, said: str) -> None:
    read = model.read(said)
    assert (read.cards, read.worded) == (("child_at_risk",), ("child_writes",))


def test_who_says_that_they_are_grown_up_is_not_answered_as_a_child(model: Understanding) -> None:
    assert model.read("im 45 and my dad hits me").worded == ()


@pytest.mark.parametrize(
    "said", ["my cat is missing", "zaginął mój kot", "pisica mea a dispărut", "зник наш кіт"]
)
def test_a_missing_animal_is_no_missing_person(model: Understanding, said: str) -> None:
    assert "missing_person" not in model.read(said).cards


def test_a_missing_child_is_one_whatever_else_is_gone(model: Understanding) -> None:
    assert "missing_person" in model.read("my son is missing and his bike").cards


@pytest.mark.parametrize(
    "said",
    [
        *("the lad upstairs grabbed me by the throat", "soused vyhrožuje že mě zabije, má nůž", "hes in"),
        "my friend just texted me goodbye and says she has taken pills",
    ],
)
def test_danger_from_no_partner_is_no_domestic_abuse(model: Understanding, said: str) -> None:
    assert "domestic_abuse" not in model.read(said).cards


def test_beside_a_card_that_is_written_out_nothing_is_guessed(model: Understanding) -> None:
    read = model.read("im a social worker, a client told me her partner beats her")
    assert read.cards == ("domestic_abuse",)
