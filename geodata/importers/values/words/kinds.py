"""The words for kinds of events in eight languages and in others' data, by our categories."""

from __future__ import annotations

# Whole names, among them the types of ACLED, UCDP and GTD. ACLED's riots are a clash where no sub type says more, and
# its strategic developments, which may be anything, are in no category.
TYPES = {
    "clash": (
        "battles|armed clash|government regains territory|non-state actor overtakes territory|"
        "explosions/remote violence|chemical weapon|air/drone strike|suicide bomb|shelling/artillery/missile attack|"
        "remote explosive/landmine/ied|grenade|violence against civilians|sexual violence|attack|"
        "abduction/forced disappearance|mob violence|riots|riot|state-based violence|state-based conflict|state based|"
        "non-state violence|non-state conflict|one-sided violence|one sided violence|"
        "battle-no change of territory|battle-government regains territory|battle-non-state actor overtakes territory|"
        "remote violence|raub|hostage taking|hijacking|facility/infrastructure attack|armed assault|unarmed assault|"
        "armed conflict|conflito armado|conflicto armado|conflit armé|вооруженный конфликт|збройний конфлікт|"
        "siren|sirens|бои|бой|بدون تغيير|"
        "drone|drones|drone/uav|uav|uavs|fpv|fpv drone|fpv drones|дрон|дроны|дронов|طائرة مسيرة"
    ),
    "protest": (
        "protests|protest|peaceful protest|protest with intervention|excessive force against protesters|"
        "excessive force against protestors|violent demonstration|riots/protests|demo|demos|sit-in|sit in|"
        "work stoppage|general strike|hunger strike|labor strike|labour strike|civil disobedience|"
        "assembly|assemblies|public assembly|chain|parade|parades|occupation|occupations|caravan|caravans|car caravan|"
        "motorcade|motorcades|mobilization|mobilizations|"
        "boycott|boycotts|walkout|walkouts|sickout|sickouts|mass meeting|mass meetings|encampment|encampments|"
        "mobilisation|mobilisations|movilización|movilizaciones"
    ),
    "detention": "arrests|detention|law enforcement operation|house arrest",
    "deployment": (
        "headquarters or base established|non-violent transfer of territory|troop movement|troop movements|"
        "military movement|military presence|military buildup|military build-up|force posture|show of force|"
        "exhibit force posture|exhibit military posture"
    ),
    "political": (
        "agreement|change to group/activity|state of emergency|political|politics|law|laws|talks|vote|coup|coup d'état|"
        "cease-fire|cease fire|accord|accords|закон|угода|заң|саясат|قانون"
    ),
    "other": (
        "other|others|misc|miscellaneous|looting/property destruction|disrupted weapons use|looting|sonstiges|sonstige|"
        "andere|autre|autres|otro|otros|otra|другое|прочее|иное|інше|басқа|басқалар|أخرى|أخر|غير ذلك"
    ),
}

