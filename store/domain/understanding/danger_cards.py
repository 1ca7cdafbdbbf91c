"""Plain signs of what the other safety cards are for, by card; written like those of danger now."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.domain.safety_text import SEXUAL_ASSAULT
from store.domain.understanding.danger_now import CHILD_ALONE, JUMP
from store.domain.understanding.deeds import DEEDS, OVERDOSE
from store.domain.understanding.harm import ABUSED, CHILD_HARMED, CHILD_SAYS
from store.domain.understanding.watched import WATCHED_PHONE, WISH_TO_HIDE

SUICIDE = (
    r"kill (?:my|him|her)self|end (?:it all|my life|things)|want to die|wanna die|wants to die",
    r"dont want to (?:live|be here|wake up)|suicid\w*|better off without me|better off dead",
    r"(?:taken|took|swallowed) (?:\w+ ){0,3}(?:tablets|pills|overdose)|overdose\w*|self ?harm\w*",
    r"cutting (?:my|her|him)self|no reason to live|cant go on(?: like this)?",
    r"goodbye (?:everyone|forever)|nie chce (?:mi sie )?(?:juz )?zyc|zabi\w* sie|samoboj\w*|chce umrzec",
    r"odebrac sobie zycie|skonczyc ze soba|polkn\w+ tabletki|sinucid\w*|nu mai vreau sa traiesc",
    r"vreau sa mor|sa ma omor|a luat (?:\w+ ){0,2}pastile|sebevra\w*|samovra\w*|nechci (?:uz )?zit",
    r"nechcem (?:uz )?zit|zabij\w* se|zabij\w* sa|chci (?:umrit|zemrit)|chcem (?:umriet|zomriet)",
    r"snedl\w* prasky|zjed\w+ tabletky|самогуб\w*|не хочу (?:більше )?жити|хочу (?:померти|вмерти)",
    r"накласти на себе руки|покінчити (?:з собою|з життям)|наков\w+ таблет\w*|вбю себе|вбити себе",
    rf"nothing to live for|(?:i|im|i am|ill) {JUMP}|nu mai am pentru ce (?:sa )?trai\w*",
    r"(?:strans|adunat) (?:\w+ ){0,2}pastile\w*",
    *DEEDS[OVERDOSE],
)
_ABUSE = (
    (
        r"(?:my )?(?:husband|boyfriend|partner|ex|bf|wife|girlfriend|fella|stepdad) (?:\w+ ){0,3}"
        r"(?:hit|hits|beats|beat|punched|punches|strangled|choked|kicked|threatens|hurts|controls)"
    ),
    r"(?:hits|beats|hurts|chokes|strangles) me",
    r"(?:woman|girl|wife|she) (?:\w+ ){0,4}(?:crying|screaming|begging) (?:\w+ ){0,3}(?:stop|help)",
    r"scared of my (?:husband|partner|boyfriend|ex)|maz mnie bije|bije zone|bije mnie",
    r"partner mnie bije|sotul (?:meu )?ma bate|ma bate sotul|isi bate (?:sotia|nevasta)",
    r"manzel me bije|bije manzelku|manzel ma bije|чоловік (?:мене )?бє|бє (?:дружину|жінку)",
    r"boje sie (?:\w+ )?(?:meza|partnera)",
    r"frica de (?:sot\w*|iubit\w*)|bojim s[ea] (?:\w+ )?(?:manzela|partnera)",
    r"боюс[ья] (?:свого )?(?:чоловіка|партнера)",
    # What stands under the picture of an injured face.
    (
        r"(?:he|she) (?:did|has done|done) (?:this|that) to (?:me|my (?:face|eye|arm|neck|head|lip|nose))|"
        r"(?:look|see) what (?:he|she) (?:did|has done|done) to (?:me|my (?:face|eye|arm|neck|head|lip|"
        r"nose))|"
        r"(?:he|she) gave me (?:a |this )?black eye|this is what (?:he|she) did to me"
    ),
    r"\A ?(?:look|see|this is) what (?:he|she|hes|shes) (?:did|done) ?\Z|\A ?(?:he|she) did this ?\Z",
    r"(?:on|ona|maz) mi to zrobil\w*|(?:zobacz|patrz|popatrz)\w* co (?:on )?mi zrobil|to on mi zrobil",
    r"(?:uite|uitati|uitati va) ce mi a facut|(?:el )?mi a facut asta",
    r"(?:to|tohle|toto) mi (?:udelal|urobil|spravil) (?:on|manzel|partner)",
    r"on mi to (?:udelal|urobil|spravil)",
    r"(?:podivej|podivejte|pozri|pozrite|koukni)(?: se| sa)? co mi (?:udelal|provedl|urobil|spravil)",
    r"(?:дивіться|подивіться|дивись|подивись) що він (?:мені |зі мною )?зробив",
    r"він (?:мені це|це мені) зробив",
    *ABUSED,
    *WATCHED_PHONE,
    *WISH_TO_HIDE,
)
_EXPOSED_EN = (
    r"flash(?:ed|es|ing)(?! \w* ?(?:lights?|headlights?|torch\w*))|expos(?:ed|es|ing) (?:him|her)sel\w+|"
    r"wanking|"
    r"masturbat\w+|touching himself|(?:show\w*|got|getting|had|has) (?:\w+ ){0,3}(?:willy|penis|dick|cock|"
    r"privates|"
    r"private parts)|(?:willy|penis|dick|cock|bits) out|pants down|trousers down|naked"
)
_EXPOSED = (
    r"obnaz\w+ sie|ekshibicjonist\w*|masturb\w+|onaniz\w+|exhibitionist\w*|"
    r"(?:aratat|arata|scos) (?:\w+ ){0,2}(?:penis\w*|organ\w*)|obnazuj\w*|obnazil\w*|exhibicionist\w*|"
    r"onanuj\w*|"
    r"(?:pokazuje|pokazal|ukazuje|ukazal) (?:\w+ ){0,2}(?:penis\w*|genital\w*|prirozeni|prirodzenie|"
    r"przyrodzenie)|"
    r"оголю\w+|оголив\w*|ексгібіціоніст\w*|мастурбу\w+"
)
_YOUNG_EN = r"(?:kids?|child|children|girls?|boys?|school\w*|playground|nursery|daughter|son|pupils|year old)"
_YOUNG = (
    r"(?:dziec\w*|szkol\w*|dziewczyn\w*|chlop\w+|cor[ck]\w*|copi\w+|scoal\w*|fetit\w*|fete\w*|loc de joaca|"
    r"det\w+|dit\w+|diet\w+|skol\w*|holk\w*|holc\w*|dievc\w*|chlapc\w*|dcer\w*|hrist\w*|ihrisk\w*|"
    r"діт\w+|дитин\w*|школ\w*|дівчат\w*|дівчинк\w*|хлоп\w+|дочк\w*|доньк\w*|майданчик\w*)"
)
_CHILD = (
    r"(?:kid|child|baby|boy|girl|toddler)s? (?:\w+ ){0,6}(?:bruise\w*|starving|left alone)",
    *CHILD_ALONE,
    *CHILD_HARMED,
    *CHILD_SAYS,
    rf"(?:{_EXPOSED_EN})(?: \w+){{0,8}} {_YOUNG_EN}|{_YOUNG_EN} (?:\w+ ){{0,8}}(?:{_EXPOSED_EN})",
    rf"(?:{_EXPOSED}) (?:\w+ ){{0,8}}{_YOUNG}|{_YOUNG} (?:\w+ ){{0,8}}(?:{_EXPOSED})",
)
_CRIME = (
    r"flashed (?:at )?(?:me|us|her|my \w+)|exposed (?:him|her)self|indecent exposure|masturbating",
    r"obnaz\w+ sie|ekshibicjonist\w*|exhibitionist\w*|exhibicionist\w*|obnazoval s[ea]|ексгібіціоніст\w*",
)
_SEXUAL = (
    r"raped|raping|rapist|(?<!oilseed )rape(?! (?:field|seed|oil|crop))",
    r"sexual(?:ly)? (?:assault\w*|abus\w*|attack\w*)|(?<!non )molest\w*|grop(?:ed|ing)|spiked my drink",
    r"touche[sd] me (?:up|down there|sexually|where|inappropriately)|forced (?:me|her|him) to have sex",
    r"had sex with me (?:when|while|without)|put his hands? (?:up|down) my (?:skirt|top|trousers|dress)",
    r"zgwalc\w*|gwalt(?:u|em|cie|y|ciciel\w*)?|gwalc\w*|(?:dotyka|dotykal|obmacyw\w*|obmacal\w*) mnie",
    r"(?:przemoc|napasc) seksualn\w*|wykorzystal\w* (?:mnie )?seksualnie",
    r"(?:am fost|a fost|m a|a|au) violat[a-z]{0,2}|violul|un viol|violeaza|violator(?:ul)?|pipait\w*",
    r"(?:agres|abuz|hartui)\w* sexual\w*",
    r"znasiln\w*|sexualn\w+ (?:nasili\w*|napad\w*|zneuz\w*|obtez\w*|obtaz\w*)|osahav\w*|ohmatav\w*",
    r"зґвалт\w*|згвалт\w*|ґвалту\w+|гвалту\w+|сексуальн\w+ (?:насил\w*|напад\w*|домаган\w*)|лапав мене",
)
_CALLED = r"(?:call\w*|shout\w*|scream\w*|yell\w*|said|says|wrote|written|painted|sprayed|abuse)"
_HATE = (
    r"pakis?|nigg(?:er|a)s?|ragheads?|towelheads?|kikes?|fagg?ots?|trann(?:y|ies)|poofters?|batty ?boys?",
    (
        rf"{_CALLED} (?:\w+ ){{0,6}}(?:gypp?os?|pikeys?|spastics?|spaz|retards?|wogs?|yids?|mongs?|"
        rf"poofs?|dykes?)"
    ),
    (
        r"go back to (?:\w+ ){0,2}(?:country|poland|romania|africa|pakistan|india|ukraine|"
        r"where (?:you|u|we|they|i) (?:came|come|are|belong))"
    ),
    (
        r"(?:polish|foreign|romanian|muslim|black|jewish|gypsy|ukrainian|asian|immigrant) "
        r"(?:scum|bastards?|vermin|cunts?|bitch\w*)"
    ),
    (
        r"(?<!not )(?:racist|racially|homophobic|transphobic|islamophobic|antisemitic) (?:abus\w*|"
        r"names?|slurs?|attack\w*)"
    ),
    r"ciapat\w*|ciapak\w*|czarnuch\w*|szmatoglow\w*|banderow(?:iec|ka|cy|cu|ko)|kacap\w*|pedal(?:em|e|ami)",
    (
        r"(?:ty|jeban\w+|pierdolon\w+|brudn\w+|smierdz\w+) (?:pedal\w*|zyd\w*|cygan\w*|arab\w*|"
        r"ukrain\w*|polak\w*|rumun\w*)"
    ),
    (
        r"(?:wracaj\w*|wynos\w* sie|wypierdalaj\w*|spadaj\w*|jedz) (?:\w+ ){0,2}"
        r"(?:do siebie|do swojego kraju|do polski|na ukraine|do rumunii|do afryki)"
    ),
    r"cioroi\w*|bozgor\w*|jidan\w*|poponar\w*",
    r"(?:imputit\w*|jegos\w*|borat\w*) (?:de )?(?:tigan\w*|roman\w*|strain\w*)",
    r"(?:tigan\w*|romani|strain\w*) (?:imputit\w*|jegos\w*|borat\w*)",
    (
        r"(?:du te|duceti va|plecati|pleaca|intoarce te|intoarceti va|mars) (?:\w+ ){0,2}"
        r"(?:in tara (?:ta|voastra)|de unde (?:ai|ati) venit)"
    ),
    (
        r"(?:spinav\w*|smradlav\w*|zasran\w*|zasrat\w*|hnusn\w*) (?:cikan\w*|cigan\w*|cizin\w*|cudzin\w*|"
        r"polak\w*|"
        r"slovak\w*|ukrajin\w*|zid\w*|arab\w*|cech\w*|rumun\w*|madar\w*)"
    ),
    r"cigos\w*|cmoud\w*|buzerant\w*|buzn\w*|buzik\w*|teplous\w*|teplos\w*|negrem|ty negre|negrom",
    (
        r"(?:vrat\w*|tahn\w*|tahaj\w*|jdi|jdete|chod\w*|vypadn\w*|bez) (?:\w+ ){0,2}"
        r"(?:do sve zeme|do svojej krajiny|do vlastni zeme|do vlastnej krajiny|tam odkud|odkud jsi|odkial si)"
    ),
    r"чорножоп\w*|чурк(?:а|и|ою|ами)|жид(?:и|ом|ам|яра|івськ\w+)?|підарас\w*|підор\w*|педик\w*",
    (
        r"(?:забирай\w*|їдь|їдьте|повертай\w*|вертай\w*|геть|вали|йди|йдіть) (?:\w+ ){0,2}"
        r"(?:(?:у|в) свою країну|до своєї країни|звідки (?:приїха\w+))"
    ),
)
_MISSING = (
    (
        r"(?:son|daughter|mum|dad|nan|grandad|child|kid|boy|girl|husband|wife|brother|sister) "
        r"(?:\w+ ){0,4}(?:is |gone |has gone )?missing"
    ),
    r"missing person|hasnt come home|didnt come home|not come home|zagin\w+|nie wrocil\w* do domu",
    r"disparut\w*|nu s-a intors acasa|ztratil\w* se|nevratil\w* (?:se|sa)|stratil\w* sa|зник\w*",
    r"пропа\w+ (?:дитина|син|дочка|мама|батько)",
)
CARDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "suicide_selfharm": SUICIDE,
        "domestic_abuse": _ABUSE,
        "child_at_risk": _CHILD,
        "missing_person": _MISSING,
        "hate_crime": _HATE,
        "crime_not_asb": (*_CRIME, *_SEXUAL),
        SEXUAL_ASSAULT: _SEXUAL,
    }
)
"""By the code of the card; the last is one in words of its own (`safety_text.WORDED`)."""
