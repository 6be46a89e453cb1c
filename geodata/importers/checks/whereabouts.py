"""Where an event of a flat table happened: at a point, at named places, in a country, or nobody says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geodata.dates import PartialDay
from geodata.errors import ChoiceError
from geodata.importers.checks.places import Places
from geodata.importers.tables.records import MAX_VALUE, Record, nearest, shown
from geodata.importers.values.words.folding import MISSING, folded
from geodata.places.boundaries import BUNDLED, country_of
from geodata.record.model import GEO_PRECISIONS, Place, Site


@dataclass(frozen=True, slots=True)
class Where:
    """The sites; the country where there are none; the place as the table names it, which is what a figure covers;
    the names that were not settled."""

    sites: tuple[Site, ...] = ()
    country: str = ""
    scope: str = ""
    unsettled: tuple[str, ...] = ()


_NOWHERE = Where()
_UNKNOWN_PLACE = "'unknown' stands beside a place (expected how precisely it is known)."
# What people write in place of a place, in any case.
_NO_PLACE = {"-", "?", *(word for word in MISSING - {"nan", "nat", "nil"} if any(map(str.isalpha, word)))}  # Nan is one
# And in place of one, where an event is all over its country.
_ALL_OVER_WORDS = (
    "national|nationwide|national level|countrywide|country-wide|across the country|all over the country|whole country|"
    "throughout the country|bundesweit|landesweit|im ganzen land|national weit|nacional|a nivel nacional|"
    "todo el país|em todo o país|âmbito nacional|échelle nationale|toute la france|dans tout le pays|"
    "по всей стране|вся страна|по всій країні|вся країна|бүкіл ел|tüm türkiye|türkiye geneli|nazionale"
)
_ALL_OVER = frozenset(_ALL_OVER_WORDS.split("|"))


def whereabouts(record: Record, places: Places, event_id: str, day: date | None) -> Where:
    """The sites of a record; places without a point are looked up by their names on `day`, if it is known."""
    country = country_in(record, places)
    precisions = precisions_in(record)
    cell = record.text("place")
    is_flow = ">" in cell
    names = names_in(record)
    has_point = bool(record.text("lon") or record.text("lat"))
    if is_flow and len(names) != 2:
        record.refuse("place", f"{shown(cell)} is not a flow (expected origin > destination).")
    elif precisions is None:
        pass
    elif "unknown" in precisions and has_point:
        record.refuse("geo_precision", _UNKNOWN_PLACE)
    elif has_point:
        return _at_point(record, places, country, precisions, names)
    elif not names:
        return _without_place(record, country, precisions)
    elif day is not None:
        return _Named(record, places, event_id, country, day).where(names, precisions, is_flow)
    return _NOWHERE


def countries_of(records: Iterable[Record], places: Places) -> set[str]:
    """The countries that the rows of a table are about, whatever their order, as far as they say so themselves.

    Those of their country cells, and of the names that settle a place alone. Notes no problems.
    """
    found: set[str] = set()
    for record in records:
        country = record.text("country").upper()
        if country:
            found.update({country} if places.knows_country(country) else ())
        elif not (record.text("lon") or record.text("lat")):
            try:
                day = PartialDay.parse(record.text("date_start")[:MAX_VALUE]).first
                found.update(places.country_that_tells(name, day) for name in names_in(record) if _is_place(name))
            except (ValueError, ChoiceError):
                continue  # told of when the record is read
    return found - {""}


def names_in(record: Record) -> tuple[str, ...]:
    """The names in the cell of the place; none where all of them say that there is no place."""
    cell = record.text("place")
    parts = (part.strip() for part in cell.split(">"))
    names = tuple(filter(None, parts)) if ">" in cell else record.items("place")
    # A flow keeps both ends, so that one with an unknown end is not mistaken for a broken one.
    return names if ">" in cell or any(map(_is_place, names)) else ()


def _is_place(name: str) -> bool:
    return folded(name) not in _NO_PLACE and name.casefold() not in _ALL_OVER


def country_in(record: Record, places: Places) -> str:
    """The country's code; "" where the cell is empty."""
    country = record.text("country").upper()
    if country and not places.knows_country(country):
        record.refuse("country", f"{shown(record.text('country'))} was found (expected an ISO 3166-1 code such as KZ).")
        return ""
    return country


def precisions_in(record: Record) -> tuple[str, ...] | None:
    """The entries of the cell; None where one is none of `GEO_PRECISIONS`."""
    found = tuple(item.casefold() for item in record.items("geo_precision"))
    wrong = [item for item in found if item not in GEO_PRECISIONS]
    for item in wrong:
        words = f"{', '.join(GEO_PRECISIONS)}{nearest(item, GEO_PRECISIONS)}"
        record.refuse("geo_precision", f"{shown(item)} is none of {words}.")
    return None if wrong else found


def _without_place(record: Record, country: str, precisions: tuple[str, ...]) -> Where:
    if not suits_no_place(precisions, country):
        expected = "country" if country else "unknown"
        given = f"{shown(record.text('geo_precision'))} with no place, no lon and lat, and country {shown(country)}"
        record.refuse("geo_precision", f"{given} was found (expected {expected}, or an empty cell).")
    return Where(country=country, scope=BUNDLED.country_name(country) if country else "")


