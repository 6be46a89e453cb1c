"""What people write around the name of a place: what it is, what it is near, what it lies in, streets and numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from geodata.places.folding import fold
from geodata.places.kinds import DISTRICT, without_kind

_FLAGS = re.IGNORECASE
_AIRFIELD = re.compile(
    r"\b((military|international|air ?force|army)\s+)*"
    r"(airport|air ?field|air ?base|aerodrome|air ?strip|base)\b"
    r"|\b(военн\w+\s+)?(аэропорт|аэродром|авиабаз)\w*|\bәуежай\w*|\bәуеайлағ\w*|\b(مطار|قاعدة)\b"
    r"|\b(військов\w+\s+)?(аеропорт|аеродром|авіабаз)\w*",
    _FLAGS,
)
_DIRECTION = r"(?:north|south|east|west|centr)(?:[- ]?(?:north|south|east|west))*(?:ern)?"
_COMPASS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_LETTER = re.compile(r"([NSEW])(?:\.\s*|\s+)(?=[^\W\d_]{3})")
_NEAR = re.compile(
    r"^(?:(?:an?|the)\s+(?:area|place|spot|village)\s+)?(?:(?:about|ca\.?|approx(?:imately|\.)?|some|around)\s+)?"
    r"(?:\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet(?:er|re)s?|mi|miles?|км)\s+)?"
    rf"(?:(?:to\s+the\s+)?(?:just\s+)?{_DIRECTION}\s+of|(?:in\s+|on\s+)?(?:the\s+)?(?:outskirts|vicinity|suburbs|area|surroundings|"
    r"edge|direction|countryside)\s+of|near(?:by)?(?:\s+to)?|close\s+to|next\s+to|outside(?:\s+of)?|around|"
    r"возле|около|вблизи|недалеко\s+от|рядом\s+с|под|в\s+районе|район(?:е)?\s+города|к\s+(?:северу|югу|востоку|западу)\s+от|"
    r"біля|поблизу|неподалік(?:\s+від)?|під|на\s+околиці|"
    r"près\s+de|à\s+côté\s+de|aux\s+environs\s+de|au\s+(?:nord|sud)\s+de|"
    r"cerca\s+de|al\s+(?:norte|sur|este|oeste)\s+de|en\s+las\s+afueras\s+de|"
    r"nahe|bei|unweit(?:\s+von)?|in\s+der\s+nähe\s+von|(?:nördlich|südlich|östlich|westlich)\s+von|"
    r"قرب|بالقرب\s+من|جنوب|شمال|شرق|غرب|ضواحي|محيط)\s+",
    _FLAGS,
)  # fmt: skip
_OF_A_TOWN = (
    r"(?:innenstadt|altstadt|stadtmitte|stadtzentrum|zentrum|(?:haupt)?bahnhof|hbf|rathaus|marktplatz|centro|"
    r"centre(?:-ville)?|mairie|casco\s+antiguo|centru|centrum|центр|вокзал|ратуша)"
)
_PART = re.compile(
    rf"^(?:{_DIRECTION}|(?-i:[NS][EW])|downtown|inner|outer|greater|old|upper|lower|{_OF_A_TOWN}(?:\s+d[eiou])?)\s+(?=\S)"
    r"|\s+(?:outskirts|suburbs?|area|surroundings|vicinity|downtown|(?:city\s+)?cent(?:er|re)|countryside|"
    rf"metropolitan\s+area|metro(?:\s+area)?|(?:city|town)\s+hall|(?:(?:refugee|idp)\s+)?camp|r\.\s?c\.|capital|"
    rf"(?:(?:border\s+)?crossing|checkpoint|dam|refinery|prison|jail|(?:{_DIRECTION}\s+)?industrial\s+(?:zone|area|park))|"
    rf"{_OF_A_TOWN})$",
    _FLAGS,
)
_STREET = re.compile(
    r"\b(?:street|str?|avenue|ave|boulevard|blvd|road|rd|lane|square|sq|plaza|plaça|bridge|park|market|station|stadium|"
    r"university|college|campus|hall|court ?house|capitol|library|school|"
    r"headquarters|precinct|hospital|mosque|church|cathedral|embassy|parliament|palace|rue|place|place\s+de|pont|calle|avenida|"
    r"paseo|puente|rua|praça|rodovia|travessa|largo|viaduto|carrera|calzada|glorieta|chaussee|allee|strasse|straße|platz|ring|brücke|bahnhof|tor|via|piazza|"
    r"улица|ул|м|метро|площадь|пл|проспект|пр|пр-т|переулок|бульвар|мост|вокзал|рынок|парк|"
    r"вулиця|вул|площа|майдан|міст|ринок|көшесі|даңғылы|алаңы|шоссе|набережная|"
    r"utca|utcában|körút|körúton|sugárút|sugárúton|tér|téren|téri|ulica|ulice|aleja|aleje|rondo|náměstí|námestie|třída|trg|"
    r"caddesi|bulvarı|sokağı|sokak|meydanı|viale|corso|strada|bulevardul|piața|șoseaua|jalan|jl)\b"
    r"|\w(?:straße|strasse|platz|allee|brücke|gasse|markt|damm|ufer|straat|laan|plein|gracht|gatan|vägen|torget)\b|\bشارع\b|\bساحة\b|\bميدان\b|\bجسر\b",
    _FLAGS,
)
_TWO_LETTERS, _FOUR_DIGITS = re.compile(r"[^\W\d_]{2}"), re.compile(r"\d{4}")  # as of a postal code
AND = re.compile(r"\s+(?:and|und|et|y|e|и|та|і|й|ve|و)\s+")
"""What stands between the last two names of a list."""
_NUMBERS = re.compile(r"^\W*\d[\w-]*\s+|\s+\d[\w/-]*\W*$")  # a postal code before, a house or code behind
_QUARTER = re.compile(
    r"^([^\W\d_][^\d,]*?)[\s-]+(?:\d{1,2}(?:er|st|nd|rd|th|e|è|ème|eme|\.)?|[IVX]{1,5}(?:er|e|ème|eme)?)$"
)
_POSTAL = re.compile(r"^(?:[A-Z]{1,3}-)?\d{4,6}\s+(?=[^\W\d_])")  # before a town
_TURNED_FROM, _SHORTENED = 2, 5
_PAIR, _LEAST_HALF = 2, 4  # names, and letters of each
_HOUSE = re.compile(r"^\d+\w?\s+\S|\s\d+\w?$")
_STREET_END = re.compile(
    r"\b(?:st|dr|drive|ln|way|ct|court|pl|pkwy|parkway|hwy|highway|pike|ter|terrace|cir|circle|trail|loop)\.?"
    r"(?:\s+(?:[ns][ew]?|[ew]))?$",
    _FLAGS,
)
_BY_A_RIVER = re.compile(r"(\w.*?)\s+(?:an der|an den|am|in der|im|ob der|vor der|bei)\s+(\w[\w-]+)", _FLAGS)
# What is said of a kind of place: "(U.S. state)", "(occupied territory)".
_OF_A_SORT = re.compile(r"^(?:u\.?\s?s\.?|occupied|autonomous|federal|union|special|independent)\s+(?=\w+$)", _FLAGS)
# In place of a part of a town.
_ALL_OF_IT = re.compile(
    rf"{_OF_A_TOWN}|down\s?town|city\s?-?wide|town\s?wide|state\s?wide|county\s?wide|(?:the\s+)?(?:city|town)\s+cent(?:er|re)|"
    r"(?:various|several|multiple|different|unspecified|many|other)(?:\s+(?:locations?|places?|sites?|areas?|streets?))?|"
    r"stadtgebiet|gesamtes?\s+stadtgebiet|verschiedene\s+orte|divers\s+lieux|plusieurs\s+lieux|varios\s+lugares|"
    r"centro\s+(?:histórico|de\s+la\s+ciudad)|центр\s+(?:города|міста)|разные\s+места|"
    r"(?:unknown|unspecified|undisclosed|unnamed|unclear|unidentified|not\s+(?:known|specified|reported|given|available))"
    r"(?:\s+(?:locations?|places?|villages?|area|town))?|unbekannt|inconnue?|desconocid[oa]|no\s+especificado|"
    r"não\s+informado|неизвестно|не\s+указано|невідомо|غير\s+معروف",
    _FLAGS,
)
_IN_BRACKETS = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_NUMBER_OF_PART = re.compile(r"\s*[(\[]\s*\d{1,3}\s*[)\]]")  # "Baghdad (1)"
_AFTER_COLON = re.compile(r"^([^:]{2,60}):\s+(.+)$")
# Folded short names that are not in the gazetteer, as they mean others elsewhere, by the country that they are used in.
_SHORT = {
    "AR": {
        **dict.fromkeys(("caba", "c a b a"), "Ciudad Autónoma de Buenos Aires"),
        **dict.fromkeys(("bs as", "bsas"), "Buenos Aires"),
    },
    "MX": dict.fromkeys(("d f", "df"), "Ciudad de México"),
    "YE": dict.fromkeys(("capital", "capital citi", "the capital"), "Amanat Al Asimah"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to read a text: the place is called `name`, and lies in each of `around`, from the widest to the nearest.

    `is_near`: not in the place but near it. `is_street`: the name is that of something in a settlement. `has_house`:
    the number of a house stands behind it. `is_turned`: that it lies in these is only one way to read the text.
    """

    name: str
    around: tuple[str, ...] = ()
    is_near: bool = False
    is_street: bool = False
    has_house: bool = False
    is_turned: bool = False


