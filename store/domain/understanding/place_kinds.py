"""Words that tell where something is, in six languages: kinds of places, prepositions, numbers."""

from __future__ import annotations

import re

from store.domain.understanding.text import folded

_STREETS = """
aldi alley alleyway arcade arm asda atm av ave avenue bank bay beach bloc block blocul blocului blok bloku
bridge bus cafe car carpark cash cashpoint center centre church cl cliff close coop corner court cres
crescent crt ct dr drive dworcu dworzec estate field flat flats gara garage garages garden gardens gdns
green grove harbor harbour high hill hospital hotel house klatce klatka lane library lidl ln lock lockups
machine magazin magazinul mews nadrazi obchod obchodem obchodu parade parc parcul parcului park parku path
pier pl plac place placu plaja playground plaz plaza plazi plazy prom promenade przystanek przystanku pub rd
rec rise road roundabout row school scoala scolii seafront shop shops sklep sklepem sklepu skola skole skoly
sq square st stairwell stanica station stop str strada street surgery szkola szkole szkoly terrace tesco
tower towers ul ulica ulice ulici ulicy underpass vchod vchode view walk way woods yard будинку будинок
вокзал вокзалу вулиця вулиці зупинка зупинці магазин магазином магазину парк парку площа площі пляж пляжі
підїзд підїзді школа школи
"""
STREETS = frozenset(folded(_STREETS).split())
_PREPOSITIONS = """
above across along aproape around at back behind beside between blisko blizko bottom by corner down end fata
from front in inside into kole kolem kolo kousek la langa linga na nad naproti naprzeciwko near nearby next
niedaleko nr obok off okolo on onto opp opposite oproti outside over past pe po pod pred pri przed przy
round spatele sub through to top u under up v ve vedla vedle vizavi w we za zi біля в вздов вздовж від за
коло на навпроти над од перед по поблизу поруч під у
"""
PREPOSITIONS = frozenset(folded(_PREPOSITIONS).split())
ARTICLES = frozenset({"the", "a", "an"})
LOOSE = frozenset({"from", "down", "up"})
"""Prepositions that say little more before an article: "from the beach" is the beach."""
JOINING = PREPOSITIONS | {"of", "z", "ze", "zo", "din", "de", "з", "зі", "do"}
ALONG = frozenset({"down", "over", "along", "round", "around", "up"})
PARTICLES = frozenset({"off", "in"})
"""Words that may belong to the verb before: "going off on Queen Street", "kicked in at the bus stop"."""
AFTERWARDS = frozenset({"again", "too", "now", "znowu", "znow", "iar", "zase", "znova", "zas", "знову"})
MOST_ADJECTIVES = 2
MOST_DIGITS = 3
MOVING = frozenset(
    {"to", "into", "onto", "off", "over", "past", "around", "round", "down", "up", "from", "za", "end", "top"}
)
AHEAD = 4
_ROADS = """
street st road rd lane ln close avenue ave gardens gdns terrace crescent cres mews drive court square sq
grove walk rise
"""
ROADS = frozenset(folded(_ROADS).split())
"""Words that end the name of a road, also where nothing before it says that a place comes."""
OFTEN_SAID = frozenset({"drive", "court", "square", "walk", "rise", "close", "grove"})
"""Those that mean something else too: only a name with a capital letter tells."""
_NO_NAMES = """
my our your his her their this that these those same next whole main long old new front back side one very
so too dead every any other no and or for all is are was
"""
NO_NAMES = frozenset(folded(_NO_NAMES).split())
_NUMBERED = """
flat fl apartment apt ap number no num nr house unit byt byte mieszkanie mieszkania numar numarul cislo кв
квартира будинок
"""
NUMBERED = frozenset(folded(_NUMBERED).split())
HOUSE = re.compile(r"\d{1,3}[a-z]?")
POSTCODE = re.compile(r"ct\d{1,2}|\d[a-z]{2}")
