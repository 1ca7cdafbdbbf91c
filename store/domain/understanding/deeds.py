"""What somebody does or did just now, in English: told of another day it is a crime, and no emergency.

What is said in other languages stands in `deeds_abroad`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.domain.understanding.danger_now import ATTACK
from store.domain.understanding.deeds_abroad import ABROAD
from store.domain.understanding.text import folded_pattern

OVERDOSE, SILENT, THREAT = "overdose", "silent", "threat"
_KIN = (
    r"(?:son|daughter|brother|sister|mum|mother|dad|father|nan|grandad|wife|husband|partner|boyfriend|"
    r"girlfriend|friend|mate|neighbours?|cousin|uncle|aunt|nephew|niece|boy|girl|lad|kids?|child|children|"
    r"baby|family|carer)"
)
_SOMEBODY = (
    rf"(?:me|us|him|her|them|someone|somebody|people|everyone|(?:my|our|his|their|her) (?:\w+ )?{_KIN}|"
    r"(?:a|an|the|another|this|that|some) (?:(?:old|young|little|elderly|homeless|pregnant) )?"
    r"(?:man|woman|boy|girl|lad|kid|child|bloke|guy|person|lady|driver|passer by|pensioner|teenager))"
)
_DOER = (
    r"(?:he|she|they|hes|shes|theyre|man|men|woman|bloke|guy|lads?|boys?|kids?|someone|somebody|neighbours?|"
    r"burglars?|youths?|teenagers?|stranger|gang|drunk|tenant|landlord|person|people|husband|wife|partner|"
    r"boyfriend|girlfriend|ex|son|daughter|brother|dad|stepdad|mum)"
)
_BLADE = (
    r"(?:knife|knives|blade|machete|axe|hatchet|sword|gun|pistol|rifle|shotgun|handgun|hammer|crowbar|bat|"
    r"screwdriver|crossbow|(?:iron|metal) bar|(?:broken|smashed) (?:bottle|glass)|acid)"
)
_HELD = rf"(?:a |an |the |his |her |their )?(?:(?!toy|water|nerf|plastic|nail|glue|heat|cap)\w+ )?{_BLADE}"
_WEAPON = (
    (
        r"(?:threat\w*|attack\w*|stab\w*|slash\w*|hit|hits|hitting|beat\w*|chas\w*|lung\w+|came|comes|coming|"
        r"went|going|swung|swinging|robbed|assault\w*|whack\w*|smash\w*|struck) "
        rf"(?:at |for |after |towards? |to |up to )?{_SOMEBODY} (?:\w+ )?with {_HELD}"
    ),
    (
        r"(?:pull|point|aim|wav|swing|brandish|hold|flash)(?:s|ed|es|ing|e)? (?:out )?"
        rf"{_HELD} (?:\w+ ){{0,2}}(?:on|at|to|towards|against|in front of) "
        rf"(?:{_SOMEBODY}|(?:my|his|her) (?:throat|face|neck|head|back))"
    ),
    rf"(?:swung|drew|held|pulled|has pulled|pulls) (?:out )?{_HELD}(?: (?:on|at|to))?",
    (
        rf"{_DOER} (?:\w+ )?with an? (?:(?:big|huge|massive|large|kitchen|hand|zombie|air) )?"
        r"(?:knife|machete|axe|gun|pistol|rifle|shotgun|handgun|sword|crossbow)"
    ),
)
_INJURY = (
    rf"(?:stabbed|stabbing|shot|slashed|slashing|knifed|glassed|bottled) {_SOMEBODY}(?! (?:an?|the) look)",
    (
        r"(?:just|now|being|been|getting|got) (?:been |got |being )?(?:stabbed|shot|slashed|knifed|glassed)"
        r"(?! (?:down|of))"
    ),
)
_SAYING = (
    r"(?:(?:just|now|still|has|have|had|is|are|was|were|said|says|say|keeps?|saying|shouting|shouted|"
    r"screaming|screamed|threaten|threatens|threatened|threatening|text|texted|messaged|told|me|us|to|that|"
    r"he|she|they|hes|shes|theyre|hell|theyll|will|ll|would|going|gonna|wants|wanted|want|s|next door|"
    r"upstairs|downstairs|opposite) )"
)
_KILL = r"(?:kill|stab|shoot|murder|knife|behead|strangle|burn|acid)"
_THREAT = (
    (
        rf"(?!mum|dad){_DOER} {_SAYING}{{1,9}}{_KILL} {_SOMEBODY}"
        r"(?! (?:\w+ ){0,6}(?:haha\w*|lol|lmao|one of these days))"
    ),
    rf"threat\w* (?:\w+ )?(?:to|that he will|that she will|hell|theyll) {_KILL} {_SOMEBODY}",
    r"threat\w* to (?:(?:burn|torch|blow up|set fire to|petrol bomb|fire ?bomb) \w+|slit \w+ throat)",
    r"(?:said|says|saying) (?:\w+ ){0,3}(?:slit|cut) my throat",
)
_ATTACKED = (
    (
        r"(?:just|now|being|getting) (?:been |got |being |get )?"
        r"(?:attacked|mugged|robbed|beaten|assaulted|raped|strangled|jumped by)"
    ),
    (
        rf"(?:is|are|s|dogs?|theyre|hes|shes|{_DOER}) (?:attacking|mauling|savaging|strangling|throttling|"
        rf"smothering|suffocating|beating up|kicking|stamping on) (?:{_SOMEBODY}|(?:my|a|another) dog)"
    ),
    rf"(?:dogs?|bulldog|staffy|xl bully|bully) (?:\w+ ){{0,2}}(?:attack|maul|bit)(?:s|ed|ing)? {_SOMEBODY}",
    rf"(?:strangl|throttl|smother|suffocat)(?:es|ed|ing) {_SOMEBODY}",
    rf"{_DOER} (?:\w+ ){{0,2}}chok(?:ing|ed|es) {_SOMEBODY}",
    (
        rf"(?:grab\w*|got|has|holding|held|had|pinned) {_SOMEBODY} (?:\w+ )?by (?:the|my|her|his) (?:throat|"
        rf"neck)"
    ),
    r"(?:his|her) hands? (?:\w+ )?(?:around|round|on) (?:my|her|his) (?:throat|neck)",
    (
        r"(?:woman|girl|lady|female) (?:(?:next door|upstairs|downstairs|outside|opposite) )?"
        r"(?:is |s )?(?:now )?screaming(?! (?:at|every|with laughter|all night))"
    ),
)
_ABDUCTION = (
    (
        r"(?:pull|drag|forc|force|bundl|lur|snatch|grab)(?:s|ed|es|ing|ged|bed|bing|ging|e)? "
        rf"{_SOMEBODY} (?:\w+ ){{0,2}}(?:into|in|to|towards) (?:his|their|her|a|"
        rf"the) (?:\w+ )?(?:car(?! park)|van|vehicle|taxi|lorry)"
    ),
    rf"(?:kidnap|abduct|snatch)(?:ped|ped|ed|ping|ing)? {_SOMEBODY}",
)
_BREAK_IN = (
    (
        r"(?:someone|somebody|man|men|bloke|guy|lads?|burglars?|intruders?|they|theyre|hes|he|people) "
        r"(?:(?:is|are|s|now|currently|outside|trying to|here) ){0,3}break(?:ing)? in(?:to)?"
        r"(?! (?:\w+ ){0,4}(?:every|always|most|each))"
    ),
    r"\A ?(?:hes|he is|theyre|they are|someones|someone is|shes) (?:got )?in(?:side)?(?: now| here)? ?\Z",
)
_FIRE = (
    (
        r"petrol (?:\w+ ){0,2}(?:through|in|into|on|over|down|under|at) (?:me|us|him|her|them|(?:the|my|"
        r"our|her|his|their) "
        r"(?:\w+ ){0,2}(?:letter ?box|door|porch|house|flat|windows?|stairs|hall|shed|fence|doorstep))"
    ),
    r"(?:petrol|fire) ?bomb(?:ed|ing|s)?|molotovs?",
    (
        r"(?:set|sets|setting) (?:fire to )?(?:my|our|her|his|their|the|a|next doors) (?:\w+ )?"
        r"(?:house|flat|door|car|shed|home|building|letterbox|tent)(?: (?:on fire|alight))"
    ),
    r"set(?:ting|s)? fire to (?:my|our|her|his|their|the|a) (?:\w+ )?(?:house|flat|door|home|building|tent)",
    r"(?:smells?|smelling) (?:(?:like|strongly|strong|really|a|lot|of|the) ){0,3}gas|gas leak\w*|gas smell",
)
_WALKER = (
    r"(?:kids?|child|children|boys?|girls?|lads?|teenagers?|youths?|someone|somebody|man|woman|people|person|"
    r"bloke|guy)"
)
_RAILWAY = (
    (
        rf"{_WALKER} (?:(?!work|liv|dump|throw)\w+ ){{0,3}}(?:on|onto|across|along) (?:the )?"
        r"(?:(?:railway|rail|train) (?:lines?|tracks?)|railway|train ?tracks?|live rail|tracks(?= ?\Z|"
        r" near| by))"
    ),
)
_THROWN = (
    r"(?<!were )(?<!was )(?:throw(?:s|ing)?|chuck(?:s|ing)?|lob(?:s|bing)?|drop(?:s|ping)?) (?:\w+ ){0,2}"
    r"(?:bricks?|stones?|rocks?|bottles?|concrete|slabs?|things|objects|scooters?|trolleys?|stuff|eggs?|"
    r"logs?)"
)
_MISSILES = (
    rf"{_THROWN} (?:\w+ ){{0,5}}(?:off|from) (?:the|a) (?:\w+ ){{0,2}}(?:bridge|overpass|flyover|viaduct)",
    (
        rf"{_THROWN} (?:at|on|onto|in front of|into) (?:the )?(?:\w+ )?"
        r"(?:(?:passing|moving|oncoming) \w+|traffic|motorway|dual carriageway|trains?|buses|"
        r"bus(?! (?:shelter|stop|lane)))"
    ),
)
_MANY = (
    r"(?:too many|a lot of|lots of|loads of|all (?:of )?(?:my|her|his|the|their)|a (?:handful|box|packet|"
    r"bottle|load|whole \w+) of|\d{2,}|so many)"
)
_OVERDOSE = (
    (
        rf"(?:taken|took|swallowed|taking) {_MANY} (?:\w+ )?(?:pills|tablets|paracetamols?|"
        rf"ibuprofen|meds|"
        r"medication|medicine|aspirin|antidepressants|insulin|codeine)"
    ),
    (
        r"(?:has|have|had|ive|hes|shes|just|i) (?:just )?(?:taken|took|swallowed) (?:some |"
        r"the )?(?:pills|bleach|"
        r"poison|an? (?:\w+ )?overdose)(?! (?:from|off|out))"
    ),
    r"(?:taken|took|taking) an? (?:\w+ )?overdose|(?:has|have|ive|hes|shes|just) overdosed",
)
_OFF = r"(?: (?:me|you|now|here|right now|please|you well|anything|well))*"
_UNABLE = (
    r"(?:im|i am|were|we are|as i am|because im) (?:\w+ )?(?:deaf|mute|non ?verbal|hard of hearing)",
    r"(?:cant|cannot|can not|unable to|not able to) (?:speak|talk|hear)",
)
_SILENT = (
    rf"\A ?(?:sorry )?(?:i )?(?:{'|'.join(_UNABLE)}){_OFF} ?\Z",
    (
        r"(?:deaf|mute|non ?verbal|hard of hearing|(?:cant|cannot) (?:speak|talk|hear)) (?:\w+ ){0,6}"
        r"(?:999?|112|police|ambulance|emergency)"
    ),
    (
        r"(?:cant|cannot|can not|unable to|not able to) (?:speak|talk|hear) (?:\w+ )?(?:on|over|down|by) "
        r"(?:the |a |my )?(?:phone|telephone|mobile)"
    ),
    (
        r"(?:cant|cannot) (?:talk|speak|ring|call|phone) (?:\w+ ){0,4}(?:he|she|they|hes|shes|theyre|hell) "
        r"(?:\w+ ){0,3}(?:hear|hears|here|listening|next room|in the|there)"
    ),
)
_ENGLISH = {
    "weapon": _WEAPON,
    "injury": _INJURY,
    THREAT: _THREAT,
    ATTACK: _ATTACKED,
    "abduction": _ABDUCTION,
    "break_in": _BREAK_IN,
    "fire": _FIRE,
    "railway": _RAILWAY,
    "missiles": _MISSILES,
    OVERDOSE: _OVERDOSE,
    SILENT: _SILENT,
}
DEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind: (*words, *ABROAD[kind]) for kind, words in _ENGLISH.items()}
)
_ANOTHER_DAY = folded_pattern(
    (
        (
            r"yesterday|(?:last|previous|the other) (?:\w+day|night|week\w*|month|year|summer|winter|spring|"
            r"autumn|christmas|easter|day)|(?:day|week|month|year)s? (?:ago|back)|(?:back )?in 20\d\d|"
            r"used to|"
            r"when i was"
        ),
        r"wczoraj|(?:zeszl|ostatni|poprzedni)\w* (?:noc\w*|tyg\w+|miesia\w+|rok\w*|lat\w*|zim\w*|sobot\w*)",
        r"(?:dni|tygodni\w*|tydzien|miesi\w+|lat|rok\w*) temu|w 20\d\d",
        (
            r"ieri|aseara|(?:noaptea|saptamana|luna|vara|iarna) trecuta|anul trecut|acum \w+ (?:zile|"
            r"saptamani|"
            r"luni|ani)|acum (?:un an|o luna|o saptamana)|in 20\d\d"
        ),
        (
            r"vcera|vcerajsi|minul\w+|vlani|loni|vloni|pred (?:\w+ )?(?:dny|dnami|tydn\w+|tyzd\w+|mesic\w*|"
            r"mesiac\w*|rok\w*|lety)|v roce 20\d\d|v roku 20\d\d"
        ),
        r"вчора|учора|минул\w+|торік|(?:дні|днів|тиж\w+|місяц\w*|рок\w*|рік) тому|у 20\d\d",
    )
)
_NOW = folded_pattern(
    (
        (
            r"now|just|still|again|tonight|today|right now|at the moment|outside|here|(?:is|are|hes|shes|"
            r"theyre) \w+ing"
        ),
        (
            r"teraz|wlasnie|znowu|znow|dzis\w*|acum(?! \w+ (?:zile|saptamani|luni|ani))|tocmai|iar|"
            r"iarasi|azi|"
            r"astazi"
        ),
        r"ted|zase|prave|dnes|teraz|opat|znova|зараз|щойно|знову|сьогодні",
    )
)


def of_another_day(words: str) -> bool:
    """Tell whether folded words tell only of what is past."""
    return bool(_ANOTHER_DAY.search(words)) and not _NOW.search(words)