def is_number(text: str) -> bool:
    """Whether this is a number without a word: of a house ("13", "1a", "5 к2"), or a postal code."""
    return any(map(str.isdigit, text)) and not _TWO_LETTERS.search(text)


def read(text: str) -> Wording:
    """Read "X, Y", "X (Y)", "Y: X", "near X", "X, south of Y", street and number; a plain name is itself."""
    around: list[str] = []
    text = _NUMBER_OF_PART.sub("", text)
    if found := _IN_BRACKETS.match(text):
        inside, text = found[2].strip(), _without_brackets(text)
        # "Washington (delegation)" says who was there.
        is_remark = inside[:1].islower() and found[1][:1].isupper() and not _NEAR.match(inside)
        around += [] if is_remark or text != found[1] else [inside]
    if found := _AFTER_COLON.match(text):
        around.append(found[1].strip())
        text = found[2]
    # "Harrisburg (Steelton), Pennsylvania" is that city, of which a part is named.
    written = [" ".join(part.split()) for part in re.split("[,،，;|]", text)]
    parts = [_without_brackets(part) for part in written]
    if len(parts) > 1 and (found := _IN_BRACKETS.match(written[0])) and without_kind(fold(found[1]))[1] == DISTRICT:
        parts.insert(1, found[2].strip())  # "Khogyani District (Ghazni), Afghanistan": its province
    parts = list(filter(None, parts)) or [text]
    name, tails = _POSTAL.sub("", parts[0]), parts[1:]
    # A house number between commas says nothing more: "Lenin Square, 5, Donetsk".
    has_house = any(is_number(tail) and not _FOUR_DIGITS.search(tail) for tail in tails)
    tails = [tail for tail in tails if not is_number(tail)]
    # "Richmond, VA, Richmond" says no more than it does without its end.
    tails = tails[:-1] if len(tails) > 1 and fold(tails[-1]) == fold(name) else tails
    if tails and _ALL_OF_IT.fullmatch(name):
        name, tails = tails[0], tails[1:]  # "downtown, Portland"
    is_near = bool(_NEAR.match(name)) or any(_NEAR.match(tail) for tail in tails)
    # An address says no more than that it is in what it ends in: "City Hall, 201 W Park Rd, Boca Raton".
    without = [tail for tail in tails[:-1] if not _is_address(tail)] + tails[-1:]
    is_street = bool(_STREET.search(name)) or len(without) < len(tails)
    tails = without
    around += [_without_number(without_near(tail)) for tail in reversed(tails)]
    return Wording(_bare(name), tuple(filter(None, around)), is_near, is_street, has_house)


