"""A threat to staff is more than a complaint about them: it needs a word of violence."""

from __future__ import annotations

from store.domain.understanding.said import said
from store.domain.understanding.text import folded_pattern

_THREATS = folded_pattern(
    (
        (
            r"(?:ill|i will|im gonna|im going to|im coming|were gonna|we will) (?!\w* ?(?:report|complain|"
            r"tell|email|write|call|"
            r"ring|sue|contact|speak|talk|let|ask|see your manager))(?:\w+ ){0,4}(?:you|your|him|her|them)"
        ),
        (
            r"(?:know|found out|knows?) (?:what|which|where|when) (?:\w+ ){0,5}(?:cars?|motor|school|"
            r"drives?|finishes|lives?|"
            r"parks?|bus|works?)|dogs? on|ambulance|police protection|stretcher|walk (?:home|again|out|"
            r"away)|swinging|drag\w*|"
            r"run (?:\w+ ){0,4}over|pa(?:y|id) (?:\w+ )?a visit|coming (?:down|round|for)|be (?:down|round|"
            r"waiting)|a shame|"
            r"headbutt|spit|windows? (?:\w+ ){0,2}(?:through|in)|every window|threw|throw|teeth|jaw|legs|"
            r"mouth|throat|neck|"
            r"follow (?:\w+ ){0,3}home|touch \w+ i touch|glass|put (?:him|her|you|them) (?:in|under|"
            r"through)|nothing (?:left )?to lose|"
            r"ticket (?:\w+ ){0,4}(?:gets|going)|warn(?:ed|ing) you|im warning|look over"
        ),
        (
            r"wiem (?:\w+ ){0,4}(?:autem|samochod\w*|szkol\w*|mieszka\w*)|niech uwaza\w*|uwazaj\w*|psy|"
            r"ostrzeg\w*|zeby|nogi|"
            r"dinti\w*|targa|picioare\w*|sa stiti|cainii|va pare rau|stiu (?:\w+ ){0,3}(?:masin\w*|scoal\w*|"
            r"copi\w*)|"
            r"zuby|nohy|psov|psy|varuj\w*|ohlizej\w*|dava\w* pozor|vim (?:\w+ ){0,3}(?:auto\w*|skol\w*)|"
            r"viem (?:\w+ ){0,3}(?:aut\w*|skol\w*)"
        ),
        (
            r"боляче|морд\w*|ноги|зуби|живим|живою|оглядає\w*|боїться|не забуваю|попереджаю|стережі\w*|"
            r"собак\w*|приїду|прийду|"
            r"знаю (?:\w+ ){0,4}(?:машин\w*|школ\w*|де|їздить)"
        ),
        (
            r"(?:kill|stab|shoot|smash|punch|batter|beat|slap|burn|torch|bomb|hurt|attack|hunt|strangle|"
            r"throttle|"
            r"murder|kick|bash|rape|threat|petrol|acid|kni[fv]|gun|machete|hammer|axe)\w*|bat|deck|lamp|hit|"
            r"die|dead|"
            r"blood\w*|brick|weapon|hospital|fire|grave|coffin|knock\w*|bullet|explo\w*|violen\w*|bury|"
            r"swing for"
        ),
        (
            r"(?:know|find out|found out|see) where (?:\w+ ){1,4}(?:lives?|works?|parks?|drives?)|"
            r"know (?:his|her|your) "
            r"(?:car|address|house|kids|family|home)"
        ),
        (
            r"(?:wait\w*|just wait|wait (?:till|til|until)) (?:\w+ )?(?:for|till|til|until|outside)|"
            r"wait (?:till|til) i|see "
            r"what happens|watch (?:your|their|his|her) back|(?:get|find|come for|coming for|after|"
            r"do) (?:you|him|her|them|"
            r"your \w+|that \w+)|sort (?:\w+ )?out|pay for (?:this|it|that)|make (?:\w+ )?(?:pay|sorry|"
            r"regret)|regret\w*|"
            r"be sorry|better watch|break (?:his|her|your|their|every)|had it coming|last thing|do time|"
            r"next time i see"
        ),
        (
            r"zabi\w*|pobi\w*|zajeb\w*|wpierdol\w*|rozwal\w*|(?:s|pod)pal\w*|noz\w*|wiem gdzie|pozaluj\w*|"
            r"zniszcz\w*|"
            r"dorw\w*|znajd\w*|polam\w*|obij\w*|uderz\w*|krzywd\w*|pocz?eka\w*|zobaczy\w*|zaplac\w*|groz\w*|"
            r"bron\w*|"
            r"pistolet\w*|smier\w*|krew|krwi|morde|ryj|gardl\w*|bomb\w*|siekier\w*|zalatw\w*|przyjd\w*|"
            r"dopad\w*|strzel\w*"
        ),
        (
            r"omor\w*|omoar\w*|ucid\w*|bat|batem|batut\w*|bataie|sparg\w*|rup\w*|cutit\w*|stiu unde|"
            r"regret\w*|ard\w*|"
            r"foc|injunghi\w*|impusc\w*|gasesc|gasim|astept\w*|prind\w*|plat\w*|ameninta\w*|moar\w*|mort\w*|"
            r"sange\w*|"
            r"lov\w*|pumn\w*|bomb\w*|topor\w*|vin dupa|pazeste te|aveti grija|sa vezi|vedeti voi"
        ),
        (
            r"zabi\w*|zmlat\w*|rozbi\w*|podrez\w*|zapal\w*|podpal\w*|nuz\w*|noz\w*|vim kde|viem kde|"
            r"litova\w*|olutuj\w*|"
            r"lutov\w*|pocka\w*|najdu|najdem|zlom\w*|dolam\w*|preraz\w*|znic\w*|zastrel\w*|strel\w*|"
            r"uvidi\w*|vyhro\w*|"
            r"vyhra\w*|umr\w*|zomri\w*|mrtv\w*|krev|krv|nakop\w*|uder\w*|udri\w*|ubliz\w*|dostan\w*|"
            r"zaplat\w*|bomb\w*|"
            r"seker\w*|prijd\w* si|pridem si|posviti\w*|hrob\w*|zbran\w*|pobod\w*|hlavu"
        ),
        (
            r"вб\w*|уб\w*|поб\w*|приб\w*|заріж\w*|поріж\w*|спал\w*|підпал\w*|ніж\w*|нож\w*|знаю де|"
            r"пошкоду\w*|пожалку\w*|"
            r"пожалі\w*|знайд\w*|дочека\w*|чекат\w*|зачека\w*|злама\w*|полама\w*|стріля\w*|застрел\w*|"
            r"погрож\w*|помр\w*|"
            r"кров\w*|поплат\w*|заплат\w*|морду|пику|удар\w*|бомб\w*|сокир\w*|зустрі\w*|прийд\w*|"
            r"шкод\w*|зброя"
        ),
    )
)


def threatens(text: str) -> bool:
    """Tell whether a text has a word of a threat."""
    return bool(_THREATS.search(said(text)))
