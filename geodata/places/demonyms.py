"""Words for peoples and what is theirs, which some village somewhere bears as a name and no report means as one."""

from __future__ import annotations

from functools import cache

from geodata.places.folding import fold

_ENGLISH = """
Afghan Albanian Algerian American Andorran Angolan Argentine Argentinian Armenian Australian Austrian Azerbaijani
Azeri Bahamian Bahraini Bangladeshi Barbadian Belarusian Belgian Belizean Beninese Bhutanese Bolivian Bosnian
Brazilian British Bulgarian Burkinabe Burmese Burundian Cambodian Cameroonian Canadian Chadian Chilean Chinese
Colombian Comorian Congolese Croat Croatian Cuban Cypriot Czech Dane Danish Djiboutian Dominican Dutch Ecuadorian
Egyptian Emirati English Eritrean Estonian Ethiopian European Fijian Filipino Finn Finnish French Gabonese Gambian
Georgian German Ghanaian Greek Guatemalan Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian Indonesian
Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kazakhstani Kenyan Korean Kosovar Kurd
Kurdish Kuwaiti Kyrgyz Lao Laotian Latvian Lebanese Liberian Libyan Lithuanian Luxembourgish Macedonian Malagasy
Malawian Malaysian Maldivian Malian Maltese Mauritanian Mauritian Mexican Moldovan Mongol Mongolian Montenegrin
Moroccan Mozambican Myanmarese Namibian Nepalese Nepali Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani
Palestinian Panamanian Paraguayan Persian Peruvian Philippine Pole Polish Portuguese Qatari Romanian Russian Rwandan
Salvadoran Saudi Scottish Senegalese Serb Serbian Singaporean Slovak Slovakian Slovene Slovenian Somali Spaniard
Spanish Sudanese Swede Swedish Swiss Syrian Taiwanese Tajik Tanzanian Tatar Thai Tibetan Togolese Tunisian Turk
Turkish Turkmen Ugandan Ukrainian Uruguayan Uyghur Uzbek Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean African
Asian Arab Chechen Bosniak Rohingya Tuareg Afghans Americans Armenians Britons Chechens Germans Iranians Iraqis
Israelis Kazakhs Kenyans Kurds Palestinians Poles Russians Serbs Syrians Turks Ukrainians Uzbeks Yemenis Ethiopians
Somalis Sudanis Nigerians Belarusians Georgians Lebanese Libyans
"""
# In Russian, Ukrainian, Kazakh, German, French, Spanish and Arabic: the neighbours that reports speak of most.
_OTHERS = """
русский русская русские российский российская российские казахский казахская казахи казах украинский украинская
украинцы украинец белорусский белорусы грузинский грузины армянский армяне сирийский сирийцы турецкий турки иранский
немецкий немцы американский американцы узбекский узбеки киргизский киргизы таджикский таджики чеченский чеченцы
афганский український українська українці російський російська росіяни білоруський польський турецький сирійський
қазақ қазақтар орыс орыстар өзбек қырғыз украин russisch russische russischer deutsche deutscher deutsch ukrainisch
ukrainische syrisch syrische türkisch türkische kenianisch kasachisch kasachische polnisch französisch amerikanisch
iranisch afghanisch irakisch russe russes ukrainien ukrainienne ukrainiens syrien syrienne turc turque kazakhs kényan
kényane malien malienne français française allemand allemande américain afghan afghane irakien iranien somalien
soudanais ruso rusa rusos ucraniano ucraniana ucranianos sirio siria turco kazajo keniano alemán alemana francés
española español mexicano mexicana colombiano colombiana peruano chileno boliviano venezolano estadounidense روسي
روسية سوري أوكراني أوكرانية تركي عراقي إيراني أفغاني سوداني يمني مصري ليبي لبناني فلسطيني إسرائيلي أمريكي
"""
# In German and Spanish these are the countries.
_COUNTRIES = ("Syrien", "Siria")


@cache
def demonyms() -> frozenset[str]:
    """Return the words, as `folding.fold` writes them."""
    return frozenset(fold(word) for word in (_ENGLISH + _OTHERS).split()) - set(map(fold, _COUNTRIES))
