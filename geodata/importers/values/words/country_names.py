"""Names of countries that are not in the CLDR's lists, and the codes of FIPS 10-4 and of Gleditsch and Ward.

The FIPS codes are those of GeoNames' list of countries (CC BY 4.0); the numbers are those of Gleditsch and Ward (1999),
"A Revised List of Independent States", with the states that UCDP's data name after their successors.
"""

from __future__ import annotations

# By ISO 3166-1 alpha-2: English variants, names of earlier days, names in other languages that CLDR words otherwise.
VARIANTS = {
    "AE": "UAE|Emirates|ОАЭ|VAE|EAU|الإمارات",
    "AG": "Antigua",
    "AR": "Argentine Republic",
    "AX": "Aland|Aaland Islands",
    "BA": (
        "Bosnia-Herzegovina|Bosnia|Bosnia-Hercegovina|Bosnia and Hercegovina|Bosnien|Bosnien-Herzegowina|Bosnie|Босния|"
        "Боснія"
    ),
    "BF": "Upper Volta|Haute-Volta|Верхняя Вольта",
    "BJ": "Dahomey|Дагомея",
    "BL": "Saint Barths|Saint Barth|Saint Barts",
    "BN": "Brunei Darussalam",
    "BQ": "Bonaire, Saint Eustatius and Saba|Bonaire|Bonaire, Sint Eustatius and Saba",
    "BS": "Commonwealth of the Bahamas",
    "BW": "Bechuanaland",
    "BY": "Belorussia|Byelorussia|White Russia|Weißrussland|Weissrussland|Biélorussie|Bielorrusia|Белоруссия|Білорусія",
    "BZ": "British Honduras",
    "CC": "Cocos Islands|Keeling Islands",
    "CD": (
        "DR Congo|DRC|D.R. Congo|D.R.C.|Dem. Rep. Congo|Democratic Republic of Congo|Democratic Republic of the Congo|"
        "Congo (Democratic Republic of the)|Congo DR|Congo-Zaire|Zaire|Zaïre|Belgian Congo|RD Congo|RDC|"
        "République démocratique du Congo|DR Kongo|Demokratische Republik Kongo|República Democrática del Congo|"
        "ДР Конго|ДРК|Демократическая Республика Конго|Заир|Демократична Республіка Конго|"
        "Конго Демократиялық Республикасы|"
        "جمهورية الكونغو الديمقراطية|الكونغو الديمقراطية|زائير"
    ),
    "CF": "CAR|Central African Rep.|ЦАР|RCA|Ubangi-Shari|Central African Empire",
    "CG": (
        "Republic of the Congo|Republic of Congo|Rep. Congo|Congo Republic|Congo-Brazzaville|Congo Brazzaville|"
        "People's Republic of the Congo|Republik Kongo|République du Congo|République populaire du Congo|"
        "República del Congo|Республика Конго|Республіка Конго|جمهورية الكونغو"
    ),
    "CH": "Swiss Confederation|Confoederatio Helvetica",
    "CI": "Ivory Coast|Cote d'Ivoire|Elfenbeinküste|Costa de Marfil|Берег Слоновой Кости|ساحل العاج",
    "CN": "PRC|P.R. China|People's Republic of China|Mainland China|КНР|Volksrepublik China|VR China",
    "CV": "Cabo Verde|Cape Verde Islands",
    "CW": "Curacao",
    "CZ": "Czech Republic|Czech Rep.|Tschechische Republik|République tchèque|República Checa|Чешская Республика",
    "DE": (
        "Federal Republic of Germany|FRG|West Germany|West Germany (FRG)|German Federal Republic|East Germany|"
        "East Germany (GDR)|GDR|German Democratic Republic|BRD|DDR|Allemagne de l'Ouest|ФРГ|ГДР|Germany (Prussia)"
    ),
    "DJ": "French Somaliland",
    "DZ": "People's Democratic Republic of Algeria",
    "EG": "United Arab Republic|Arab Republic of Egypt",
    "EH": "Sahrawi Arab Democratic Republic|SADR|Spanish Sahara",
    "ER": "State of Eritrea",
    "ET": "Abyssinia",
    "FJ": "Fiji Islands",
    "FK": "Falkland Islands (Malvinas)|Malvinas|Falklands",
    "FM": "Micronesia, Fed. Sts.|Federated States of Micronesia",
    "FO": "Faeroe Islands|Faroes",
    "FR": "French Republic",
    "GA": "Gabonese Republic",
    "GB": (
        "UK|U.K.|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|Großbritannien|"
        "Grossbritannien|Vereinigtes Königreich|Grande-Bretagne|Royaume-Uni|Gran Bretaña|Reino Unido|"
        "Соединённое Королевство|Англия|Сполучене Королівство|Велика Британія|المملكة المتحدة|بريطانيا"
    ),
    "GE": "Republic of Georgia|Gruzia",
    "GF": "Guiana|French Guyana|Guyane française",
    "GH": "Gold Coast",
    "GM": "Gambia, The|The Gambia",
    "GR": "Hellenic Republic|Hellas",
    "GS": "South Georgia|South Georgia and the South Sandwich Is.",
    "GW": "Portuguese Guinea|Guinea Bissau",
    "GY": "British Guiana",
    "HK": "Hong Kong Special Administrative Region of China|Hong Kong|Hongkong|Гонконг|Hong Kong SAR|香港",
    "HM": "Heard Island and McDonald Islands|Heard Is. and McDonald Is.",
    "HR": "Hrvatska",
    "ID": "Dutch East Indies|East Indies",
    "IE": "Eire|Republic of Ireland|Irish Republic",
    "IL": "State of Israel",
    "IR": "Persia|Islamic Republic of Iran|Персия",
    "IT": "Italian Republic",
    "KG": "Kyrgyz Republic|Kirghizia|Kirgizia|Kirgistan|Kirgisistan|Kirghizistan|Киргизия|Кыргызстан|Киргизстан",
    "KH": "Kampuchea|Democratic Kampuchea|Khmer Republic|Кампучия",
    "KI": "Gilbert Islands",
    "KM": "Union of the Comoros",
    "KN": "Saint Kitts|Saint Kitts-Nevis|St. Christopher and Nevis",
    "KP": (
        "DPRK|DPR Korea|D.P.R. of Korea|Korea, Dem. Rep.|"
        "Democratic People's Republic of Korea|Korea, North|Korea (North)|Korea, DPR|"
        "Korea, People's Republic of|People's Republic of Korea|Korea, Dem. People's Rep.|КНДР|Северная Корея|"
        "Північна Корея|كوريا الشمالية"
    ),
    "KR": (
        "ROK|Republic of Korea|Korea, Rep.|Korea, South|Korea (South)|Korea, Republic of|Южная Корея|Республика Корея|"
        "Південна Корея|كوريا الجنوبية"
    ),
    "KW": "State of Kuwait",
    "LA": "Lao PDR|Lao People's Democratic Republic",
    "LB": "Lebanese Republic",
    "LK": "Ceylon|Sri Lanka (Ceylon)|Цейлон",
    "LS": "Basutoland",
    "LY": "Libyan Arab Jamahiriya|Libyan Arab Republic|State of Libya",
    "MD": "Moldavia|Republic of Moldova|Молдова|Молдавия|Молдавія|Moldau|Moldawien|Moldavie",
    "ME": "Republic of Montenegro",
    "MF": "Saint Martin (French part)",
    "MG": "Malagasy|Malagasy Republic|Madagascar (Malagasy)",
    "MK": (
        "Macedonia|FYROM|FYR Macedonia|F.Y.R.O.M.|Republic of Macedonia|Macedonia (Former Yugoslav Republic of)|"
        "The former Yugoslav Republic of Macedonia|Macedonia, FYR|Mazedonien|Macédoine|Македония|Македонія"
    ),
    "ML": "French Sudan",
    "MM": "Burma|Union of Burma|Birma|Birmanie|Birmania|Бирма|Бірма",
    "MO": "Macao Special Administrative Region of China|Macau SAR|Macau|Macao|Macao SAR|Макао|澳門",
    "MP": "Northern Mariana Is.|Commonwealth of the Northern Mariana Islands",
    "MW": "Nyasaland",
    "MX": "United Mexican States",
    "MY": "Malaya|Federation of Malaya",
    "NA": "South West Africa|South-West Africa",
    "NL": "Holland|The Netherlands|Голландия",
    "PK": "West Pakistan",
    "PN": "Pitcairn",
    "PS": (
        "Palestine|State of Palestine|Occupied Palestinian Territory|Occupied Palestinian Territories|"
        "Palestinian Territory|Palestinian Authority|oPt|Palestine, State of|Palestinian Territory, Occupied|"
        "West Bank|Gaza|Gaza Strip|West Bank and Gaza|West Bank and Gaza Strip|Gaza and West Bank|Cisjordanie|"
        "Westjordanland|Gazastreifen|Palästina|Palestina|Палестина|Сектор Газа|Газа|Западный берег|"
        "Государство Палестина|فلسطين|قطاع غزة|غزة|الضفة الغربية"
    ),
    "PT": "Portuguese Republic",
    "QA": "State of Qatar",
    "RE": "Reunion Island",
    "RU": (
        "Russian Federation|Russia (Soviet Union)|РФ|Российская Федерация|Russische Föderation|Fédération de Russie|"
        "Federación de Rusia|RSFSR"
    ),
    "RW": "Rwandese Republic",
    "SA": "KSA",
    "SB": "Solomon Is.|British Solomon Islands",
    "SH": "Saint Helena, Ascension and Tristan da Cunha",
    "SJ": "Svalbard and Jan Mayen Islands|Svalbard",
    "SK": "Slovak Republic|Slowakische Republik",
    "SO": "Somali Republic|Somali Democratic Republic|Italian Somaliland",
    "SR": "Surinam|Dutch Guiana",
    "ST": "Sao Tome|Sao Tome and Principe",
    "SV": "Salvador",
    "SX": "Saint Maarten|St. Maarten|Sint Maarten (Dutch part)",
    "SY": "Syrian Arab Republic|Syrian Arab Rep.",
    "SZ": "Swaziland|eSwatini|Kingdom of eSwatini|Свазиленд",
    "TD": "Tchad",
    "TF": "French Southern and Antarctic Lands",
    "TG": "Togolese Republic",
    "TH": "Siam|Сиам",
    "TL": "East Timor|Timor Leste|Восточный Тимор|Timor oriental|Osttimor",
    "TO": "Friendly Islands",
    "TR": "Turkey|Turkiye|Türkei|Турция|Туреччина",
    "TT": "Trinidad",
    "TV": "Ellice Islands",
    "TW": "Taiwan, Province of China|Republic of China|Chinese Taipei|Formosa|Taiwan ROC|Taiwan (China)",
    "TZ": "United Republic of Tanzania|Tanganyika|Zanzibar|Tanganyika and Zanzibar",
    "UA": "the Ukraine",
    "UM": "United States Minor Outlying Islands",
    "US": (
        "USA|U.S.|U.S.A.|America|United States of America|Vereinigte Staaten von Amerika|Etats-Unis d'Amérique|"
        "Estados Unidos de América|EE. UU.|EE.UU.|EEUU|США|Соединённые Штаты Америки|Америка|"
        "Сполучені Штати Америки|АҚШ|الولايات المتحدة الأمريكية|أمريكا"
    ),
    "VA": "Holy See|Vatican|Holy See (Vatican City State)|Vatican City State",
    "VC": "Saint Vincent|Saint Vincent and the Grenadines",
    "VE": "Venezuela, RB",
    "VG": "Virgin Islands, British|Virgin Islands (British)|Virgin Islands (UK)",
    "VI": (
        "Virgin Islands of the United States|Virgin Islands, U.S.|Virgin Islands (U.S.)|United States Virgin Islands|"
        "US Virgin Islands"
    ),
    "VN": (
        "Viet Nam|Socialist Republic of Viet Nam|Vietnam (North Vietnam)|North Vietnam|South Vietnam|"
        "Democratic Republic of Vietnam|Republic of Vietnam|Viêt Nam"
    ),
    "VU": "New Hebrides",
    "WF": "Wallis and Futuna Islands",
    "WS": "Western Samoa",
    "XK": "XKX|Kosovo and Metohija|Kosovo (UNSCR 1244)|Republic of Kosovo",
    "YE": (
        "North Yemen|South Yemen|Yemen Arab Republic|People's Republic of Yemen|Yemen (North Yemen)|Yemen, Rep.|"
        "People's Democratic Republic of Yemen"
    ),
    "ZM": "Northern Rhodesia",
    "ZW": "Rhodesia|Southern Rhodesia|Родезия",
}