# Beginnings of words. A text whose words begin so in one category alone is of that category.
BEGINNINGS = {
    "clash": (
        "clash|battle|fight|combat|skirmish|ambush|assault|attack|raid|shell|bombard|bomb|blast|explos|explod|explotó|"
        "airstrike|air raid|air alert|air alarm|"
        "missile|rocket|artillery|mortar|gunfire|shooter|shooting|shootout|killing|murder|assassinat|massacre|lynch|violen|riot|"
        "robber|bandit|gunshot|homicid|femicid|stabbing|slaying|arson|pirac|pirate|sabotage|cluster munition|"
        "chemical weapon|"
        "shot dead|shot and killed|gunned down|gunmen|armed men|robbed|torched|set on fire|set ablaze|exchange of fire|"
        "beaten by|beaten up|was beaten|were beaten|been beaten|beaten to death|use conventional military force|"
        "use unconventional mass violence|occupy territory|"
        "terror|hostage|kidnap|abduct|hijack|landmine|sniper|insurgen|"
        "zusammenstoß|zusammenstöß|gefecht|kämpf|kampf|angriff|luftangriff|beschuss|bombardier|sprengstoff|anschlag|"
        "tötung|mord|überfall|ausschreitung|krawall|unruhen|schießerei|schüsse|gewalt|entführung|"
        "meurtre|assassin|féminicid|affrontement|bataille|attaque|bombardement|frappe|attentat|émeute|fusillade|embuscade|enlèvement|heurt|"
        "asesinat|enfrentamiento|choque|batalla|combate|ataque|bombardeo|atentado|disturbio|tiroteo|emboscada|secuestro|masacre|"
        "körperverletz|raubüberf|brandanschlag|brandstift|"
        "coups et blessures|vol à main armée|vol avec violence|braquage|"
        "narcobloque|narco bloque|bloqueo armado|bloqueos armados|incendian|incendiaron|prenden fuego|prendieron fuego|"
        "queman|quemaron|quema de vehíc|quema de un vehíc|quema de unidad|quema de auto|quema de cami|quema de bus|"
        "quema de transport|quema de patrull|quema de casa|quema de viviend|quema de tienda|quema de banco|"
        "incendie volontaire|incendies volontaires|incendie criminel|incendies criminels|queima de veículo|"
        "queima de ônibus|"
        "robo con violencia|robo armado|robo a mano armada|asalto|balacera|lesiones personales|tiroteio|lesão corporal|"
        "aggression|rapina|sparatoria|omicidi|accoltell|pestagg|pobici|napad|zamach|strzelanin|zabójstw|rozbój|bójk|"
        "aanslag|steekpartij|schietpartij|overval|mishandeling|moord|избиени|разбой|поджог|yaralama|kundaklama|"
        "cinayet|confronto|chacina|assalto|saldırı|çatışma|patlama|silahlı|bentrok|serangan|penembakan|ledakan|kerusuhan|pembunuhan|"
        "столкновен|боев|атак|нападен|обстрел|взрыв|удар|авиаудар|теракт|беспоряд|стрельб|перестрелк|убийств|похищен|"
        "насили|штурм|бомбардиров|бпла|беспилотник|безпілотник|шахед|shahed|kamikaze drone|"
        "дрон камикадзе|ракета|ракету|ракеты|ракетн|ракетой|ракетами|"
        "зіткнен|бойов|напад|обстріл|вибух|авіаудар|заворушен|стрілянин|перестрілк|вбивств|викраден|насильств|"
        "қақтығыс|шайқас|шабуыл|атыс|жарылыс|тәртіпсіздік|лаңкестік|зорлық|"
        "اشتباك|معرك|معارك|هجوم|هجمات|قصف|انفجار|غارة|غارات|اعتداء|شغب|تفجير|قتال|قتل|اغتيال|مجزرة|خطف|عنف"
    ),
    "protest": (
        "protest|demonstrat|rally|rallies|vigil|human chain|mass meeting|student walkout|"
        "solidarity encampment|student encampment|"
        "manifestation|manifestac|cadena humana|chaîne humaine|"
        "manifestazion|corteo|sciopero|strajk|pikiet|manifestacj|demonstracj|betoging|demonstratie|miting|yürüyüş|grev|"
        "protesto|gösteri|eylem|unjuk rasa|demonstrasi|autokorso|"
        "kundgebung|versammlung|aufzug|aufzüge|mahnwache|menschenkette|streik|sitzblockade|rassemblement|grève|sit-in|"
        "marcha|concentración|huelga|plantón|sentada|"
        "протест|митинг|акци|демонстрац|шестви|пикет|забастовк|манифестац|"
        "мітинг|демонстрац|пікет|страйк|наразылық|шеру|ереуіл|"
        "احتجاج|مظاهر|تظاهر|مسير|اعتصام|إضراب|وقفة"
    ),
    "detention": (
        "arrest|detention|detain|imprison|incarcerat|jail|custody|"
        "festnahme|festgenommen|verhaft|inhaftier|ingewahrsam|"
        "arrestation|détention|détenu|interpellation|emprisonn|"
        "prisão|detenção|detid|zatrzymani|aresztowani|gözaltı|tutuklama|aanhouding|arrestatie|"
        "detención|detencion|detenid|arresto|encarcel|"
        "арест|задержан|заключени|арешт|затриман|ув'язнен|ұстау|ұсталу|қамау|тұтқын|"
        "اعتقال|توقيف|احتجاز|سجن"
    ),
    "deployment": (
        "deploy|redeploy|troop|mobilis|mobiliz|convoy|"
        "truppen|stationierung|verlegung|aufmarsch|mobilmachung|"
        "déploiement|redéploiement|convoi|despliegue|repliegue|movilización|"
        "развертыван|развёртыван|переброск|войск|мобилизаци|дислокаци|"
        "розгортан|перекидан|військ|мобілізаці|дислокаці|орналастыру|әскер|"
        "انتشار|نشر قوات|تعبئة|حشد"
    ),
    "political": (
        "election|electoral|referend|ceasefire|treaty|negotiat|resign|appoint|decree|sanction|diplom|politic|politiq|"
        "legislat|inaugurat|"
        "wahl|abkommen|waffenstillstand|waffenruhe|verhandlung|rücktritt|politisch|politik|volksabstimmung|"
        "élection|cessez|négociation|démission|trêve|"
        "eleccion|acuerdo|negociaci|renuncia|dimisión|tregua|alto el fuego|"
        "выбор|соглашен|перемири|переговор|отставк|политич|политик|санкци|указ|"
        "вибор|перемир|переговор|відставк|політи|санкці|"
        "сайлау|келісім|келіссөз|саяси|бітім|отставка|"
        "انتخاب|اتفاق|هدنة|مفاوضات|استقال|سياس|استفتاء"
    ),
}
# Words that mean a kind as they stand alone: Marche is a region, and March a month beside a number.
WHOLE = {"protest": "march|marches|marched|marching|marchers|picket|pickets|picketed|picketing|picketers"}
# What was done, and by whom: who is killed by lightning is in no clash.
_ARMED = (
    r"(?:gunm[ae]n|militants?|soldiers?|rebels?|police\w*|armed|bandits?|insurgents?|forces|assailants?|attackers?|"
    r"terrorists?|extremists?|fighters?|jihadis\w*|mob|troops|army|military|militia\w*|paramilitar\w*|gangs?|guerril\w*|"
    r"criminals?|robbers?|hitm[ae]n|cartels?|settlers)"
)
DONE_BY = (
    r"\b(?:killed|shot|beaten|burn(?:ed|t)|destroyed|injured|wounded|looted|set fire|vandali[sz]ed|tortured|executed)\b"
    rf"(?: \w+){{0,4}}? by (?:\w+ ){{0,4}}?{_ARMED}\b"
)
# What was hit by which weapon, who fires into what, and whom the police beat.
HIT_BY = (
    r"\b(?:hit|struck|damaged|destroyed|killed|injured|wounded) by (?:\w+ ){0,4}?"
    r"(?:drones?|uavs?|quadcopters?|munitions?|projectiles?|bullets?|shrapnel|gunfire|small arms|strikes?|gunships?|"
    r"jets?|warplanes?)\b|"
    r"\b(?:drones?|uavs?|quadcopters?) "
    r"(?:hits?|hitting|struck|strik(?:es?|ing)|drop\w*|explod\w*|crash\w*|kills?|killed|debris)\b|"
    r"\bfir(?:es?|ed|ing) (?:into|upon)\b|\bfir(?:ed|ing) at (?!(?:once|will|home|work|the (?:scene|age|end))\b)|"
    r"\b(?:troops|soldiers|police|forces|gunm[ae]n|rebels|tanks?|helicopters?) fir(?:e|es|ed|ing) (?:on|at)\b|"
    r"\bopen(?:s|ed|ing)? fire\b|"
    r"\bunder (?:\w+ ){0,3}?fire\b(?! (?:for|over|after|as|amid|from (?:critics|lawmakers|democrats|republicans))\b)|"
    r"\b(?:lathi|baton) charg\w+|\blathis?\b|"
    r"\bpolice(?:m[ae]n)? (?:\w+ )?"
    r"(?:hit(?:s|ting)?|beat(?:s|ing)|kick(?:s|ed|ing)?|thrash\w*|caning|canes|vandali[sz]\w+|damaging)\b"
)
# What is a clash where a text names no other kind: "excessive force against protesters" is of a protest.
BY_FORCE = r"\b(?:use of (?:\w+ ){0,2}?|excessive )force\b"
# Columns of tractors, roads that are blocked and the like, which are protests and none of troops: none of a ship's.
GATHERED = (
    r"\b(?:tractors?|farmers?|farm|truckers?|taxis?|motorcycles?|bikers?|cars?|freedom|protest|slow)(?:'s?|s')? "
    r"(?:\w+ )?(?:convoys?|motorcades?|blockades?)\b|"
    r"\b(?:convoys?|motorcades?|blockades?) (?:of|by|with) (?:\w+ ){0,4}?"
    r"(?:tractors|farmers|truckers|taxis|bikers|protesters|activists)\b|"
    r"\b(?:roads?|highways?|motorways?|railways?|border|traffic|street) blockades?\b|"
    r"\bblockades? of (?:\w+ ){0,3}?(?:roads?|highways?|motorways?|railways?|streets?|intersections?|bridges?)\b|"
    # Alone, in Mexico, it may be one of a cartel.
    r"\bbloqueos? (?:por|de) (?:\w+ ){0,3}?(?:sociales|campesin\w+|maestr\w+|docentes|transportistas|choferes|vecin\w+|"
    r"manifestantes|trabajador\w+|agricultor\w+|indigen\w+|estudiantes|comuner\w+|ejidatari\w+|productor\w+|cocaler\w+)\b"
)
# The flying bombs and rockets of 1944, where no other numbers of a list stand beside them.
FLYING_BOMB, OTHER_NUMBER = r"v[ -]?[12]", r"v[ -]?(?:0|[3-9]|\d\d+)"
# What sounds like a kind and is none.
NOT_MEANT = (
    r"(?:\d+(?:st|nd|rd|th)?(?: of)? march|march \d+|"
    r"political scien(?:ce|tist)s?|"
    r"fights? back|fight(?:s|ing)? for (?:\$? ?\d+|justice|rights?|our|their|democracy|freedom|the future|climate)|"
    # What goes in a column is no troops where it brings aid, or is the one that is attacked.
    r"(?:aid|un|humanitarian|food|relief|evacuation|medical|ngo|ingo|red cross) (?:\w+ ){0,2}?convoys?|"
    r"convoys?(?= (?:\w+ ){0,12}?(?:was|were|came|is|are) (?:\w+ )?"
    r"(?:ambush|attack|hit|shot|fired|shell|bomb|rob|loot|target|under))|"
    r"(?:heart|cardiac|panic|anxiety|asthma|epileptic|dog|shark) attacks?|attacks? of asthma|"
    r"(?:heart|cardiac|(?:cardio ?)?(?:respiratory|pulmonary|circulatory)) arrests?|arrests? cardiac|"
    r"ataques? (?:al corazon|cardiacos?|de asma|epilepticos?)|arrestos? (?:cardiacos?|cardio ?r?respiratorios?)|"
    r"attaques? (?:cardiaques?|d'asthme)|"
    # What is without violence, or against it.
    r"(?:non|no|nao) violen\w*|gewalt(?:frei|los)\w*|(?:without|sans|sin|sem|senza) violen\w*|"
    r"(?:ohne|gegen|keine) (?:\w+ )?gewalt|"
    r"(?:against|stop|contra la|contre la|contre les|contra a|contro la) violen\w*|(?:без|против) насили\w*|"
    r"(?:без|проти) насильств\w*|لا عنف|ضد العنف|بدون عنف|"
    r"(?:lightning|bird) strikes?|"
    r"demonstration (?:flight|drive|run)s?|(?:jet |fire ?)fight(?:er|ing)s?|"
    r"choques? (?:contra|frontal|m[uú]ltiple|lateral|en cadena|de veh\w+|entre veh\w+))\b"
)
# An air strike is no labour strike, and a strike alone may be either: a blow by its weapon or by what it is on, else,
# if nothing is said of work, by the harm that is done; a labour strike by whose it is, or what for.
DOUBTFUL = r"\bstrikes?\b"
BLOW = (
    r"\b(?:fire|burn\w*|ablaze|smok\w+|aftermath|struck|craters?|rubble) (?:\w+ ){0,2}?(?:after|following|from|of|by) "
    r"(?:an? |the )?(?:\w+ )?strikes?\b(?! (?:by|of|over|for|action)\b)|"
    r"\b(?:air|aerial|drone|uav|missile|rocket|artillery|mortar|military|bomb|precision|retaliatory|himars|iskander|"
    r"kalibr|shahed|tochka|kinzhal|coalition|nato) strikes?\b|"
    r"\bstrikes? (?:on|against|targeting|hit|hits|destroy\w*) (?:\w+ ){0,6}?(?:plants?|power|depots?|hospitals?|"
    r"clinics?|schools?|kindergartens?|universit\w*|buildings?|houses?|homes?|residential|apartments?|residences?|"
    r"bridges?|airports?|airfields?|bases?|barracks|ports?|docks?|stations?|substations?|villages?|towns?|cit(?:y|ies)|"
    r"markets?|supermarkets?|malls?|shops?|warehouses?|refiner\w*|factor(?:y|ies)|facilit\w*|churche?s?|mosques?|"
    r"museums?|theat(?:er|re)s?|hotels?|convoys?|camps?|civilians?|infrastructure|positions?|targets?|headquarters|"
    r"vehicles?|cars?|trucks?|trains?|ships?|vessels?|tanks?|troops|soldiers|militants?|commanders?|fighters|area|areas|district|"
    r"tower\w*|blocks?|dams?|oil|fuel|gas|grain|centers?|centres?|outskirts)\b|"
    r"\bstrikes? (?:that |which )?(?:kill|injur|wound|damag|destroy)\w*|"
    r"\b(?:kill\w*|dead|died|injured|wounded|hit|damaged|destroyed) (?:in|by|after|following) (?:an? |the )?strikes?\b"
)
_WORKERS = (
    r"(?:workers?|employees?|staff|teachers?|nurses?|doctors?|drivers?|pilots?|crews?|miners?|farmers?|students?|pupils?|"
    r"lecturers?|dockers?|controllers?|journalists?|truckers?|transport|labou?r)"
)
# "A driver strikes a child" is none.
LABOUR = (
    rf"\b{_WORKERS}(?:'s?)? (?:\w+ ){{0,2}}?strike\b|\bstrikes? (?:by|of|among) (?:\w+ ){{0,3}}?{_WORKERS}\b|"
    r"\b(?:on strike|strike action|strikers|walkouts?|wages?|salar(?:y|ies)|pensions?|(?:trade|labou?r) unions?|"
    r"(?:labou?r|hunger|general|climate|school|rail|pay|rent|union|wildcat) strikes?|(?:train|bus|metro) strike|"
    r"strikes? (?:over|for) (?:\w+ )?(?:pay|conditions|jobs|contracts?)|call(?:s|ed)? (?:a|for) strikes?)\b"
)
HARM = (
    r"\bstrikes? (?:next to|near|close to|beside|outside|in front of)\b|"
    r"\b(?:kill\w*|dead|deaths?|died|injur\w*|wounded|casualt\w*|damag\w*|destr\w+|craters?|rubble|collapsed|debris|"
    r"munitions?|shrapnel|struck|hit|targeted|air|drones?|missiles?|rockets?|artillery|military)\b"
)
