"""Who hurts a partner or a child, as it is plainly said in six languages, folded."""

from __future__ import annotations

_PARTNER = r"(?:husband|boyfriend|partner|ex|bf|wife|girlfriend|fella|fiance|missus|mrs|gf)"
_HURT = r"(?:hit|beat\w*|punch\w*|slap\w*|strangl\w*|chok\w*|kick\w*|attack\w*|threaten\w*|rap\w*|abus\w*)"
ABUSED = (
    rf"{_HURT} (?:up )?by (?:my|her|his|their|the) (?:\w+ )?{_PARTNER}",
    rf"(?:hits?|hitting|{_HURT}) (?:up )?(?:his|her) {_PARTNER}",
    (
        r"(?:scared|frightened|terrified|afraid) (?:\w+ ){0,4}(?:he|she) (?:just )?(?:wont|will not|"
        r"refuses to|"
        r"doesnt|wouldnt) (?:leave|go|get out|let me)"
    ),
    r"(?:bije|bil|pobil|uderzyl|dusi) (?:swoja |swoj\w+ )?(?:zone|dziewczyne|partnerke)",
    r"(?:maz|chlopak|partner) (?:\w+ ){0,2}mnie (?:uderzyl|pobil|dusi|dusil|kopnal)",
    r"(?:uderzona|pobita|bita) przez (?:\w+ )?(?:meza|partnera|chlopaka)",
    r"boje sie (?:\w+ ){0,4}(?:nie chce (?:wyjsc|odejsc|isc)|nie wyjdzie|nie odejdzie)",
    r"(?:sotul|iubitul|partenerul|prietenul) (?:\w+ ){0,3}(?:m a|ma) (?:lovit|batut|bate|strans)",
    r"(?:isi bate|si a batut|isi loveste|si a lovit) (?:sotia|nevasta|iubita|prietena)",
    r"(?:batuta|lovita) de (?:sot\w*|iubit\w*|partener\w*)",
    r"(?:frica|speriata) (?:\w+ ){0,4}nu (?:vrea sa )?(?:plece|pleaca)",
    (
        r"(?:manzel|pritel|priatel|partner|frajer) (?:\w+ ){0,2}(?:me|ma) (?:uhodil|uderil|udrel|zbil|bije|"
        r"skrti|mlati)"
    ),
    r"(?:bije|zbil|uhodil|uderil|udrel|mlati) (?:svou |svoju )?(?:manzelku|pritelkyni|priatelku|zenu)",
    r"bojim s[ea] (?:\w+ ){0,4}(?:nechce (?:odejit|odist|jit|ist)|neodejde|neodide)",
    r"(?:чоловік|хлопець|партнер) (?:\w+ ){0,2}мене (?:вдарив|побив|бє|душить|бив)",
    r"(?:бє|побив|вдарив|бив) (?:свою )?(?:дружину|жінку|дівчину)",
    r"(?:боюс[ья]|страшно) (?:\w+ ){0,4}не (?:хоче (?:йти|піти)|піде|йде|виходить)",
)
"""A partner who hurts, whoever tells of it."""
_TRUSTED = (
    r"(?:teacher|coach|uncle|step ?dad|step ?father|grandad|grandpa|babysitter|tutor|priest|vicar|"
    r"scout leader|"
    r"dad|daddy|father)"
)
_OURS = r"(?:daughter|son|girl|boy|child|kids?|children|granddaughter|grandson|niece|nephew|sister|brother)"
_NUDES = r"(?:nudes?|naked|dick pics?|sexual (?:pictures|messages|photos))"
_SENDS = r"(?:sends?|sending|sent|asks?|asking|asked|messag\w+|wants)"
_PL_TRUSTED = r"(?:nauczyciel\w*|trener\w*|wujek|wuj|ojczym|ksiadz|dziadek|tata|ojciec)"
_RO_TRUSTED = r"(?:profesor\w*|antrenor\w*|unchi\w*|tata vitreg|bunic\w*|preot\w*)"
_CS_TRUSTED = r"(?:ucitel\w*|trener\w*|stryc\w*|stryk\w*|stryda|ujo|otcim|nevlastni otec|deda|dedo|farar)"
_UK_TRUSTED = r"(?:вчител\w*|учител\w*|тренер\w*|дядько|вітчим|дідусь|священик)"
CHILD_HARMED = (
    (
        rf"{_TRUSTED} (?:\w+ ){{0,2}}(?:touch(?:es|ed|ing)|grop\w+|molest\w*) "
        rf"(?:me|her|him|them|my {_OURS})"
    ),
    rf"touch(?:ed|es|ing) (?:up )?my (?:\w+ )?{_OURS}",
    rf"{_SENDS} (?:\w+ ){{0,4}}(?:my|a|the) (?:\w+ ){{0,3}}{_OURS} (?:\w+ ){{0,4}}{_NUDES}",
    rf"{_SENDS} (?:\w+ ){{0,3}}{_NUDES} (?:\w+ ){{0,4}}(?:to|of|from) (?:\w+ ){{0,3}}{_OURS}",
    rf"{_PL_TRUSTED} (?:\w+ ){{0,2}}(?:dotyka|obmacuj|obmacyw|maca)\w*",
    r"dotyka\w* (?:moj\w+ )?(?:cork\w*|synk?a|dzieck\w*)",
    r"(?:wysyla\w*|wyslal\w*) (?:\w+ ){0,4}(?:nagie|rozbierane) (?:zdjecia|fotki)",
    rf"{_RO_TRUSTED} (?:\w+ ){{0,3}}(?:atinge|atins|pipaie|pipait)",
    r"(?:atins|atinge|pipait) (?:pe )?(?:fiica|fata|fiul|baiatul|copil\w*)",
    r"(?:trimite|trimis) (?:\w+ ){0,4}(?:poze|fotografii) (?:nud|goale|dezbracat\w*|cu el dezbracat)",
    rf"{_CS_TRUSTED} (?:\w+ ){{0,2}}(?:saha|sahal|osahav\w*|dotyka|dotykal|chyta|chytal|ohmatav\w*)",
    r"(?:sahal|saha|dotykal|chytal) (?:\w+ )?(?:na )?(?:dceru|dceri|dcery|syna|dite|dieta)",
    r"(?:posila|poslal)\w* (?:\w+ ){0,4}(?:nahe|hole) (?:fotk\w*|fotograf\w*|obrazk\w*)",
    rf"{_UK_TRUSTED} (?:\w+ ){{0,2}}(?:торка|чіпа|маца|лапа)\w*",
    r"(?:торка\w*|чіпа\w*|мацав|лапав) (?:до )?(?:моєї |мою |мого )?(?:доньк\w*|дочк\w*|сина|дитин\w*)",
    r"(?:надсилає|надіслав|шле|відправляє) (?:\w+ ){0,4}(?:голі|інтимні|оголені) (?:фото\w*|знімки)",
)
"""An adult whom a child trusts who touches it, and pictures sent to a child."""
_HOME = r"(?:(?:my )?(?:step ?)?(?:dad|mum|father|mother)|daddy|mummy)"
CHILD_SAYS = (
    rf"(?:my )?{_TRUSTED} (?:\w+ )?(?:touches|is touching|keeps touching|kisses) me",
    rf"{_HOME} (?:always |keeps )?(?:hits|beats|hurts|punches|slaps|hitting|beating|hurting) me",
    (
        r"(?:tata|tatus|tato|mama|mamusia|ojczym) (?:znowu |znow )?mnie bije|bije mnie (?:tata|tatus|mama|"
        r"ojczym)"
    ),
    r"(?:tata|tati|taticul|mama|mami) (?:iar )?ma bate|ma bate (?:tata|tati|mama|mami)",
    (
        r"(?:tata|tatka|tatinek|mama|maminka|otcim) (?:zase )?me (?:bije|mlati)|bije me (?:tata|mama|"
        r"maminka|otcim)"
    ),
    (
        r"(?:ocko|ocino|tato|tatko|otec|mama|mamka|otcim) (?:zase )?ma (?:bije|mlati)|bije ma (?:ocko|tato|"
        r"otec|mama)"
    ),
    (
        r"(?:тато|татко|мама|вітчим|батько) (?:знову )?мене бє|мене бє (?:тато|татко|мама|вітчим)|"
        r"(?:тато|мама|вітчим) бє мене"
    ),
    rf"(?:{_PL_TRUSTED} (?:\w+ )?mnie (?:dotyka|obmacuje)|{_RO_TRUSTED} ma (?:atinge|pipaie))",
    (
        rf"(?:{_CS_TRUSTED} (?:\w+ )?(?:na )?(?:me|ma) (?:saha|osahava|dotyka|chyta)|"
        rf"{_UK_TRUSTED} (?:\w+ )?мене (?:торкається|чіпає|мацає))"
    ),
)
"""What a child says of its own home or of a grown-up: few adults do, and they say how old they are."""
ADULT = (
    r"(?:im|i am) (?:1[89]|[2-9]\d)|my (?:husband|wife|kids|children|boyfriend|girlfriend|flat|tenant)|mam "
    r"(?:1[89]|[2-9]\d) lat|am (?:1[89]|[2-9]\d) (?:de )?ani|je mi (?:1[89]|[2-9]\d)|мені (?:1[89]|[2-9]\d)"
)