# Names that stand for one country here and might be taken for another.
DOUBTFUL = {
    "CG": "Congo|Kongo|Конго|الكونغو",
    "GB": "England|Scotland|Wales|Northern Ireland|Schottland|Écosse|Angleterre|Шотландия|Inglaterra|Escocia",
    "SO": "Somaliland|Puntland",
    "RS": "Serbia (Yugoslavia)",
}

# Names of no single country, with the countries that may be meant.
SEVERAL = {
    "KP KR": "Korea|Corea|Corée|Корея",
    "VG VI": "Virgin Islands",
    "CZ SK": "Czechoslovakia|Tchécoslovaquie|Tschechoslowakei|Checoslovaquia|Чехословакия|Чехословаччина|CSK|CS",
    "RS ME": "Serbia and Montenegro|Serbia-Montenegro|State Union of Serbia and Montenegro|Сербия и Черногория",
    "RS ME SI HR MK BA XK": "Yugoslavia|SFR Yugoslavia|Jugoslawien|Yougoslavie|Югославия|Югославія",
    "CW SX BQ": "Netherlands Antilles",
    "RU UA BY KZ UZ TM KG TJ GE AM AZ MD EE LV LT": (
        "Soviet Union|USSR|U.S.S.R.|Union of Soviet Socialist Republics|Sowjetunion|UdSSR|URSS|Union soviétique|"
        "Unión Soviética|СССР|Советский Союз|СРСР|Радянський Союз|КСРО"
    ),
}

