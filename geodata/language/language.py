"""The language of a figure or page: its fixed words, plurals, days, numbers, countries and places.

The English sentences in the code are the keys of the catalogues `catalogues/<code>.po`; to say one, write
`language.say("Made on {day}", day=...)`. What a catalogue does not have yet, as the words of the page, stays English;
commands and API speak it only. Texts of the data stay as they are.
"""

from __future__ import annotations

import calendar
import csv
import gettext
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geodata.dates import MONTHS, say_day, say_days
from geodata.places.boundaries import BUNDLED
from geodata.places.folding import fold
from geodata.places.spatial import distance_m

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "catalogues"
LOCAL_NAMES = Path(__file__).parents[1] / "data" / "gazetteer" / "curated_local_names.csv"
CODES = ("en", "ru", "kk", "fr", "es", "de", "uk", "ar")
RIGHT_TO_LEFT = ("ar",)
RLM = "\u200f"
"""Right-to-left mark: keeps the signs around a Latin name on the side where an Arabic reader looks for them."""
SAME_PLACE_M = 50_000.0


class Named(Protocol):
    """What has a name at a point: a place of the record. `country` is ISO 3166-1 alpha-2, `point`
    (lon, lat) or None."""

    @property
    def country(self) -> str: ...  # noqa: D102

    @property
    def point(self) -> tuple[float, float] | None: ...  # noqa: D102

    def name_on(self, day: date) -> str: ...  # noqa: D102

    def local_name_on(self, day: date) -> str: ...  # noqa: D102


_GROUPED = 10_000  # from which digits stand in groups in any language


