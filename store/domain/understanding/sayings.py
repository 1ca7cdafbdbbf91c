"""What people say of time, heat, noise and forms in words of dying and killing: no sign of anything."""

from __future__ import annotations

from store.domain.understanding.said import said
from store.domain.understanding.text import folded_pattern

_LOUD = (
    r"(?:bass|noise|music|racket|din|smell|stink|barking|drilling|heat|stress|parking|back|feet|queue|wait)"
)
_SAYINGS = (
    (
        r"(?:dont|do not|didnt) (?:really )?want to (?:do|fill in|finish|answer) "
        r"(?:this|it|that|the|any of this)(?: form| report| chat| survey| bot| questions?)?(?: any ?more)?"
    ),
    r"(?:dont|do not|didnt) want (?:anyone|anybody|people|my \w+) to (?:know|find out|see)",
    (
        r"kill(?:ing|s|ed)? (?:some |the |a few |a bit of )?(?:time|hours|minutes|vibe|mood|grass|"
        r"plants?|weeds|battery)"
    ),
    (
        r"(?:dying|die|died|dead) (?:of|from|with) (?:laughter|laughing|the heat|heat|boredom|"
        r"embarrassment|shame|thirst)"
    ),
    r"died laughing|dying laughing|(?:dying|die) (?:for a|to know|to see|to hear)|to die for",
    r"(?:bored|sick|tickled|worked) to death|(?:im|i am|we are|were) (?:\w+ )?starving",
    rf"{_LOUD} (?:\w+ ){{0,3}}(?:is |are |s )?killing (?:me|us)",
    r"(?:cant|cannot|can not|couldnt|could not) (?:even |barely )?hear (?:my|our|your)sel(?:f|ves) think",
    r"(?:its|it is|absolute|political|career) suicide|suicide (?:trying|lane|bend)",
    r"zabi\w+ (?:czas|nude)|umiera\w* (?:ze smiechu|z nudow|z goraca|z upalu|z ciekawosci|z glodu)",
    r"nie chce (?:mi sie )?(?:juz )?(?:tego )?(?:robic|wypelniac)(?: tego| formularza)?",
    r"nie chce zeby (?:ktos|ktokolwiek|ludzie) (?:o tym )?(?:sie )?(?:wiedzial\w*|dowiedzial\w*|wiedzieli)",
    r"(?:halas|bas|muzyka|upal) (?:mnie )?(?:zabija|dobija)",
    r"(?:zabija|dobija) mnie (?:ten |ta )?(?:halas|bas|muzyka|upal)",
    r"omor\w* timpul|(?:mor|moare|murim) de (?:ras|cald|caldura|plictiseala|foame|curiozitate|rusine)",
    r"nu (?:mai )?vreau sa (?:mai )?(?:fac|completez) (?:asta|formularul)",
    r"nu vreau sa (?:stie|afle) (?:nimeni|cineva|lumea)",
    r"(?:zgomotul|muzica|basul|caldura) (?:asta )?(?:ma|ne) omoara",
    r"(?:ma|ne) omoara (?:zgomotul|muzica|basul|caldura)",
    r"zabij\w* cas|zabit cas|umir\w* (?:smichy|nudou|vedrem|horkem|hlady)",
    r"(?:uz )?(?:to )?nechc(?:i|em) (?:uz )?(?:to |tohle |toto )?(?:delat|robit|vyplnovat|vyplnat)",
    r"nechc(?:i|em) aby (?:to )?(?:nekdo|niekto|nikdo|nikto) (?:to )?(?:vedel|zjistil|zistil)",
    r"(?:hluk|hudba|basy|horko|teplo) (?:me |nas |ma )?(?:zabiji|zabije|zabija)",
    r"(?:u|zo)mier\w* (?:od |z )?(?:smiechu|nudy|nudou|tepla|hladu)",
    r"вби\w+ час|(?:вмира|помира)\w+ (?:зі|від|з) (?:сміху|спеки|нудьги|голоду|сорому)",
    r"не хочу (?:більше )?(?:це |цього )?(?:робити|заповнювати)(?: це)?",
    r"не хочу щоб (?:хтось|люди) (?:про це )?(?:знав|знали|дізнав\w*)",
    r"(?:шум|музика|бас|спека) (?:мене |нас )?(?:вбиває|добиває)",
    r"вбиває (?:мене |нас )(?:цей |ця )?(?:шум|музика|бас|спека)",
)
_SHAPE = folded_pattern(_SAYINGS)


def without_sayings(text: str) -> str:
    """Return the text without such sayings, folded; as it is where there is none."""
    words = said(text)
    rest = _SHAPE.sub(" ", words)
    return text if rest == words else rest
