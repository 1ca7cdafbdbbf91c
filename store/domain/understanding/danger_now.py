"""Plain signs of danger now, by the kind of danger: 999 comes first, and again for another kind.

Written without accents, as people type, in six languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ATTACK, CRY, HEIGHT = "attack", "cry", "height"


def _aimed(verbs: str, things: str, targets: str) -> tuple[str, ...]:
    """Return "throws things at people" in the orders in which languages say it."""
    return (
        rf"(?:{verbs}) (?:\w+ ){{0,4}}(?:{things}) (?:\w+ ){{0,2}}{targets}",
        rf"(?:{verbs}) (?:\w+ )?{targets} (?:\w+ ){{0,3}}(?:{things})",
        rf"(?:{things}) (?:\w+ ){{0,2}}(?:{verbs}) (?:\w+ ){{0,2}}{targets}",
    )


def _alone(children: str, alone: str, places: str) -> tuple[str, ...]:
    """Return "a small child on its own in the street" in either order."""
    return (
        rf"(?:{children}) (?:\w+ ){{0,5}}(?:{alone}) (?:\w+ ){{0,5}}(?:{places})",
        rf"(?:{children}) (?:\w+ ){{0,5}}(?:{places}) (?:\w+ ){{0,5}}(?:{alone})",
    )


_WEAPON = (
    (
        r"(?:is|are|r|he|she|they|hes|shes|theyre|got|has|with|holding|waving|swinging) (?:\w+ ){0,4}"
        r"(?:knife|machete|axe|gun|sword|bat|hammer|crowbar)"
        r"(?: \w+){0,4} (?:now|at me|at us|at my|outside|here)"
    ),
    r"ma noz|z nozem|are (?:un )?cutit|cu cutit\w*|ma nuz|s nozem|s nozom|має ніж|з ножем",
)
_INJURY = (
    r"(?:stabbed|stabbing|shot) (?:\w+ ){0,3}(?:now|bleeding|help)",
    r"(?:not|isnt|stopped) (?:breathing|waking up|responding)|unconscious|unresponsive",
    r"passed out and|bleeding (?:badly|out|everywhere|a lot)|nie oddycha|krwawi",
    r"nu respira|sangereaza|nedycha|krvaci|krvaca|не дихає|стікає кровю|кров",
)
_FACE = r"(?:me|my (?:face|eye|arm|neck|head|lip|nose|body|leg|back|hand))"
_ATTACK = (
    r"being (?:stabbed|attacked|beaten|robbed|followed|raped)|hostage|raping",
    rf"(?:they|someone|somebody|lads|boys|kids) (?:did|done) this to {_FACE}|look what they did to {_FACE}",
    r"bija go|bije (?:mnie|ja|go)|ma bate|o bate|il bate|bije me|bije ju|bije ho",
    r"бє мене|бє її|бє його|вбє|вбиває|gwalci|violeaza|znasilnuje|ґвалтує|гвалтує|насилує",
)
_WHO = (
    r"(?<!was a )(?<!was some )(?<!was this )(?<!were )"
    r"(?:man|men|woman|bloke|blokes|guy|lad|lads|someone|somebody|strangers?|person|burglars?|intruders?|"
    r"prowler)"
)
_DOING = (
    r"(?:(?:is|s|are|right|now|still|just|here|hiding|standing|sitting|walking|creeping|wandering|lurking|"
    r"prowling|climbing) ){0,3}"
)
_BREAK_IN = (
    r"(?:kicking|smashing|breaking|booting|bashing) (?:\w+ ){0,3}door (?:in|down)",
    r"trying to (?:get|break) in(?:to)?",
    (
        rf"{_WHO} {_DOING}(?:in|inside|around) (?:my|our) (?:back |front )?"
        r"(?:garden|house|home|flat|kitchen|shed|hall|hallway|bedroom|loft|yard)"
    ),
    r"(?:hes|he is|theyre|they are|shes) (?:now |still )?(?:in|inside) (?:my|our) (?:house|flat|home|garden)",
    (
        r"(?:someone|somebody|burglars?|intruders?)(?: is| s)? (?:in|inside) (?:the|this|her|his) "
        r"(?:house|flat|home)"
    ),
    r"(?:trying|rattling|turning|forcing) (?:my|our) (?:\w+ )?(?:doors?|windows?|handle|lock)",
    r"wlamuj\w+ sie|wywaza drzwi|sparge usa|forteaza usa|vylamuj\w+|vykopava\w* dvere|виламу\w+|ламає двері",
    (
        r"(?:ktos|mezczyzna|facet|obcy|zlodziej|wlamywacz) (?:(?:jest|stoi|chodzi|siedzi|teraz) ){0,2}"
        r"(?:w|na|po) (?:moim|mojej|naszym|naszej) (?:ogro\w+|dom\w*|mieszkani\w*|podworku|szopie)"
    ),
    r"(?:ktos|obcy|zlodziej|wlamywacz) (?:jest )?w (?:domu|mieszkaniu)",
    r"(?:szarpie|probuje otworzyc|dobija sie do) (?:\w+ ){0,2}(?:klamk\w*|drzwi\w*)",
    (
        r"(?:cineva|barbat|strain|hot|hoti) (?:(?:e|este|sta|umbla|acum) ){0,2}(?:in|prin) "
        r"(?:curtea|gradina|casa|apartamentul|sopronul) (?:mea|meu|noastra|nostru)"
    ),
    r"(?:e|este) cineva in casa|incearca (?:\w+ ){0,2}(?:usa|clanta)|(?:trage|zgaltaie) de (?:usa|clanta)",
    (
        r"(?:nekdo|niekto|muz|chlap|cizi|cudzi|zlodej|clovek) (?:(?:je|stoji|chodi|sedi|ted|teraz) ){0,2}"
        r"(?:na|v|ve|vo|po) (?:nasi|nasem|nasom|nasej|mem|moji|mojom|mojej) (?:zahrad\w*|dome|byte|dvore)"
    ),
    r"(?:nekdo|niekto|zlodej|cizi|cudzi) (?:je )?(?:u nas|u me|v dome|v byte|doma)",
    r"(?:zkousi|skusa|lomcuje|cloum\w*) (?:\w+ ){0,2}(?:dver\w*|klik\w*|kluck\w*)",
    r"snazi s[ea] (?:otevrit|otvorit) (?:\w+ ){0,2}dvere",
    (
        r"(?:хтось|чоловік|незнайом\w+|злодій|чужий) (?:(?:є|стоїть|ходить|сидить|зараз) ){0,2}(?:у|в|на|по) "
        r"(?:моєму|моїй|нашому|нашій|мене в|мене у|мене на) (?:саду|дворі|подвірї|будинку|хаті|домі|"
        r"квартирі|городі)"
    ),
    r"смика\w* (?:\w+ ){0,2}(?:двер\w*|ручк\w*)(?! машин)|намага\w+ відчинити (?:\w+ ){0,2}двері",
)
_FIRE = (
    (
        r"(?:house|flat|building|car|shed|roof|kitchen|bin|bins|hall|stairs|stairwell)s? "
        r"(?:is |are |s )?(?:on fire|in flames)"
    ),
    r"smoke (?:is )?(?:coming|pouring|billowing)|smell(?:s|ing)? (?:of )?gas",
    r"set (?:\w+ ){0,2}(?:himself|herself|themselves) on fire|pali sie|dym z|arde|ia foc|in flacari|iese fum",
    r"hori|vali se kour|vali sa dym|пожежа|горить|дим із|дим з",
)
JUMP = (
    r"(?:going to|gonna|about to|want to|wanna|ready to) jump"
    r"(?! (?:on|in|into) (?:a|the|my) (?:call|bus|train|shower|bath|car|queue|pool))"
)
_HEIGHT = (
    rf"{JUMP}|(?:on|over) the (?:edge|cliff|railing)s?(?: \w+){{0,3}} (?:jump|climb)",
    (
        r"(?:on|over) the (?:edge|ledge|railings?|parapet|wrong side) (?:\w+ ){0,3}"
        r"(?:multi ?storey|car park|bridge|building|cliffs?|flats|tower|roof)"
    ),
    (
        r"(?:na|za) (?:krawedzi|skraju|barierk\w*|gzymsie) (?:\w+ ){0,2}(?:dachu|mostu|parkingu|klifu|"
        r"budynku|bloku)"
    ),
    r"chce skoczyc|zaraz skoczy|vrea sa (?:sara|se arunce)|gata sa sara|chce skocit|jde skocit|ide skocit",
    r"pe (?:marginea|pervazul|balustrada) (?:\w+ ){0,2}(?:acoperis\w*|pod\w*|parcar\w*|faleze\w*|bloc\w*)",
    r"na (?:okraji|hrane|rimse) (?:\w+ ){0,2}(?:strech\w*|most\w*|utes\w*|budov\w*|parkov\w*|garaz\w*)",
    r"на (?:краю|карнизі|парапеті) (?:\w+ ){0,2}(?:дах\w*|мост\w*|скел\w*|будин\w*|парковк\w*)",
    r"хоче стрибнути|зараз стрибне|збирається стрибати",
)
_SOMEONE_PL = r"(?:ktos|dziecko|czlowiek|chlopak|dziewczyna|on|ona|mezczyzna|kobieta|syn|corka|ludzie)"
_SOMEONE_CS_SK = r"(?:nekdo|niekto|clovek|dite|dieta|kluk|chlapec|holka|dievca|zena|muz|deti|lide|ludia)"
_SOMEONE_UK = r"(?:хтось|людина|дитина|хлопець|дівчина|він|вона|чоловік|жінка|люди|діти)"
_WATER = (
    r"drowning|cut off by (?:the )?(?:tide|sea|water)|(?:stuck|trapped|stranded) (?:\w+ ){0,4}by the tide",
    r"tide (?:\w+ ){0,4}(?:stuck|trapped|cut (?:us|me|them|him|her) off)",
    (
        r"in the (?:sea|water|harbour) (?:\w+ ){0,4}(?:cant|cannot|help|struggling|shouting|screaming|"
        r"waving|going under)"
    ),
    (
        r"(?:struggling|screaming|shouting for help|waving|going under) (?:\w+ ){0,4}in the (?:sea|"
        r"water|harbour)"
    ),
    r"(?:swept|drifting|blown|pulled|dragged|washed|floating) (?:\w+ ){0,2}out to sea",
    r"(?:fell|fallen|pushed) (?:\w+ ){0,2}(?:in|into|off) the (?:sea|harbour|water|pier)",
    r"(?:cant|cannot|can not) swim",
    rf"{_SOMEONE_PL} (?:\w+ ){{0,2}}(?:tonie|tona|topi sie|topia sie)|tone w (?:morzu|wodzie)",
    r"nie (?:umie|umieja|umiem|potrafi\w*) plywac",
    r"(?:odciet\w*|odcial\w*|uwiezil\w*) (?:\w+ ){0,2}przyplyw\w*",
    r"przyplyw (?:\w+ ){0,2}(?:odcial|uwiezil)|w (?:wodzie|morzu) (?:\w+ ){0,4}(?:nie mo[zg]\w+|krzycz\w+)",
    r"se ineaca|ma inec|ne inecam|nu (?:stie|stiu|stim) sa inoat\w*",
    r"(?:izolat|blocat|prins)\w* de (?:maree|flux|mare)",
    r"in (?:apa|mare) (?:\w+ ){0,4}(?:nu pot|nu poate|striga|tipa)",
    rf"{_SOMEONE_CS_SK} s[ea] (?:\w+ )?topi\w*|topim s[ea]|neumi plavat|neumim plavat|nevi\w+ plavat",
    r"nevedia plavat",
    r"(?:odrizl|odreza)\w* (?:\w+ ){0,2}priliv\w*|priliv (?:\w+ ){0,2}(?:odrizl|odreza)\w*",
    r"(?:ve vode|vo vode|v mori) (?:\w+ ){0,4}(?:nemuz\w*|nemoz\w*|krici\w*)",
    rf"{_SOMEONE_UK} (?:\w+ ){{0,2}}тон(?:е|уть)|не вмі\w+ плавати",
    r"(?:відріза\w*|відрізан\w*) (?:\w+ ){0,2}приплив\w*|приплив (?:\w+ ){0,2}відріза\w*",
    r"(?:у|в) (?:воді|морі) (?:\w+ ){0,4}(?:не мож\w+|крич\w+)",
)
_FIREWORKS = (
    *_aimed(
        (
            r"(?<!were )(?<!was )(?:throw|throws|throwing|chucking|lobbing|firing|fire|fires|aiming|"
            r"shooting|shoot|launching|"
            r"letting off|setting off|pointing)|(?:being|getting|are) (?:thrown|fired|aimed|shot)"
        ),
        r"fireworks?|rockets?|bangers?|roman candles?",
        (
            r"(?:at|into|towards?|through) (?:\w+ ){0,2}(?:people\w*|us|me|him|her|them|kids?|child|children|"
            r"houses?|homes?|cars?|bus|buses|dogs?|cats?|horses?|animals?|swans?|gulls?|windows?|doors?|"
            r"letterbox\w*|flats?|gardens?|passers?by|everyone|anyone|someone|each other)"
        ),
    ),
    *_aimed(
        r"(?:rzuca|strzela|odpala)(?:ja|jac)?|celuj[ae]",
        r"petard\w*|fajerwerk\w*|rac\w*|rakiet\w*",
        (
            r"(?:w|we|na|do) (?:\w+ )?(?:ludzi\w*|nas|mnie|dzieci|dom\w*|okn\w*|okien|samochod\w*|auta|ps\w+|"
            r"kot\w*|przechodni\w*)"
        ),
    ),
    *_aimed(
        r"arunca|trag|trage|lanseaza|ochesc",
        r"artificii\w*|petarde\w*|rachete\w*|pocnitori\w*",
        (
            r"(?:in|spre|catre|dupa|la) (?:oameni\w*|noi|mine|copii\w*|cas\w+|masin\w+|caini\w*|pisic\w*|"
            r"ferest\w*|bloc\w*)"
        ),
    ),
    *_aimed(
        r"haz(?:i|eji|ou)|hadz[eu]|stril(?:i|eji)|striela(?:ju)?|odpaluj[eiu]|miri|mieri\w*",
        r"petard\w*|ohnostroj\w*|raket\w*|rachejtl\w*|delobuch\w*",
        (
            r"(?:po|na|do) (?:lid\w+|lud\w+|nas|me|mne|mna|det\w+|dom\w*|okn\w*|okien|oken|aut\w*|ps\w+|"
            r"kock\w*|"
            r"mack\w*|zvir\w*|zvier\w*)"
        ),
    ),
    *_aimed(
        r"(?:кида|стріля|запуска|ціля)(?:є|ють|ючи)",
        r"петард\w*|феєрверк\w*|салют\w*|ракет\w*",
        (
            r"(?:в|у|на|по) (?:люд\w+|нас|мене|діт\w+|будин\w*|вікн\w*|вікон|машин\w*|собак\w*|кот\w*|"
            r"тварин\w*)"
        ),
    ),
)
CHILD_ALONE = (
    *_alone(
        (
            r"toddler|baby|child|(?:little|small|tiny) (?:boy|girl|kid|lad|one)|"
            r"(?:[1-7]|two|three|four|five|six) (?:year|yr) old"
        ),
        (
            r"on (?:his|her|their|its) own|all alone|alone|by (?:him|her|them|it)sel\w+|wandering|lost|"
            r"unsupervised|"
            r"no (?:parents?|adults?|mum|grown ?ups?)|(?:nobody|no ?one) with"
        ),
        r"street|road|pavement|outside|car park|park|beach|alley|traffic|station|bus stop|seafront|promenade",
    ),
    *_alone(
        r"dziecko|niemowle|maluch|mal\w+ (?:chlop\w+|dziew\w+)|\w+letni\w* (?:chlop\w+|dziew\w+)",
        r"samo|sam|sama|bez (?:opieki|rodzicow|doroslych)|blaka sie",
        r"ulic\w+|drodze|jezdni|chodniku|parkingu|dworze|plazy|parku",
    ),
    *_alone(
        r"copil\w*|baietel\w*|fetita|bebelus\w*",
        r"singur|singura|fara (?:parinti|adult\w*|mama)|ratacit\w*|nesupravegheat\w*",
        r"strada|drum\w*|sosea\w*|parcare\w*|trotuar\w*|afara|parc|parcul|plaja",
    ),
    *_alone(
        (
            r"dite|ditko|batole|miminko|chlapecek|holcicka|mal\w+ (?:kluk|holka)|"
            r"dieta|dietatko|batola|babatko|chlapcek|dievcatko"
        ),
        r"samo|same|sam|sama|bez (?:rodic\w+|dozoru|dospel\w*)|ztracen\w*|straten\w*|bloudi|bludi",
        r"ulic\w*|silnic\w*|cest\w*|chodnik\w*|venku|vonku|parkovi\w*|parku|plazi",
    ),
    *_alone(
        r"дитина|дитинка|малюк|немовля|хлопчик|дівчинка",
        r"сам|сама|саме|одна|один|без (?:батьків|нагляду|дорослих)|загуби\w*|заблук\w*",
        r"вулиц\w+|дороз\w*|дорог\w*|тротуар\w*|надворі|парковц\w*|парку|пляжі",
    ),
)
_EXPOSING_NOW = (
    (
        r"(?:flashing(?! \w* ?(?:lights?|headlights?|torch\w*))|exposing (?:him|her)sel\w+|wanking|"
        r"masturbating|"
        r"touching himself|(?:willy|penis|dick|cock|bits|privates) out|pants down|trousers down)"
        r"(?: \w+){0,8} (?:kids?|child|children|girls|boys|school\w*|playground|nursery|daughter|pupils)"
    ),
)
DANGERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "weapon": _WEAPON,
        "injury": _INJURY,
        ATTACK: _ATTACK,
        "break_in": _BREAK_IN,
        "fire": _FIRE,
        HEIGHT: _HEIGHT,
        "water": _WATER,
        "fireworks": _FIREWORKS,
        "child_alone": CHILD_ALONE,
        "exposure": _EXPOSING_NOW,
        CRY: (r"please hurry|pls hurry|call the police|ratunku|dzwoncie|рятуйте",),
    }
)