def _without_brackets(text: str) -> str:
    """A name without what is in brackets behind it, unless that says of what kind it is: "New York (U.S. state)"."""
    if not (found := _IN_BRACKETS.match(text)):
        return text
    inside = _OF_A_SORT.sub("", found[2].strip())
    return f"{found[1]} {inside}" if without_kind(fold(f"x {inside}"))[0] == "x" else found[1]


def without_river(name: str) -> tuple[str, ...]:
    """A German name with what the town lies by or in as it is written shorter, "Schwedt Oder" for "Schwedt an der
    Oder", and without it; none for any other."""
    found = _BY_A_RIVER.fullmatch(name)
    return (f"{found[1]} {found[2]}", found[1]) if found else ()


def _is_address(text: str) -> bool:
    """Whether a text is a street with the number of a house, as in "2709 Knoxville Ave" and "Lange Str. 3"."""
    return bool(_HOUSE.search(text)) and bool(_STREET.search(text) or _STREET_END.search(text))


def with_part(text: str) -> tuple[str, str] | None:
    """A chain of names and what stands in brackets behind it, "Boston, Massachusetts (Tremont Temple)"; None for any
    other text."""
    found = _IN_BRACKETS.match(text)
    is_chain = found is not None and "," in found[1] and not _NEAR.match(found[2].strip())
    if found is None or not is_chain or found[2].strip()[:1].islower() or is_number(found[2]):
        return None
    kind = without_kind(fold(f"x {_OF_A_SORT.sub('', found[2].strip())}"))
    return None if kind[0] == "x" else (found[1].strip(), found[2].strip())