FIPS = """
AN:AD AC:AG AV:AI AY:AQ AQ:AS AU:AT AS:AU AA:AW AJ:AZ BK:BA BG:BD UV:BF BU:BG BA:BH BY:BI BN:BJ TB:BL BD:BM BX:BN BL:BO
BF:BS BC:BW BO:BY BH:BZ CK:CC CG:CD CT:CF CF:CG SZ:CH IV:CI CW:CK CI:CL CH:CN CS:CR UC:CW KT:CX EZ:CZ GM:DE DA:DK DO:DM
DR:DO AG:DZ EN:EE WI:EH SP:ES GB:GA UK:GB GJ:GD GG:GE FG:GF GK:GG GA:GM GV:GN EK:GQ SX:GS GQ:GU PU:GW HO:HN HA:HT EI:IE
IS:IL IZ:IQ IC:IS JA:JP CB:KH KR:KI CN:KM SC:KN KN:KP KS:KR KU:KW CJ:KY LE:LB ST:LC LS:LI CE:LK LI:LR LT:LS LH:LT LG:LV
MO:MA MN:MC MJ:ME RN:MF MA:MG RM:MH BM:MM MG:MN MC:MO CQ:MP MB:MQ MH:MS MP:MU MI:MW WA:NA NG:NE NI:NG NU:NI NE:NU MU:OM
PM:PA FP:PF PP:PG RP:PH SB:PM PC:PN RQ:PR WE:PS GZ:PS PO:PT PS:PW PA:PY RI:RS RB:RS RS:RU BP:SB SE:SC SU:SD SW:SE SN:SG
SV:SJ JN:SJ LO:SK SG:SN NS:SR OD:SS TP:ST ES:SV NN:SX WZ:SZ TK:TC CD:TD FS:TF TO:TG TI:TJ TL:TK TT:TL TX:TM TS:TN TN:TO
TU:TR TD:TT UP:UA VT:VA VI:VG VQ:VI VM:VN NH:VU KV:XK YM:YE MF:YT SF:ZA ZA:ZM ZI:ZW
"""
# Those that are the same in both lists.
FIPS_AS_ISO = """
AE AF AL AM AO AR BB BE BR BT BV CA CM CO CU CV CY DJ EC EG ER ET FI FJ FK FM FO FR GH GI GL GP GR GT GY HK HM HR HU ID
IM IN IO IR IT JE JM JO KE KG KZ LA LU LY MD MK ML MR MT MV MX MY MZ NC NF NL NO NP NR NZ PE PK PL QA RE RO RW SA SH SI
SL SM SO SY TH TV TW TZ UG US UY UZ VC VE WF WS
"""

