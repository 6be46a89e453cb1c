"""The values of a series: the days, weeks, categories or places of a choice, each as a narrower `Filter`. Pure.

An event belongs to a value exactly when the value's filter keeps it; a choice of certain dates keeps in a day only
what certainly happened on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.scene.words import CATEGORY_NAMES
from geodata.errors import ChoiceError, NothingFound
from geodata.filter import Filter
from geodata.language.language import ENGLISH, Language
from geodata.phrases import phrase
from geodata.places.boundaries import BUNDLED
from geodata.reading import fold_text
from geodata.record.model import CATEGORIES, Place
from geodata.store.result import Result
from geodata.store.store import Store

MAX_FIGURES = 366
MOST_PLACES = 4 * MAX_FIGURES  # with the other ends of flows, which have no figure where places are chosen
MAX_SLUG_BYTES = 80
# Windows gives these names to devices, whatever the suffix.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a series: how its file is named ("2022-01-06"), how a title says it, which events it has."""

    name: str
    words: str
    where: Filter


def values_of(store: Store, where: Filter, each: str, language: Language = ENGLISH) -> tuple[Value, ...]:
    """The values of a choice's events, in order; days and weeks without an event stand among the others.

    `each` is one of `dashboard.options.SERIES`; words are in `language`. Raises NothingFound where no event is kept,
    and ChoiceError for more than `MAX_FIGURES` values.
    """
    result = store.query(where)
    if not result.count:
        raise NothingFound(f"No events match: there is no {each} to draw.")
    make = {"day": _days, "week": _weeks, "category": _categories, "place": _places}[each]
    values = tuple(make(store, result, language))
    if len(values) > MAX_FIGURES:
        raise _too_many(each, len(values))
    return values


def slugs(names: Iterable[str]) -> Iterator[str]:
    """A name for a file from each text: small letters, digits and hyphens, none twice, none of Windows' devices."""
    taken: set[str] = set()
    for name in names:
        first = slug(name)
        found, number = first, 1
        while found in taken or found in DEVICES:
            number += 1
            found = f"{first}-{number}"
        taken.add(found)
        yield found


def slug(name: str) -> str:
    """A text as part of a file's name: Latin letters without their accents, others as they are; never empty."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if unicodedata.category(c) != "Mn")
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    return words.encode()[:MAX_SLUG_BYTES].decode(errors="ignore").strip("-") or "unnamed"


def _days(_: Store, result: Result, language: Language) -> Iterator[Value]:
    first, last = _span(result)
    if (last - first).days >= MAX_FIGURES:
        raise _too_many("day", (last - first).days + 1)
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        yield Value(day.isoformat(), language.day(day), replace(result.where, date_from=day, date_to=day))


def _weeks(_: Store, result: Result, language: Language) -> Iterator[Value]:
    """Calendar weeks, Monday to Sunday; where the choice of dates cuts one, the days that are left of it."""
    first, last = _span(result)
    where, start = result.where, first.toordinal() - first.weekday()
    if (last.toordinal() - start) // 7 >= MAX_FIGURES:
        raise _too_many("week", (last.toordinal() - start) // 7 + 1)
    for ordinal in range(start, last.toordinal() + 1, 7):
        monday = date.fromordinal(ordinal)
        sunday = date.fromordinal(min(ordinal + 6, date.max.toordinal()))  # the calendar ends within a week
        year, week, _day = monday.isocalendar()
        begin, end = max(monday, where.date_from or monday), min(sunday, where.date_to or sunday)
        yield Value(f"{year}-W{week:02}", language.days(begin, end), where.changed(**{"from": begin, "to": end}))


def _categories(_: Store, result: Result, language: Language) -> Iterator[Value]:
    for category in CATEGORIES:
        if category in result.categories:
            yield Value(category, language.say(CATEGORY_NAMES[category]), replace(result.where, categories=(category,)))


def _places(_: Store, result: Result, language: Language) -> Iterator[Value]:
    """The places by name; then what is known only for a country, and what has no place, or none that is settled."""
    where, chosen = result.where, {fold_text(name) for name in result.where.chosen("places")}
    count, firsts = result.of_places(MOST_PLACES)
    if count > MOST_PLACES:
        raise _too_many("place", count)
    at: dict[str, tuple[Place, date]] = {}
    wide: dict[str, None] = {}
    for event in firsts.events:
        for site in event.sites:
            place = firsts.places[site.place_id]
            # A choice of places keeps the other end of a flow too, which is no place of the choice.
            if not chosen or any(fold_text(name) in chosen for name in _all_names(place)):
                at.setdefault(place.place_id, (place, event.date_start))
        if event.geo_precision == "country" and not event.sites:
            wide.setdefault(event.country)
    # Each as its name for the file, which is the same in every language, its words, and its filter.
    found = [
        (place.name_on(day), language.place(place, day), where.changed(places=[place_id]))
        for place_id, (place, day) in at.items()
    ]
    found.sort(key=lambda item: (fold_text(item[1]), item[2].chosen("places")))
    countries = [
        (BUNDLED.country_name(code), language.country(code), where.changed(places=[code], precision=["country"]))
        for code in wide
    ]
    found += [
        (f"{name}, country-wide", language.say("{country}, country-wide", country=words), narrowed)
        for name, words, narrowed in sorted(countries, key=lambda item: item[1])
    ]
    without = [event for event in firsts.events if not event.sites and event.geo_precision == "unknown"]
    if without:
        words = phrase("without a settled place") if any(e.unsettled for e in without) else phrase("without a place")
        found.append((words, language.say(words), where.changed(precision=["unknown"])))
    for (_first, words, narrowed), name in zip(found, slugs(first for first, _, _ in found), strict=True):
        yield Value(name, words, narrowed)


def _all_names(place: Place) -> Collection[str]:
    return place.place_id, *place.all_names(), place.region, place.country


def _span(result: Result) -> tuple[date, date]:
    """The first and the last day, within the choice of dates, on which something may have happened."""
    assert result.span  # there are events
    first, last = result.span
    return max(first, result.where.date_from or first), min(last, result.where.date_to or last)


def _too_many(each: str, count: int) -> ChoiceError:
    advice = {"day": "weeks (each=week) or fewer days", "week": "fewer weeks", "place": "fewer places"}[each]
    said = f"One figure a {each} would be {count:,} (expected at most {MAX_FIGURES})"
    return ChoiceError("each", f"{said}: ask for {advice}.")