def turned(text: str) -> Wording | None:
    """Read "Z, Y, X" as X, which lies in Y and that in Z, as in "Iraq, Mosul"; None for what has no commas, or says
    more with other marks."""
    parts = [" ".join(part.split()) for part in re.split("[,،，]", text)]
    parts = [part for part in parts if part and not is_number(part)]
    if len(parts) < _TURNED_FROM or re.search("[;:()]", text) or any(map(_NEAR.match, parts)):
        return None
    return Wording(
        _without_number(parts[-1]), tuple(parts[:-1]), is_street=bool(_STREET.search(parts[-1])), is_turned=True
    )


def is_abbreviation(text: str, name: str) -> bool:
    """Whether a text of a few capitals stands behind a name that is written otherwise: "Main Street (JVA)"."""
    is_short = len(text) <= _SHORTENED and text.isalpha() and text.isupper() and text.isascii()
    return is_short and any(map(str.islower, name))


def _bare(name: str) -> str:
    return without_near(name) or name


def written_out(name: str, countries: Collection[str]) -> str:
    """The name that a short one stands for in the one country (ISO alpha-2) that is meant: "CABA" in Argentina; itself
    for any other."""
    its = _SHORT.get(next(iter(countries)), {}) if len(countries) == 1 else {}
    return its.get(fold(name), name)


def with_direction(name: str) -> str:
    """A name with the point of the compass that its first letter stands for, "South Sudan" for "S. Sudan"; "" for any
    other."""
    found = _LETTER.match(name)
    return f"{_COMPASS[found[1]]} {name[found.end() :]}" if found else ""


def without_near(name: str) -> str:
    """The name without "near", "10 km south of" and the like before it."""
    return " ".join(_NEAR.sub("", name).split())


def without_part(name: str) -> str:
    """The name without what says which part of it: "Northern Gaza", "Kyiv outskirts"; itself where nothing does."""
    return " ".join(_PART.sub("", name).split()) or name


def without_airfield(name: str) -> str:
    """The name without "airport", "military airfield" and the like; itself where there is nothing else."""
    return " ".join(_AIRFIELD.sub(" ", name).split()) or name


def without_house(name: str) -> str:
    """The name without a number before or behind it."""
    return _without_number(name)


def without_quarter(name: str) -> str:
    """The name without the number of a quarter: "Paris 15", "Wien XX"; itself where there is none."""
    return _QUARTER.sub(r"\1", name)


def halves(name: str) -> tuple[str, ...]:
    """The two names that a name with a hyphen is made of, "Treptow-Köpenick"; none for any other."""
    parts = [part.strip() for part in re.split("[-–/]", name)]
    is_pair = len(parts) == _PAIR and all(len(part) >= _LEAST_HALF for part in parts)
    return tuple(parts) if is_pair else ()


def _without_number(text: str) -> str:
    return " ".join(_NUMBERS.sub(" ", text).split()) or text
