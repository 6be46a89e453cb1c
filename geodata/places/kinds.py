"""The words that say of what kind a place is ("Oblast", "Province of", "市"), and names without them."""

from __future__ import annotations

import re

from geodata.places.folding import fold

REGION, DISTRICT, SETTLEMENT = "region", "district", "settlement"
FEATURES_OF: dict[str, tuple[str, ...]] = {
    REGION: ("region",),
    DISTRICT: ("district", "region"),
    SETTLEMENT: ("city", "capital", "town", "village"),
    "": (),
}
"""The features of the gazetteer that a kind stands for, none for no kind."""

# All words are written as `folding.fold` writes them, so that область and oblast are one. Those that stand behind
# the name, before it, or both.
_BEHIND = {
    REGION: (
        "oblast oblasti obl oblisi oblisti voblasts krai province provinces state region governorate prefecture "
        "vilaiat viloiati viloiat uilaiat velaiati muhafazah muhafaza ostan ostani uezd gubernia voivodeship "
        "wozhewodztwo voevodztvo gubernia canton department departament departamento provinsi provincia eialeti ili "
        "maakunta lan filke kounti medzi megie zhudets zhudet emirate federalni okrug autonomous "
        "republic republika republikasi respublikasi respublika oblosti marz mheare provints provinz liwa mintaka "
        "zupania kraton autonomni okrug nohiai changwat taluk pradesh dosi"
    ),
    DISTRICT: (
        "district districts raion raioni raiona raions raon audani audan tumani ilchesi ilche rn subdistrict "
        "municipaliti municipio regensi agenci tehsil upazila woreda zone subregion township subprefecture okrug "
        "otdelenie uluci kaza landkreis kreis arrondissement subcounti kecamatan localiti okres powiat counti "
        "territori territoire lga cercle commune comuna taluka taluk mandal upazilla wereda nahiah nahia chefferie"
    ),
    SETTLEMENT: ("kalasi citi town village misto gorod stadt ville ciudad selo poselok settlement"),
}
_BEFORE = {
    REGION: (
        "province state region governorate department departement departamento provincia provincie provinsi estado "
        "oblast obl vilaiah wilaia wilaiah muhafazat mohafazat muhafazah gouvernorat gobernacion etat land "
        "freistaat bundesland provinz regione kraina krai respublika republik republica republic autonomous "
        "comunidad canton kanton ostan voivodship woiwodshaft woewodztwo prefecture kaunti changwat xian tinh "
        "counti comte comitat zhudetul region autonome prowinczha emirat emirate"
    ),
    DISTRICT: (
        "district distrito raion rn distrikt bezirk kreis landkreis arrondissement municipio municipaliti amphoe "
        "zilla upazila cercle commune comuna territoire lga nahiah nahia chefferie"
    ),
    SETTLEMENT: (
        "citi town village gorod g misto m selo s poselok pos ville ciudad stadt medinat kota dorf pgt smt hutor "
        "kibbutz moshav desa kampung aldea"
    ),
}
_LOCAL_GOVERNMENT = re.compile(r" local government(?: area)?$")  # of Nigeria and Australia
_LINKS = {"of", "the", "de", "du", "des", "del", "della", "di", "da", "do", "la", "le", "el", "von", "d", "l"}
# Scripts that write the word before the name, with a space (Arabic, Persian) or without one behind it.
_ARABIC = {
    "محافظه": REGION, "ولايه": REGION, "اقليم": REGION, "استان": REGION, "منطقه": REGION, "مقاطعه": REGION,
    "اماره": REGION, "قضاء": DISTRICT, "ناحيه": DISTRICT, "مديريه": DISTRICT, "شهرستان": DISTRICT, "محليه": DISTRICT,
    "مدينه": SETTLEMENT, "قريه": SETTLEMENT, "بلده": SETTLEMENT, "شهر": SETTLEMENT, "روستاي": SETTLEMENT,
}  # fmt: skip
_ATTACHED = {
    REGION: (
        "自治区 自治州 特别行政区 省 州 邦 府 都 県 縣 道 ပြည်နယ် တိုင်းဒေသကြီး တိုင်း 도 주 광역시 특별시 특별자치도 "
        "특별자치시 จังหวัด ক্ষেত্র राज्य प्रदेश प्रान्त"
    ),
    DISTRICT: "区 區 县 郡 군 구 อำเภอ",
    SETTLEMENT: "市 町 村 镇 鎮 읍 면",
}
_KIND_BEHIND = {word: kind for kind in reversed(_BEHIND) for word in _BEHIND[kind].split()}
_KIND_BEFORE = {word: kind for kind in reversed(_BEFORE) for word in _BEFORE[kind].split()} | _ARABIC
_KIND_ATTACHED = {word: kind for kind, words in _ATTACHED.items() for word in words.split()}
_SPACELESS = re.compile(r"[^\x00-\u0dff\u1100-\u11ff]")  # Thai and what follows, except Hangul letters taken apart


def without_kind(folded: str) -> tuple[str, str]:
    """Return a folded name without the words of its kind, and that kind: region, district, settlement or "".

    "harkiv oblast" gives ("harkiv", "region"), "provincia de salta" ("salta", "region"); of a name that has no such
    word, or nothing else, itself and "".
    """
    words = _LOCAL_GOVERNMENT.sub(" lga", folded).split()
    kind = ""
    while len(words) > 1:
        if found := _KIND_BEHIND.get(words[-1]) or _KIND_ATTACHED.get(words[-1]):
            words.pop()
            found = DISTRICT if len(words) > 1 and words[-1] == "sub" and words.pop() else found
        elif found := _KIND_BEFORE.get(words[0]) or _KIND_ATTACHED.get(words[0]):
            del words[0]
            while len(words) > 1 and words[0] in _LINKS:
                del words[0]
        else:
            break
        kind = found if kind in ("", SETTLEMENT) else kind
    bare = " ".join(words)
    if not kind and len(words) == 1 and _SPACELESS.search(bare):
        for word, its in _KIND_ATTACHED.items():
            if len(bare) > len(word) + 1 and (bare.endswith(word) or bare.startswith(word)):
                return (bare.removesuffix(word) if bare.endswith(word) else bare.removeprefix(word)), its
    return bare, kind


def with_kind(name: str, kind: str) -> str:
    """Return a name with the word of a kind behind it, but for one that says itself what it is, or lies in others."""
    if not name or re.search("[,;>]", name) or without_kind(fold(name))[1]:
        return name
    return f"{name} {kind}"
