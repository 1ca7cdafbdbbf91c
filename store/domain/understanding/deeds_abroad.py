"""What `deeds` holds, in Polish, Romanian, Czech, Slovak and Ukrainian, folded, by the same kinds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PL_WITH = r"(?:nozem|maczeta|siekiera|mlotkiem|pistoletem|bronia|kijem|palka|tasakiem|lomem)"
_RO_WITH = r"(?:cutit\w*|maceta|topor\w*|ciocan\w*|pistol\w*|arma|bata|sabie|ranga)"
_CS_WITH = (
    r"(?:nozem|nozom|macetou|sekerou|sekyrou|kladivem|kladivom|pistoli|pistolou|zbrani|zbranou|palkou|tyci|"
    r"tycou|mecem|mecom)"
)
_CS_DRAWN = r"(?:nuz|noz|macetu|sekeru|sekyru|pistoli|pistol|zbran)"
_UK_WITH = r"(?:ножем|мачете|сокирою|молотком|пістолетом|зброєю|битою|палицею|кийком)"
_WEAPON = (
    (
        r"(?:groz|zagroz|atak|zaatak|rzuc|uderz|pobi|bij|dzgn|wymachuj|mach|celuj|celowa|mierz|goni|bieg|"
        rf"straszy)\w* (?:\w+ ){{0,4}}{_PL_WITH}"
    ),
    r"(?:wyciagnal|wyciagnela|wyjal|wyciaga) (?:\w+ ){0,3}(?:noz|maczete|pistolet|bron|siekiere)",
    (
        r"(?:facet|mezczyzna|ktos|czlowiek|chlop\w*|gosc) (?:\w+ )?z (?:nozem|maczeta|bronia|pistoletem|"
        r"siekiera)"
    ),
    rf"(?:amenint|atac|lov|injung|alearg|fugar|taiat)\w* (?:\w+ ){{0,4}}cu (?:(?:un|o) )?(?:\w+ )?{_RO_WITH}",
    r"(?:scos|scoate|tras) (?:\w+ ){0,2}(?:cutit\w*|pistol\w*|arma|maceta|topor\w*|sabie)",
    r"(?:barbat\w*|tip|om|cineva|baiat|vecinul) (?:\w+ )?cu (?:un |o )?(?:cutit|pistol|arma|maceta|topor)",
    (
        r"(?:vyhroz|vyhraz|hroz|napad|utoc|zautoc|hon|nahan|uder|udrel|bodl|bodn|pobod|mav|ohan|mir|mier)\w* "
        rf"(?:\w+ ){{0,4}}{_CS_WITH}"
    ),
    rf"(?:vytahl|vytahla|vytahuje|vytiahol|vytiahla|vytasil|vytasila) (?:\w+ ){{0,3}}{_CS_DRAWN}",
    rf"(?:muz|chlap|nekdo|niekto|clovek|kluk|chlapec|soused|sused) (?:\w+ )?(?:s|se|so) {_CS_WITH}",
    (
        r"(?:погрож|напа|кида|кину|удар|вдар|женеться|гна|маха|ціли|поріза|різа)\w* (?:\w+ ){0,4}"
        rf"{_UK_WITH}"
    ),
    r"(?:витяг\w*|дістав|дістала|дістає|вийняв) (?:\w+ ){0,3}(?:ніж|ножа|пістолет|сокиру|зброю)",
    r"(?:чоловік|хтось|людина|хлопець|сусід) (?:\w+ )?(?:з|із|зі) (?:ножем|пістолетом|зброєю|сокирою|мачете)",
)
_INJURY = (
    r"dzgnal\w*|dzgneli|pchnal nozem|postrzelil\w*|injunghi\w*|(?:a|au) impuscat",
    r"pobodal\w*|postrelil\w*|підстрелил\w*|порізали (?:мого|мою|мене|його|її|людину)",
)
_THREAT = (
    (
        r"(?:groz|powiedzial|mowi|krzycz|odgraza)\w* (?:\w+ ){0,4}(?:zabije|zabija|zadzga|zarznie|zastrzeli|"
        r"potnie|smierci\w*|zabiciem)"
    ),
    (
        r"(?:ameninta\w*|zis|zice|spus|spune|striga) (?:\w+ ){0,4}(?:omoar\w*|omor\w*|ucid\w*|injunghi\w*|"
        r"impusc\w*|cu moartea)"
    ),
    (
        r"(?:vyhroz|vyhraz|hroz|rekl|rika|povedal|hovori|krici|kricel|krical)\w* (?:\w+ ){0,4}(?:zabij\w+|"
        r"podreze|zastreli|zabit\w*|ubodne|bodne|zapichne|smrti|smrtou)"
    ),
    (
        r"(?:погрож|каже|сказа|крич|обіця)\w* (?:\w+ ){0,4}(?:вбити|вбє|вбю|убє|убити|зарізати|заріже|"
        r"застрелить|вбивством|убивством)"
    ),
)
_ATTACKED = (
    r"(?:wlasnie|przed chwila) (?:\w+ ){0,3}(?:napad|zaatak|pobi|okrad)\w*|(?:dusi|dusil) (?:mnie|ja|go)",
    (
        r"(?:napad|zaatak|pobi)\w* mnie (?:wlasnie|przed chwila|teraz)|(?:zlapal|trzyma|"
        r"chwycil)\w* (?:\w+ )?za gardlo"
    ),
    r"(?:on|ona|maz|facet|ktos|sasiad|partner) (?:\w+ ){0,2}(?:dusi|dusil)",
    r"(?:pies|psy) (?:\w+ ){0,3}(?:atakuj|gryz)\w* (?:\w+ )?(?:ludzi|czlowieka|dziecko|kogos|mnie|kobiete)",
    (
        r"(?:kobieta|dziewczyna|sasiadka) (?:\w+ ){0,3}krzyczy(?! na)|krzyk\w* kobiety|"
        r"sie (?:\w+ )?szarpi\w+ z kobieta"
    ),
    r"(?:tocmai|chiar acum|adineauri) (?:\w+ ){0,4}(?:atacat|batut|jefuit|talharit)\w*",
    r"(?:strange|strans|prins|apucat|luat|tine|tinut) (?:\w+ )?de gat|(?:ma|o|il) (?:sugruma|stranguleaza)",
    r"caini?\w* (?:\w+ ){0,2}(?:ataca|musca) (?:\w+ )?(?:oameni|cineva|un om|un copil|o femeie|copii)",
    r"(?:femeie|femeia|o fata|vecina) (?:\w+ ){0,3}(?:tipa|urla)(?! la (?:mine|noi|copi|el))",
    r"(?:prave|zrovna|pred chvili|pred chvilou) (?:\w+ ){0,4}(?:napad|prepad|zbil|okrad)\w*",
    r"(?:skrti|skrtil|rdousi) (?:me|ma|ji|ju|ho|svou|svoju|zenu)|(?:me|ma|ji|ju|ho) (?:skrti|skrtil|rdousi)",
    r"(?:chytil|chytl|drzi|schmatol) (?:\w+ ){0,2}(?:pod krkem|pod krkom|pod krk|za krk|za hrdlo)",
    (
        r"(?:pes|psi|psy) (?:\w+ ){0,2}(?:utoci|napad\w*|hryz\w*|kouse|kousou) (?:\w+ ){0,2}(?:lid\w*|ludi|"
        r"cloveka|"
        r"nekoho|niekoho|dite|dieta|me|ma|zenu)"
    ),
    r"(?:zena|holka|sousedka|suseda|dievca) (?:\w+ ){0,3}(?:krici|jeci|vrieska|rve)(?! na)",
    (
        r"(?:щойно|тільки що) (?:\w+ ){0,4}(?:напа|поби|пограбува)\w*|(?:напа|поби)\w+ щойно|(?:напа|"
        r"поби|пограбува)\w+ щойно|"
        r"схопи\w* (?:\w+ )?за горло"
    ),
    r"(?:мене|її|його) (?:душить|душив)|(?:душить|душив) (?:мене|її|його)|(?:він|хтось|сусід) душить",
    (
        r"(?:собака|пес|собаки) (?:\w+ ){0,2}(?:напада|куса|гриз)\w* (?:\w+ )?(?:люд\w*|когось|дитин\w*|"
        r"мене|жінк\w*)"
    ),
    r"(?:жінка|дівчина|сусідка) (?:\w+ ){0,3}(?:кричить|верещить)(?! на)",
)
_ABDUCTION = (
    r"(?:wciagn|wciag|porwa|wepchn)\w* (?:\w+ ){0,5}do (?:auta|samochodu|busa|vana)",
    r"(?:probowal|probuje|chcial)\w* (?:\w+ ){0,2}porwac",
    (
        r"(?:tras|traga|trage|impins|impinga) (?:\w+ ){0,5}in (?:masina|duba)|(?:incerc|"
        r"vrut)\w* (?:\w+ ){0,3}rap\w+"
    ),
    r"(?:zatahn|tahl|tahal|vtahn|vtiahn|stiahn|zatiahn|unes)\w* (?:\w+ ){0,4}do (?:\w+ )?(?:auta|dodavky)",
    r"(?:snazil|pokusil|chtel|chcel|zkousel)\w* (?:\w+ ){0,3}(?:unest|uniest)",
    r"(?:затяг|тягн|заштовх|посадити)\w* (?:\w+ ){0,4}(?:в|у|до) (?:\w+ )?(?:машин\w*|авто|автівк\w*|бус\w*)",
    r"(?:намага\w*|хотів|хотіли) (?:\w+ ){0,2}викра\w*",
)
_BREAK_IN = (
    r"sie (?:\w+ )?wlamuj\w+|(?:cineva|hot\w*) (?:\w+ ){0,3}(?:sparge|sparg|forteaza)",
    (
        r"(?:vlama|vlamava|vlamuje|vloupava|dobyva) s[ea]|s[ea] (?:\w+ )?(?:vlama|vlamava|vlamuje|vloupava|"
        r"dobyva)"
    ),
    r"вламу\w*ться|(?:хтось|злодії|вони|чоловік) (?:\w+ ){0,2}(?:вламу\w*|вдира\w*|ламиться|ломиться)",
)
_FIRE = (
    (
        r"(?:wlal|wlew|obla|polal|rozla)\w* (?:\w+ ){0,3}benzyn\w*|benzyn\w* (?:\w+ ){0,3}(?:drzwi|"
        r"skrzynk\w*|otwor\w*)"
    ),
    r"podpala(?:ja|l|la)? (?:\w+ )?(?:dom|drzwi|blok|auto|samochod|mieszkanie)|molotov\w*|molotow\w*",
    r"(?:czuc|czuj[ea]|zapach|wyciek|ulatnia sie) (?:\w+ )?gaz\w*|(?:smierdzi|pachnie|zalatuje) gazem",
    r"(?:turnat|toarna|aruncat|varsat) (?:\w+ ){0,2}benzina|benzina (?:\w+ ){0,3}(?:usa|cutia postala|casa)",
    r"(?:da|dat|dau) foc (?:la )?(?:\w+ )?(?:cas\w+|us[ai]|masin\w*|bloc\w*|apartament\w*)",
    r"miroase (?:\w+ )?(?:a )?gaz\w*|miros (?:\w+ )?de gaz\w*|scurgere de gaz\w*|simt (?:miros de )?gaz\w*",
    (
        r"(?:nalil|naleje|lije|polil|vylil|lial|polieva)\w* (?:\w+ ){0,3}benzin\w*|"
        r"benzin\w* (?:\w+ ){0,3}dver\w*"
    ),
    r"(?:zapalil|zapaluj|podpal)\w* (?:\w+ ){0,2}(?:dum|dom|byt|dvere|auto|barak)",
    (
        r"(?:citim|citit|cejtim|smrdi|unika|zapach|unik|uniku) (?:\w+ )?plyn\w*|plyn (?:\w+ )?(?:citim|"
        r"citit|unika)"
    ),
    r"(?:налив|налили|ллє|облив|полив)\w* (?:\w+ ){0,3}бензин\w*|бензин\w* (?:\w+ ){0,3}(?:двер|скриньк)\w*",
    r"підпалю\w* (?:\w+ )?(?:будинок|квартиру|двері|машину|дім)|молотова",
    (
        r"(?:пахне|тхне|смердить|відгонить) (?:\w+ )?газом|(?:запах|витік) газу|(?:чую|чути|"
        r"чуємо) (?:запах )?газу?"
    ),
)
_RAILWAY = (
    r"(?:dzieci\w*|ktos|mlodziez|chlopcy|ludzie|czlowiek|facet) (?:\w+ ){0,3}na (?:torach|tory|torowisku)",
    r"(?:copii\w*|cineva|tineri\w*|om|baieti\w*) (?:\w+ ){0,3}pe (?:calea ferata|sine\w*|linia de tren)",
    (
        r"(?:deti|nekdo|niekto|kluci|chlapci|lide|ludia|clovek|mladez) (?:\w+ ){0,3}(?:na|v) (?:kolej\w+|"
        r"kolaj\w+|"
        r"zeleznici|trati)"
    ),
    r"(?:діти|хтось|підлітки|хлопці|люди|людина) (?:\w+ ){0,3}на (?:коліях|колії|рейках|залізниці|рейки)",
)
_MISSILES = (
    r"rzuca\w* (?:\w+ ){0,5}z (?:mostu|wiaduktu|kladki)|z (?:mostu|wiaduktu|kladki) (?:\w+ ){0,3}rzuca\w*",
    r"arunc\w* (?:\w+ ){0,5}de pe (?:pod\w*|pasarel\w*|viaduct\w*)",
    r"ha(?:z|dz)\w* (?:\w+ ){0,5}z (?:mostu|mosta|nadjezdu|nadjazdu|nadchodu|lavky)",
    r"z (?:mostu|mosta|nadjezdu|nadjazdu|nadchodu|lavky) (?:\w+ ){0,3}ha(?:z|dz)\w*",
    r"кида\w* (?:\w+ ){0,5}(?:з|зі) (?:мосту|моста|шляхопроводу)|з (?:мосту|моста) (?:\w+ ){0,3}кида\w*",
)
_OVERDOSE = (
    (
        r"(?:wzi[ae]l|polkn|zazy|lykn)\w* (?:duzo|mnostwo|garsc|wszystkie|cale opakowanie|za duzo|\d{2,}) "
        r"(?:\w+ )?(?:tabletek|tabletki|lekow|leki|pigul\w*|paracetamol\w*)|polkn\w+ tabletki|przedawkowal\w*"
    ),
    (
        r"(?:luat|inghitit) (?:\w+ )?(?:prea multe|multe|toate|un pumn de|o cutie de|"
        r"o gramada de) (?:\w+ )?(?:pastil\w*|"
        r"medicament\w*|paracetamol\w*)|(?:luat|facut) (?:o )?supradoz\w*"
    ),
    (
        r"(?:vzal|snedl|spolyk|spolkl|zobral|zjed|prehlt)\w* (?:(?:jsem|som|si|je) ){0,2}(?:hodne|moc|"
        r"vsechny|spoustu|plno|hrst|"
        r"krabicku|vela|"
        r"vsetky|privela|kopu|\d{2,}) (?:\w+ )?(?:prask\w*|tablet\w*|lek\w*|liek\w*|paralen\w*)|"
        r"predavkoval\w*"
    ),
    (
        r"(?:випи|прийня|наков|зї)\w+ (?:багато|усі|всі|купу|жменю|пачку|\d{2,}) (?:\w+ )?(?:таблет\w*|"
        r"ліків|ліки|"
        r"пігул\w*|парацетамол\w*)|передозув\w*"
    ),
)
_END = r"(?: (?:prosze|teraz|va rog|acum|prosim|ted|будь ласка|зараз|przez telefon|la telefon|do telefonu))*"
_SILENT = (
    (
        r"\A ?(?:jestem (?:glucha|gluchy|niema|niemy|gluchoniem\w*)|(?:ja )?nie slysze|nie moge (?:mowic|"
        r"rozmawiac)"
        r"|(?:eu )?sunt (?:surd\w*|mut\w*)|nu aud|nu pot (?:sa )?vorb\w+"
        r"|(?:jsem|som) (?:neslys\w*|nepocuj\w*|hluch\w*|nem[ya]|hluchonem\w*)|neslysim|nepocujem"
        r"|(?:nemuzu|nemohu|nemozem) (?:mluvit|hovorit|rozpravat|telefonovat)"
        rf"|я (?:глух\w*|нім\w*|німа)|(?:я )?не чую|(?:я )?не можу (?:говорити|розмовляти)){_END} ?\Z"
    ),
    r"nie moge (?:mowic|rozmawiac) (?:przez telefon|do telefonu)|nu pot (?:sa )?vorb\w+ la telefon",
    (
        r"(?:nemuzu|nemohu|nemozem) (?:mluvit|hovorit|rozpravat) (?:do|po|cez|pres) telefon\w*|"
        r"(?:nemuzu|nemohu|nemozem) (?:po telefonu|do telefonu|do telefonu) (?:mluvit|hovorit)"
    ),
    r"не можу (?:говорити|розмовляти) (?:по|через) телефон\w*",
    (
        r"(?:gluch\w*|niem[aey]|niesl\w+|surd\w*|hluch\w*|neslys\w*|nepocuj\w*|глух\w*|нім\w*) (?:\w+ ){0,6}"
        r"(?:999?|112|policj\w*|pogotow\w*|politi\w*|ambulant\w*|polici\w*|sanitk\w*|zachrank\w*|поліці\w*|"
        r"швидк\w+)"
    ),
)
ABROAD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "weapon": _WEAPON,
        "injury": _INJURY,
        "threat": _THREAT,
        "attack": _ATTACKED,
        "abduction": _ABDUCTION,
        "break_in": _BREAK_IN,
        "fire": _FIRE,
        "railway": _RAILWAY,
        "missiles": _MISSILES,
        "overdose": _OVERDOSE,
        "silent": _SILENT,
    }
)
