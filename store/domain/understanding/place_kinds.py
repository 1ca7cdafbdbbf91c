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
JOINING = PREPOSITIONS | {"of", "z", "ze", "zo", "din", "de", "з", "зі", "do"}
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

_AREAS = """
alee aleea alei aleja alejce alley alleyway allotment allotments apartament arm beach bridge byt byte car
carpark cliff cliffs estate field flat flats footpath garages garaje garajelor garaze garazy green harbour
lane layby lockup lockups louce mieszkanie parc parcare parcarea parcul park parking parku path plaja plaza
plazi prom promenade rec roundabout sciezce sciezka site slipway station steps subway track ulicce ulici
uliczce uliczka undercliff underpass woods yard zaulku алеі вулиці гаражами квартира парк парковка парковці
парку пляж пляжі поле полі стежці
"""
AREAS = frozenset(folded(_AREAS).split())
"""Ground that is a place of its own: it stays in front of what it lies by."""
_HOMES = """
balcon balcony balkon balkone balkonie baraku bloc block blocul blocului blok bloku budynku building chodbe
corridor dome door doors doorstep doorway drive driveway drzwi drzwiach dvere hall hallway klatce klatka
korytarzu landing lift lifts lobby porch scara scarii scarile schodach schodech schodoch schodowej staircase
stairs stairwell stairwells usa vchode vchodu vytah vytahu window windows windzie балконі будинку дверях
двері клітці ліфті підїзді сходах
"""
HOMES = frozenset(folded(_HOMES).split())
"""Parts of a building: left out where it is named after them, in whichever way."""
_THINGS = """
banca bench benches bin bins bordura chodnik chodniku cosul cosuri fence fences gard gardul gate gates hedge
hedges jezdni kerb kontajnerov kontajnery kontejneru kontejnery kosz kosze lavicce lavicke lawce lawka lawki
murze obrubniku pavement pavements perete peretele plocie plot plote popelnic popelnice post posts railings
ramp road sciana scianie shelter shelters sign skwerze smietnik smietnika smietniku tomberoane tomberon
trotuar trotuarul verge wall walls zdi zed zid zidul дорозі контейнерів лавки лавці огорожі паркан паркані
смітнику стіна стіні тротуар тротуарі
"""
THINGS = frozenset(folded(_THINGS).split())
"""What stands or lies about: left out where what follows says exactly where."""
_EXACT = """
aproape back before behind beside blisko bottom by corner end fata front kolo langa naproti naprzeciwko near
nearby niedaleko nr obok opp opposite outside poblizu pred pri przed przy spatele top u vedla vedle vizavi
za біля за коло навпроти перед поруч
"""
EXACT = frozenset(folded(_EXACT).split())
"""Prepositions (and what begins them: "in front of", "at the corner of") that say exactly where."""
EDGES = frozenset({"back", "bottom", "corner", "end", "front", "junction", "side", "top"})
_MINE = """
her his mea mei meu moich moim mojej mojho mojim my naseho nasej nasem nasi nasich nasom naszego naszej
naszych naszym noastra noastre nostru our their your мого моєму моїй наших нашого нашому нашій
"""
MINE = frozenset(folded(_MINE).split())
MOTION = frozenset(
    {
        "across",
        "along",
        "around",
        "down",
        "from",
        "into",
        "of",
        "off",
        "onto",
        "past",
        "round",
        "through",
        "up",
    }
)
"""Words that tell how somebody moved there, not where it is."""
AT = frozenset({"in", "on", "at"})
_OPEN = (
    "allotments beach carpark common field flats green grounds park parking playground rec recreation site"
)
OPEN = frozenset(_OPEN.split())
"""Open ground: "in" or "on" before it says nothing more ("in dane park by the swings")."""
_WAYS = """
alley alleyway arm bridge cliff footpath jetty lane layby passage path pavement pier prom promenade ramp
road slipway steps street subway track tunnel twitten underpass verge
"""
WAYS = frozenset(_WAYS.split())
"""Narrow ground on which somebody is: "in" or "on" before it stays."""
_DAYS = """
april august christmas ctvrtek czwartek dark december duminica easter february friday fridays january joi
july june luni march marti miercuri monday mondays nedeli nedelu niedziela niedziele night november october
patek piatek piatok pondeli pondelok poniedzialek sambata saturday saturdays school september sobota sobote
sobotu sroda srode stredu stvrtok summer sunday sundays thursday tuesday utery utorok vineri wednesday
winter wtorek вівторок неділю понеділок пятницю середу суботу четвер
"""
DAYS = frozenset(folded(_DAYS).split())
"""Words that make a time of "on ...", "in ...", "after ..."."""
WHEN = frozenset(folded("after at every in on since until v ve w we в у").split())