def suits_no_place(precisions: tuple[str, ...], country: str) -> bool:
    """Whether that is how precisely an event without a place can be known."""
    return precisions in ((), ("country" if country else "unknown",))


def _at_point(
    record: Record, places: Places, country: str, precisions: tuple[str, ...], names: tuple[str, ...]
) -> Where:
    lon, lat = record.decimal("lon", -180, 180, "degrees"), record.decimal("lat", -90, 90, "degrees")
    for have, lack in (("lon", "lat"), ("lat", "lon")):
        if record.text(have) and not record.text(lack):
            record.refuse(lack, f'the cell is empty but "{have}" is not (expected both, or neither).')
    if len(names) > 1:
        words = "names 2 places or more beside one point (expected one; without lon and lat they are looked up)"
        record.refuse("place", f"{shown(record.text('place'))} {words}.")
    elif len(precisions) > 1:
        record.refuse("geo_precision", f"{len(precisions)} values for one place (expected one).")
    elif lon is not None and lat is not None:
        if country and is_exchanged(lon, lat, country):
            words = f"the point is not in {country}, but is with lon and lat exchanged (expected lon, then lat)"
            record.refuse("lon", f"{words}.")
            return _NOWHERE
        place = places.at(record.text("place") if names else "", lon, lat, country)
        if precisions != ("country",):
            return Where((Site(place.place_id, "at", "".join(precisions) or "settlement"),), scope=place.name)
        if place.country:
            # A whole country is not a point: the one that stands for it is not kept.
            return Where(country=place.country, scope=place.name)
        record.refuse("geo_precision", "'country' stands beside a point in no country (expected a country).")
    return _NOWHERE


def is_exchanged(lon: float, lat: float, country: str) -> bool:
    """Whether a point lies in its country only with lon and lat exchanged; one at sea off it stands as it is, as does
    one that would hardly move."""
    if abs(lon) > 90 or abs(lon - lat) <= HARDLY or country_of(lon, lat) == country or country_of(lat, lon) != country:
        return False
    return not BUNDLED.is_off(lon, lat, country)


HARDLY = 1.0  # degrees: that near to a border, a point may well be right, or the border not be


@dataclass(frozen=True, slots=True)
class _Named:
    """A record whose places are names to be looked up."""

    record: Record
    places: Places
    event_id: str
    country: str
    day: date

    def where(self, names: tuple[str, ...], precisions: tuple[str, ...], is_flow: bool) -> Where:
        """The sites of those names that are settled, and for others what they are said to be in; none of a flow with an
        end that is not settled."""
        if len(precisions) not in (0, 1, len(names)):
            message = f"{len(precisions)} values for {len(names)} places (expected one for all, or one for each)."
            self.record.refuse("geo_precision", message)
            return _NOWHERE
        given = precisions if len(precisions) == len(names) else (precisions or ("",)) * len(names)
        roles = ("origin", "destination") if is_flow else ("at",) * len(names)
        sites: dict[str, Site] = {}
        countries: dict[str, None] = {}
        unsettled: list[str] = []
        settled = 0
        for name, precision, role in zip(names, given, roles, strict=True):
            found = self._settled(name, precision) if _is_place(name) else None
            settled += found is not None
            if found is None and _is_place(name):
                unsettled.append(name)
                area = None if is_flow else self.places.around(name, self.country, self.day)
                if area:
                    sites.setdefault(area[0].place_id, Site(area[0].place_id, role, area[1]))
            if found and found[1] == "country":
                countries[found[0].country] = None
            elif found:
                sites.setdefault(found[0].place_id, Site(found[0].place_id, role, found[1]))
        scope = self.record.text("place")
        if is_flow and (countries or len(sites) < settled):
            self.record.refuse("place", f"{shown(scope)} is not a flow between two places (expected two).")
        if settled and "unknown" in precisions:
            self.record.refuse("geo_precision", _UNKNOWN_PLACE)
        names_left = (scope,) if is_flow and unsettled else tuple(dict.fromkeys(unsettled))
        if sites and (not is_flow or len(sites) == 2):
            return Where(tuple(sites.values()), scope=scope, unsettled=names_left)
        if len(countries) > 1:
            message = f"{shown(scope)} names {len(countries)} whole countries (expected one, or places in them)."
            self.record.refuse("place", message)
        return Where(country=next(iter(countries), self.country), scope=scope, unsettled=names_left)

    def _settled(self, name: str, precision: str) -> tuple[Place, str] | None:
        """The place and how precisely it is known, "country" for a whole one."""
        try:
            found = self.places.named(name, self.country, self.day, self.event_id)
        except ChoiceError as error:
            self.record.refuse("place", str(error))
            return None
        if not found:
            return None
        place, own = found
        if own == "country" and precision not in ("", "country"):
            message = f"{shown(precision)} does not suit {shown(name)}, a whole country (expected country)."
            self.record.refuse("geo_precision", message)
        return place, "country" if own == "country" else precision or own
