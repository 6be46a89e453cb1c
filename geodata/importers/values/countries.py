"""Countries by any name or code: ISO 3166-1 in two letters, three letters or digits, names in the eight languages, and
the names that data sets on conflicts use.

Names and codes are CLDR's, as babel has them; "Georgia" is the country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from geodata.importers.tables.records import shown
from geodata.importers.values.answer import Answers, Refusal
from geodata.importers.values.months import LANGUAGES
from geodata.importers.values.numerals import ascii_digits
from geodata.places.boundaries import BUNDLED
from geodata.places.gazetteer import fold

_NOTHING = frozenset(("", "na", "n/a", "nan", "none", "null", "unknown", "-", "?"))
_NAMIBIA = "NA"
_NO_COUNTRIES = frozenset(("ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"))
# Names that CLDR does not list: those of UCDP, ACLED, GTD and the news, and of countries that are no more. What has
# become several is left out.
_MORE = {
    "AE": ("UAE", "Emirates"), "BA": ("Bosnia-Herzegovina", "Bosnia"), "BN": ("Brunei Darussalam",),
    "BO": ("Bolivia, Plurinational State of",), "CD": (
        "DR Congo (Zaire)", "DR Congo", "DRC", "D.R. Congo", "Democratic Republic of Congo", "Zaire", "Congo, Dem. Rep.",
        "Congo (Kinshasa)", "Congo, Democratic Republic of the", "Democratic Republic of the Congo",
    ), "CF": ("CAR",), "CG": ("Congo", "Republic of Congo", "Congo, Rep.", "Congo (Brazzaville)", "Republic of the Congo"),
    "CI": ("Ivory Coast", "Cote d'Ivoire"), "CV": ("Cape Verde", "Cabo Verde"), "CZ": ("Czech Republic",),
    "DE": ("German Federal Republic", "BRD"), "FK": ("Falkland Islands",), "GB": (
        "UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland",
    ), "GM": ("The Gambia",), "IR": ("Islamic Republic of Iran",), "KH": ("Cambodia (Kampuchea)", "Kampuchea"),
    "KP": ("North Korea", "DPRK", "Korea, North", "Democratic People's Republic of Korea"),
    "KR": ("South Korea", "Republic of Korea", "Korea, South", "Korea"), "LA": ("Lao PDR", "Laos"), "LK": ("Ceylon",),
    "MD": ("Republic of Moldova",), "MG": ("Madagascar (Malagasy)",), "MK": (
        "Macedonia, FYR", "Macedonia", "FYROM", "Former Yugoslav Republic of Macedonia",
    ), "MM": ("Myanmar (Burma)", "Burma"), "PS": (
        "Palestine", "State of Palestine", "Palestinian territories", "Occupied Palestinian Territory", "oPt",
        "West Bank and Gaza Strip", "West Bank", "Gaza Strip",
    ), "RO": ("Rumania",), "RS": ("Serbia (Yugoslavia)", "Serbia and Montenegro", "Yugoslavia"), "RU": (
        "Russia (Soviet Union)", "Russian Federation", "RF",
    ), "SY": ("Syrian Arab Republic",), "SZ": ("Kingdom of eSwatini (Swaziland)", "Swaziland", "eSwatini"),
    "TL": ("East Timor", "Timor-Leste"), "TR": ("Turkey", "Turkiye"), "TW": ("Taiwan, Province of China", "Taiwan"),
    "TZ": ("United Republic of Tanzania",), "US": (
        "USA", "U.S.", "U.S.A.", "United States of America", "United States", "America",
    ), "VA": ("Vatican", "Holy See"), "VE": ("Venezuela, Bolivarian Republic of",), "VN": ("Viet Nam", "Vietnam (North Vietnam)"),
    "XK": ("Kosovo",), "YE": ("Yemen (North Yemen)",), "ZW": ("Zimbabwe (Rhodesia)", "Rhodesia"),
    "GE": ("Georgia",), "FM": ("Micronesia",), "BF": ("Upper Volta",), "BJ": ("Dahomey",),
}  # fmt: skip


def read_countries(texts: Sequence[str]) -> Answers[str]:
    """ISO 3166-1 alpha-2 of the different texts of a column (XK for Kosovo)."""
    found: list[str | None] = [None] * len(texts)
    refusals: dict[int, Refusal] = {}
    names = _names()
    for position, text in enumerate(texts):
        bare = ascii_digits(text)
        code = names.get(_key(bare)) or names.get(_key(bare.partition("(")[0]))
        if code is None and bare.casefold() not in _NOTHING:
            refusals[position] = Refusal(
                "country", f"{shown(text)} is no country{_nearest(bare)} (expected its name or code)."
            )
        found[position] = code if bare.casefold() not in _NOTHING or bare == _NAMIBIA else None
    return Answers(found, refusals)


def are_countries(texts: Sequence[str]) -> list[bool]:
    """Which texts are the name of a country as it is written in one of the languages."""
    names = _written()
    return [text.casefold() in names for text in texts]


def _key(text: str) -> str:
    return text.lstrip("0") if text.isdigit() else fold(text) if len(text) > 3 else text.casefold().strip()


def _nearest(text: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415 (only what is not found needs it)

    best = process.extractOne(_key(text), [name for name in _names() if len(name) > 3], score_cutoff=80)
    return f" (nearest: {BUNDLED.country_name(_names()[best[0]])})" if best else ""


@lru_cache(maxsize=1)
def _written() -> frozenset[str]:
    """The casefolded names of all countries."""
    return frozenset(name.casefold() for name, _ in _territories()) | {
        name.casefold() for names in _MORE.values() for name in names if len(name) > 3
    }


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The code of every folded name and of every code."""
    from babel.core import get_global  # noqa: PLC0415 (only a column of countries needs it)

    territories = _territories()
    codes = {code for _, code in territories}
    found: dict[str, str] = {}
    for alias, (code, *others) in get_global("territory_aliases").items():
        if code in codes and not others:
            found[_key(alias)] = code
    for name, code in territories:
        found.setdefault(_key(name), code)
    found |= {_key(name): code for code, names in _MORE.items() for name in names}
    return found | {code.casefold(): code for code in codes}


def _territories() -> list[tuple[str, str]]:
    """The names of countries in the languages of the page, each with its code."""
    from babel import Locale  # noqa: PLC0415 (only a column of countries needs it)

    return [
        (str(name), str(code))
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if re.fullmatch("[A-Z]{2}", str(code)) and code not in _NO_COUNTRIES
    ]
