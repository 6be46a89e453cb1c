"""Countries by any name or code: ISO 3166-1, English and seven other languages, earlier names, FIPS, Gleditsch-Ward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values.answer import Answers, Refusal
from geodata.importers.values.words.country_names import DOUBTFUL, FIPS, FIPS_AS_ISO, GLEDITSCH_WARD, SEVERAL, VARIANTS
from geodata.importers.values.words.folding import MISSING, folded
from geodata.language.language import CODES

# Codes of CLDR that are no countries of ISO 3166-1; XK, which ISO leaves to users, is Kosovo everywhere.
_NO_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
_SHORT = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic", "is": "islands", "isl": "islands"}
_OFFICIAL = re.compile(
    r"(?:(?:islamic|democratic|people s|federal|federative|socialist|arab|cooperative|co operative|hashemite|oriental|"
    r"eastern|bolivarian|united) )*"
    r"(?:republic|kingdom|principality|sultanate|grand duchy|bailiwick|commonwealth|confederation|territory|"
    r"independent state|plurinational state)(?: of(?: union of)?)? (?P<name>.+)"
)
_INNER = re.compile(r"(?P<outer>[^()]+?) *\((?P<inner>[^()]+)\) *")
A_LIST = "country-list"
"""The rule that a cell breaks which names several countries, and means all of them."""
_NEAR_FROM = 75.0
_NEAREST = 3
_GLUED = 6  # letters of a country that another word follows without a blank
_LONGEST_CODE = 3
_LONGEST = 200


def read_countries(texts: Sequence[str]) -> Answers[str]:
    """The countries, ISO 3166-1 alpha-2, of the different texts of a column.

    NA is Namibia among codes of two letters, and no country among names. A word such as "unknown" is None without a
    refusal. A name that several countries may have, such as Korea, is refused with them.
    """
    found: list[str | None] = []
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    others = [text.strip(BLANKS) for text in texts if (cell := folded(text)) and cell not in MISSING]
    are_codes = bool(others) and all(len(text) == 2 and text.isascii() for text in others)
    told = []
    for position, text in enumerate(texts):
        cell = folded(text)
        code = None
        if cell == "na" and are_codes:
            code = "NA"
            told.append(f"{shown(text)} is Namibia, as the column has codes of two letters.")
        elif cell in MISSING:
            repairs[position] = f"{shown(text)} names no country; the cell counts as empty."
        elif cell:
            code = _country(cell) if len(cell) <= _LONGEST else None
            if code is None:
                refusals[position] = _refusal(text.strip(BLANKS), cell)
            elif _key(cell) in _doubtful():
                repairs[position] = f"{shown(text)} is read as {name_of(code)} ({code})."
        found.append(code)
    return Answers(found, refusals, repairs, tuple(told))


def are_countries(texts: Sequence[str]) -> list[bool]:
    """Which texts are the name of a country, and no code of one."""
    return [len(text) > _LONGEST_CODE and _country(folded(text)) is not None for text in texts]


def countries_named(text: str) -> set[str]:
    """The ISO alpha-2 codes of the countries in a text such as the name of a file: in its words, or in the beginning of
    one ("pakistanstrikes")."""
    words = folded(re.sub(r"[\W\d_]+", " ", text)).split()
    several = {" ".join(words[at : at + n]) for n in (1, 2, 3) for at in range(len(words))}
    found = {word: _names()[word] for word in several if len(word) > _LONGEST_CODE and word in _names()}
    for word in {*words} - found.keys():
        begin = [name for name in _names() if len(name) >= _GLUED and name.isalpha() and word.startswith(name)]
        found |= {word: _names()[max(begin, key=len)]} if begin else {}
    return set(found.values())


def of_fips(code: str) -> str:
    """The ISO alpha-2 code of a FIPS 10-4 code, as GDELT has them; "" for an unknown one."""
    return _fips().get(code.strip().upper(), "")


def of_gw(number: str | int) -> str:
    """The ISO alpha-2 code of a number of Gleditsch and Ward, as UCDP has them; "" for an unknown one.

    States of the past are their successors: 678 and 680 are Yemen; Czechoslovakia, which has two, is unknown.
    """
    return _gw().get(str(number).strip().removesuffix(".0"), "")


def name_of(code: str) -> str:
    """The English name of an ISO alpha-2 code, as CLDR has it; the code itself where it is unknown."""
    return _codes().get(code, code)


def _country(cell: str) -> str | None:
    """The country of a folded name or code."""
    if cell.isascii() and cell.isalnum() and (len(cell) in (2, 3) or cell.isdigit()):
        code = _code(cell.upper())
        if code:
            return code
    names = _names()
    key = _key(cell)
    if key in names:
        return names[key]
    match = _INNER.fullmatch(cell)
    if match:
        outer, inner = (names.get(_key(match[part])) or _official(_key(match[part])) for part in ("outer", "inner"))
        # "Yemen (North Yemen)" and "Kingdom of eSwatini (Swaziland)"; what contradicts itself is none.
        return outer if outer and inner in (None, outer) else None if outer else inner
    for first, last in ((match[2], match[1]) for match in [re.fullmatch(r"([^,]+), ?([^,]+)", cell)] if match):
        turned = _key(f"{first} {last}")  # "Congo, Dem. Rep."
        if turned in names or _official(turned):
            return names.get(turned) or _official(turned)
    return _official(key)


def _official(key: str) -> str | None:
    """The country of a long name such as "Islamic Republic of Pakistan"."""
    match = _OFFICIAL.fullmatch(key)
    return _names().get(match["name"]) if match and match["name"] not in _doubtful() else None


def _code(code: str) -> str | None:
    """The country of a code of two or three letters, or of three digits."""
    from babel.core import get_global  # noqa: PLC0415 (only a table needs it)

    if code in _codes():
        return code
    if code == "EL":
        return "GR"  # as the European Union writes it
    found = get_global("territory_aliases").get(code.zfill(3) if code.isdigit() else code, ())
    return found[0] if len(found) == 1 and found[0] in _codes() else None


def _refusal(text: str, cell: str) -> Refusal:
    several = _several().get(_key(re.sub(r"\(.*?\)", "", cell[:_LONGEST])))
    if several:
        names = ", ".join(f"{name_of(code)} ({code})" for code in several.split())
        return Refusal("country-several", f"{shown(text)} is more than one country (expected one of {names}).")
    parts = [part for part in re.split(r" ?[;/|] ?", cell[:_LONGEST]) if part]
    if len(parts) > 1 and all(_country(part) for part in parts):
        return Refusal(A_LIST, f"{shown(text)} names {len(parts)} countries (expected one).")
    near = _nearest(_key(cell))
    hint = f"; nearest: {', '.join(f'{name_of(code)} ({code})' for code in near)}" if near else ""
    return Refusal("country", f"{shown(text)} is not a country (expected a name, or a code such as KZ{hint}).")


def _nearest(key: str) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (only a misspelt name needs it)

    found = process.extract(key[:80], list(_names()), scorer=fuzz.ratio, score_cutoff=_NEAR_FROM, limit=2 * _NEAREST)
    return list(dict.fromkeys(_names()[name] for name, _, _ in found))[:_NEAREST]


def _key(cell: str) -> str:
    """How names are compared: folded, with letters and digits alone, common abbreviations whole, without "the"."""
    words = re.sub(r"[^\w]+|_", " ", cell.replace("&", " and ")).split()
    return " ".join(_SHORT.get(word, word) for word in words if word != "the") or cell


@cache
def _codes() -> dict[str, str]:
    """The countries of ISO 3166-1 and Kosovo, with their English names."""
    from babel import Locale  # noqa: PLC0415 (only a table needs it)

    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRIES}


@cache
def _names() -> dict[str, str]:
    """All names, as keys, with their codes."""
    from babel import Locale  # noqa: PLC0415 (only a table needs it)

    found: dict[str, str] = {}
    for language in CODES:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                cell = folded(name)
                match = _INNER.fullmatch(cell)  # "Myanmar (Burma)"
                for one in (cell, *(match.groups() if match else ())):
                    found.setdefault(_key(one), code)
    for table in (VARIANTS, DOUBTFUL):
        found |= {_key(folded(name)): code for code, names in table.items() for name in names.split("|")}
    return found


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(_key(folded(name)) for names in DOUBTFUL.values() for name in names.split("|"))


@cache
def _several() -> dict[str, str]:
    return {_key(folded(name)): codes for codes, names in SEVERAL.items() for name in names.split("|")}


@cache
def _fips() -> dict[str, str]:
    return {code: code for code in FIPS_AS_ISO.split()} | _pairs(FIPS)


@cache
def _gw() -> dict[str, str]:
    return _pairs(GLEDITSCH_WARD)


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in table.split())
