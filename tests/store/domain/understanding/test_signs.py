"""Plain signs of danger in six languages, and what only sounds like them."""

from __future__ import annotations

import pytest

from store.domain.understanding import Understanding
from store.domain.understanding.danger import signs_and_dangers, signs_of
from store.domain.understanding.sayings import without_sayings
from store.domain.understanding.watched import asks_to_hide
from store.domain.understanding.writer import about_oneself, cards_for, is_child
from store.profile.understanding import load_understanding

DANGERS = {
    "fireworks": (
        "kids throwing fireworks at people on the high street",
        "they are firing rockets at our house",
        "rzucają petardami w ludzi",
        "aruncă cu petarde în oameni",
        "hází petardy po lidech",
        "strieľajú ohňostroje na okná",
        "кидають петарди в людей",
    ),
    "water": (
        "theres people in the water and they cant swim",
        "we are cut off by the tide",
        "ktoś tonie w morzu",
        "nu știe să înoate",
        "někdo se topí",
        "odrezal nás príliv",
        "хтось тоне",
    ),
    "break_in": (
        "theres a man in my garden",
        "someone is trying my door",
        "he is in my house",
        "ktoś szarpie za klamkę",
        "cineva este în grădina mea",
        "někdo je na naší zahradě",
        "niekto skúša kľučku",
        "хтось у моєму саду",
    ),
    "child_alone": (
        "a toddler on his own in the middle of the road",
        "małe dziecko samo na ulicy",
        "copil mic singur pe stradă",
        "malé dítě samo na ulici",
        "malé dieťa samo na ulici",
        "маленька дитина сама на вулиці",
    ),
    "height": (
        "bloke on the edge of the multi storey",
        "ktoś stoi na krawędzi dachu",
        "un om pe marginea podului vrea să sară",
        "někdo stojí na okraji střechy",
        "niekto stojí na okraji strechy",
        "хтось стоїть на краю даху",
    ),
    "exposure": ("hes flashing at the children outside the school",),
    "attack": ("he is raping her", "look what they did to my face"),
    "cry": (
        *("999", "112!!", "sos", "\N{SQUARED SOS}", "im scared", "I'm so frightened", "call 999 now please"),
        *("boję się", "mi-e frică", "bojím se", "bojím sa", "мені страшно"),
    ),
}
CARDS = {
    "domestic_abuse": (
        *("somebody watches my phone", "my husband reads my messages", "if he finds this im dead"),
        *("mój mąż czyta moje wiadomości", "se uită prin telefonul meu", "manžel čte moje zprávy"),
        *("manžel kontroluje môj telefón", "чоловік читає мої повідомлення"),
        *("he did this to me", "look what he did", "on mi to zrobił", "uite ce mi-a făcut"),
        *("podívejte se co mi udělal", "pozri čo mi urobil", "дивіться що він мені зробив"),
    ),
    "child_at_risk": (
        *("a man flashed at the kids in the park", "mężczyzna obnażał się przed dziećmi"),
        *("un exhibiționist lângă școală se uită la copii", "muž se obnažuje před dětmi"),
        *("muž sa obnažuje pred deťmi", "чоловік оголюється перед дітьми"),
    ),
    "sexual_assault": (
        *("i was raped last night", "he groped me on the bus", "zostałam zgwałcona", "am fost violată"),
        *("znásilnil mě", "znásilnil ma", "мене зґвалтували"),
    ),
    "hate_crime": (
        *("they shout paki at my dad", "he told us to go back to our own country"),
        *("sąsiad nazywa mnie ciapatym", "woła za mną wracaj do swojego kraju", "mi-a zis bozgor împuțit"),
        *("mi-a strigat du-te în țara ta", "křičel na mě vrať se do své země", "volá na nás špinavý cigán"),
        *("kričal na mňa choď do svojej krajiny", "він називає мене чуркою"),
        "кричить мені забирайся у свою країну",
    ),
    "suicide_selfharm": ("chcem zomrieť", "chcę umrzeć", "im going to jump", "хочу вмерти", "vreau să mor"),
}
NO_SIGN = (
    *("kids letting off fireworks at 2am every night", "the dog is on its own in the street"),
    *("someone dumped a fridge in my garden", "there was a man in my garden last night"),
    *("look what he did to the fence", "they drew a big willy on the school wall"),
    *(
        "he keeps flashing his headlights at the school",
        "ive a non molestation order",
        "im a bit scared of dogs",
    ),
    *("oilseed rape field next door", "im not racist but", "my pedal bike was nicked"),
    *("wczoraj rzucał petardami w koty", "хто читає ці повідомлення", "tona śmieci na ulicy"),
)
SAYINGS = (
    *("i dont want to do this anymore", "i dont want to do this form", "i dont want anyone to know"),
    *(
        "kids just killing time",
        "i cant hear myself think in here",
        "i was dying of laughter",
        "we are dying of heat in here",
        "im starving",
    ),
    *("this bass is killing me", "its suicide trying to cross here", "nie chce mi się tego robić"),
    *(
        "umieram ze śmiechu",
        "hałas mnie zabija",
        "mor de râs",
        "zgomotul mă omoară",
        "nu vreau să știe nimeni",
    ),
    *("chci zabít čas", "ten hluk mě zabije", "zomieram od smiechu", "ten hluk ma zabije"),
    *("вмираю зі сміху", "шум мене вбиває", "не хочу це робити"),
)
CHILDREN = (
    *("im 12 and my stepdad hits me", "my mum hits me im in year 6", "im 9 please help my dad hurts me"),
    *("mam 11 lat i tata mnie bije", "am 11 ani și tata mă bate", "je mi 11 a táta mě bije"),
    *("mám 11 rokov a otec ma bije", "мені 11 років і тато мене б'є", "im 15 and he sends me nudes"),
)