@dataclass(frozen=True, slots=True)
class Language:
    """One of `CODES`. Its methods give texts ready for print; what a catalogue does not have stays English."""

    code: str

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return self.code in RIGHT_TO_LEFT

    def own_name(self) -> str:
        """What its speakers call it, as an entry of a list: "Deutsch", "Қазақ тілі"."""
        name = str(_locale(self.code).get_display_name())
        return name[:1].upper() + name[1:]

    def say(self, words: str, **values: object) -> str:
        """The English `words` in this language, with values in the places of their names: texts or whole numbers."""
        return self._filled(_catalogue(self.code).gettext(words), values)

    def count(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of `one` or `many` (English) that goes with `count`, which stands at "{count}"."""
        return self._filled(_catalogue(self.code).ngettext(one, many, count), {"count": count, **values})

    def _filled(self, words: str, values: Mapping[str, object]) -> str:
        found = {name: self._value(value) for name, value in values.items()}
        for name, value in found.items():
            if self.code != "en" and value.endswith("."):  # "9 января 2022 г." ends a sentence as it is
                words = words.replace(f"{{{name}}}.", f"{{{name}}}")
        return words.format(**found)

    def _value(self, value: object) -> str:
        if isinstance(value, int):
            # In English, four digits may be a year and stand together.
            return str(value) if self.code == "en" and value < _GROUPED else self.number(value)
        text = str(value)
        if self.right_to_left:
            strong = [kind for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")]
            if strong and "L" in (strong[0], strong[-1]):
                return f"{RLM}{text}{RLM}"
        return text

    def number(self, number: float) -> str:
        """A number with the language's own signs: "6,000", "6 000", "43,3". Digits are Western ones in all."""
        if self.code == "en":
            return f"{number:,}" if isinstance(number, int) else f"{number:g}"
        return _number(self.code, number)

    def day(self, day: date) -> str:
        """As "9 January 2022"."""
        if self.code == "en":
            return say_day(day)
        from babel.dates import format_date  # noqa: PLC0415 (English needs none of it)

        return format_date(day, "long", locale=_locale(self.code))

    def days(self, first: date, last: date) -> str:
        """As "6–9 January 2022", without saying a month or year twice; a whole month by its name."""
        if self.code == "en":
            return say_days(first, last)
        if first == last:
            return self.day(first)
        if first.year != last.year:
            return self.say("{start} – {end}", start=self.day(first), end=self.day(last))
        if first.month == last.month and first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
            return self._month(first)
        months = _locale(self.code).months["format"]["wide"]
        # Days and years are no quantities: they go in as texts, which are not grouped.
        ends = {"first": str(first.day), "last": str(last.day), "year": str(last.year)}
        if first.month == last.month:
            return self.say("{first}–{last} {month} {year}", month=months[first.month], **ends)
        return self.say(
            "{first} {first_month} – {last} {last_month} {year}",
            first_month=months[first.month], last_month=months[last.month], **ends,
        )  # fmt: skip

    def _month(self, day: date) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 (English needs none of it)

        return format_skeleton("yMMMM", day, locale=_locale(self.code))

    def short_month(self, day: date) -> str:
        """The month of a day, short as on an axis: "Jan", "янв."."""
        if self.code == "en":
            return MONTHS[day.month][:3]
        return str(_locale(self.code).months["stand-alone"]["abbreviated"][day.month])

    def month(self, day: date) -> str:
        """The name of the month of a day by itself."""
        return MONTHS[day.month] if self.code == "en" else _locale(self.code).months["stand-alone"]["wide"][day.month]

    def country(self, code: str, name: str = "") -> str:
        """A country by its ISO 3166-1 alpha-2 code; `name`, or else its English name, where it has none."""
        english = name or BUNDLED.country_name(code)
        return english if self.code == "en" else _locale(self.code).territories.get(code, english)

    def place(self, place: Named, day: date) -> str:
        """The name of a place on `day`: that of the language where it is known, else the data's Latin one."""
        name = place.name_on(day)
        if self.code == "en" or place.point is None:
            return name
        for at, local in _local_names(self.code).get((place.country, fold(name)), ()):
            if distance_m(place.point, at) < SAME_PLACE_M:
                return local
        return name

    def places(self, place: Named, day: date) -> str:
        """The lines of a place's label: its name, and under it the one in the place's own script if that is another."""
        local = place.local_name_on(day)
        if self.code != "en" and _writes_latin(place.country):
            local = ""  # a name for others, such as the Russian one of Geneva
        return "\n".join(dict.fromkeys(filter(None, (self.place(place, day), local))))

    def sentences(self, parts: Iterable[str]) -> str:
        """Parts of a text, each ended with a full stop unless an abbreviation has done it."""
        ended = (part if self.code != "en" and part.endswith(".") else f"{part}." for part in parts)
        return " ".join(ended)

    def listed(self, items: Iterable[str]) -> str:
        """Items with commas between them."""
        return self._joined("{first}, {second}", items)

    def listed_apart(self, items: Iterable[str]) -> str:
        """Items with semicolons between them, as those of them have commas."""
        return self._joined("{first}; {second}", items)

    def led(self, items: Iterable[str]) -> str:
        """Places with arrows from each to the next."""
        return self._joined("{first} → {second}", items)

    def all_of(self, items: Iterable[str]) -> str:
        """Items with "and" between them."""
        return self._joined("{first} and {second}", items)

    def _joined(self, words: str, items: Iterable[str]) -> str:
        found = [self._value(item) for item in items]
        if not found:
            return ""
        between = self.say(words, first="\0", second="\0").strip("\0")
        return reduce(lambda done, item: f"{done}{between}{item}", found)


ENGLISH = Language("en")


@lru_cache(maxsize=len(CODES))
def _locale(code: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 (English needs none of it)

    return Locale.parse(code)


@lru_cache(maxsize=2_000, typed=True)
def _number(code: str, number: float) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 (English needs none of it)

    exact = number if isinstance(number, int) else Decimal(f"{number:g}")
    return format_decimal(exact, format="#,##0.######", locale=_locale(code))


def _writes_latin(country: str) -> bool:
    """Whether most in a country (ISO 3166-1 alpha-2) write in Latin letters."""
    from babel.core import get_global  # noqa: PLC0415 (English needs none of it)

    return "_Latn_" in get_global("likely_subtags").get(f"und_{country}", "_Latn_")


@lru_cache(maxsize=len(CODES))
def _catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled in memory; English is what stands in the code."""
    if code == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (English needs none of it)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=len(CODES))
def _local_names(code: str) -> dict[tuple[str, str], list[tuple[tuple[float, float], str]]]:
    """By country and folded Latin name: where the places of that name are (lon, lat) and what they are called."""
    found: dict[tuple[str, str], list[tuple[tuple[float, float], str]]] = {}
    with LOCAL_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["language"] == code:
                at = float(row["lon"]), float(row["lat"])
                found.setdefault((row["country"], fold(row["name"])), []).append((at, row["local_name"]))
    return found