# A number with two lives, such as 255 and 260 for Germany, has both; 315, Czechoslovakia, has no one successor.
GLEDITSCH_WARD = """
2:US 20:CA 31:BS 40:CU 41:HT 42:DO 51:JM 52:TT 53:BB 54:DM 55:GD 56:LC 57:VC 58:AG 60:KN 70:MX 80:BZ 90:GT 91:HN 92:SV
93:NI 94:CR 95:PA 100:CO 101:VE 110:GY 115:SR 130:EC 135:PE 140:BR 145:BO 150:PY 155:CL 160:AR 165:UY 200:GB 205:IE
210:NL 211:BE 212:LU 220:FR 221:MC 223:LI 225:CH 230:ES 232:AD 235:PT 255:DE 260:DE 265:DE 290:PL 305:AT 310:HU 316:CZ
317:SK 325:IT 331:SM 338:MT 339:AL 340:RS 341:ME 343:MK 344:HR 345:RS 346:BA 347:XK 349:SI 350:GR 352:CY 355:BG 359:MD
360:RO 365:RU 366:EE 367:LV 368:LT 369:UA 370:BY 371:AM 372:GE 373:AZ 375:FI 380:SE 385:NO 390:DK 395:IS 402:CV 403:ST
404:GW 411:GQ 420:GM 432:ML 433:SN 434:BJ 435:MR 436:NE 437:CI 438:GN 439:BF 450:LR 451:SL 452:GH 461:TG 471:CM 475:NG
481:GA 482:CF 483:TD 484:CG 490:CD 500:UG 501:KE 510:TZ 511:TZ 516:BI 517:RW 520:SO 522:DJ 530:ET 531:ER 540:AO 541:MZ
551:ZM 552:ZW 553:MW 560:ZA 565:NA 570:LS 571:BW 572:SZ 580:MG 581:KM 590:MU 591:SC 600:MA 615:DZ 616:TN 620:LY 625:SD
626:SS 630:IR 640:TR 645:IQ 651:EG 652:SY 660:LB 663:JO 666:IL 670:SA 678:YE 680:YE 690:KW 692:BH 694:QA 696:AE 698:OM
700:AF 701:TM 702:TJ 703:KG 704:UZ 705:KZ 710:CN 712:MN 713:TW 731:KP 732:KR 740:JP 750:IN 760:BT 770:PK 771:BD 775:MM
780:LK 781:MV 790:NP 800:TH 811:KH 812:LA 816:VN 817:VN 820:MY 830:SG 835:BN 840:PH 850:ID 860:TL 900:AU 910:PG 920:NZ
935:VU 940:SB 950:FJ 970:KI 971:NR 972:TO 973:TV 983:MH 986:PW 987:FM 990:WS
"""