@pytest.fixture(scope="module")
def model() -> Understanding:
    return load_understanding()


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, many in DANGERS.items() for said in many])
def test_a_kind_of_danger_now_is_seen_and_the_emergency_card_comes_first(
    model: Understanding, kind: str, said: str
) -> None:
    assert kind in signs_and_dangers(said)[1]
    read = model.read(said)
    assert read.cards[0] == "emergency"
    assert kind in read.dangers


@pytest.mark.parametrize(("card", "said"), [(card, said) for card, many in CARDS.items() for said in many])
def test_a_card_is_plainly_called_for(card: str, said: str) -> None:
    assert card in signs_of(said)


@pytest.mark.parametrize("said", NO_SIGN)
def test_what_only_sounds_like_it_is_no_sign(said: str) -> None:
    assert signs_of(said) == set()


@pytest.mark.parametrize("said", SAYINGS)
def test_a_manner_of_speaking_calls_for_no_card(model: Understanding, said: str) -> None:
    assert without_sayings(said) != said
    assert signs_of(said) == set()
    assert model.read(said).cards == ()
    assert model.read(said).plain == ()


def test_despair_beside_a_manner_of_speaking_is_heard(model: Understanding) -> None:
    assert model.read("i dont want to do this anymore, i want to die").cards == ("suicide_selfharm",)


@pytest.mark.parametrize("said", CHILDREN)
def test_a_child_gets_the_card_in_words_for_children_and_no_adults_one(
    model: Understanding, said: str
) -> None:
    read = model.read(said)
    assert read.cards == ("child_at_risk",)
    assert read.worded == ("child_writes",)


def test_a_child_in_despair_or_danger_gets_that_card_before(model: Understanding) -> None:
    assert model.read("im 13 and i want to die").cards == ("suicide_selfharm", "child_at_risk")
    in_fire = model.read("im 10 and the house is on fire and my dad hits me")
    assert in_fire.cards == ("emergency", "child_at_risk")


@pytest.mark.parametrize(
    "said", ["im 45 and my husband hits me", "am 11 ani de cand stau aici", "im 10 minutes away"]
)
def test_a_number_alone_makes_no_child(said: str) -> None:
    assert not is_child(said)


@pytest.mark.parametrize("said", ["im 16 and want to report the bins", "mam 15 lat, śmieci na ulicy"])
def test_a_child_who_speaks_of_no_harm_reports_like_anybody(model: Understanding, said: str) -> None:
    assert is_child(said)
    assert model.read(said).worded == ()


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("i want to die", True),
        ("my mum died and i cant go on", True),
        ("help me i want to die", True),
        ("mąż mnie rzucił, nie chcę żyć", True),
        ("my son says he wants to die", False),
        ("she has taken all her tablets", False),
        ("moja córka pisze że chce się zabić", False),
    ],
)
def test_who_speaks_of_themselves_is_told_from_who_fears_for_another(said: str, own: bool) -> None:
    assert about_oneself(said) is own


def test_a_danger_that_is_no_part_of_the_despair_still_comes_first(model: Understanding) -> None:
    assert model.read("i want to die and the house is on fire").cards == ("emergency", "suicide_selfharm")
    assert model.read("my husband beats me, i want to die").cards == ("suicide_selfharm", "domestic_abuse")


def test_a_threat_to_staff_is_heard_beside_despair() -> None:
    seen = {"suicide_selfharm": True, "radicalisation": True, "n.staff_threat": True}
    kept, _ = cards_for("i want to die and your officer with me", seen, {"suicide_selfharm"}, ())
    assert set(kept) == {"suicide_selfharm", "n.staff_threat"}


def test_what_is_only_likely_takes_no_card_away() -> None:
    seen = {"emergency": True, "suicide_selfharm": False}
    assert cards_for("cannot see a way out", seen, (), ()) == (seen, ())


def test_rape_is_answered_in_words_of_its_own(model: Understanding) -> None:
    read = model.read("i was raped last night")
    assert ("crime_not_asb" in read.cards, read.worded) == (True, ("sexual_assault",))


@pytest.mark.parametrize(
    ("said", "only"),
    [
        ("hide this chat", True),
        ("Please delete my messages now!", True),
        ("hide", True),
        ("ukryj ten czat proszę", True),
        ("delete my data", False),
        ("hide this chat because he looks at my phone", False),
        ("they hide behind the bins", False),
        ("please", False),
    ],
)
def test_the_bare_wish_to_hide_is_told_from_a_story(said: str, only: bool) -> None:
    assert asks_to_hide(said) is only
