"""The reader's choice: which events and claims. One frozen `Filter` for page, address, HTTP and command line.

It reads itself (`parse`), says itself in words (`describe`), writes itself (`to_query`) and keeps (`conditions`),
so that a caption cannot disagree with the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata.errors import FilterError
from geodata.language.language import ENGLISH, Language
from geodata.phrases import phrase
from geodata.reading import fold_text, numbers, one_of, read_day, read_items, read_text, some_of
from geodata.record.model import CATEGORIES, GEO_PRECISIONS

if TYPE_CHECKING:
    import ibis.expr.types as ir

BBox = tuple[float, float, float, float]


def _bbox(key: str, value: object) -> BBox:
    west, south, east, north = numbers(key, value, "west,south,east,north")
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise FilterError(key, f"Cannot read {key}: {str(value)[:80]!r} is not on the globe, or south is above north.")
    return west, south, east, north


# Key in the address -> attribute and reader. Adding a filter field starts here.
READERS: dict[str, tuple[str, Callable[[str, object], Any]]] = {
    "from": ("date_from", read_day),
    "to": ("date_to", read_day),
    "dates": ("dates", one_of(("may", "must"))),
    "as_of": ("as_of", read_day),
    "categories": ("categories", some_of(CATEGORIES)),
    "claimants": ("claimants", read_items),
    "sources": ("sources", read_items),
    "actors": ("actors", read_items),
    "places": ("places", read_items),
    "precision": ("precision", some_of(GEO_PRECISIONS)),
    "q": ("q", read_text),
    "bbox": ("bbox", _bbox),
    "v": ("v", read_text),
}
KEYS = tuple(READERS)
LISTS = ("claimants", "sources", "actors", "places", "precision")
# Why an event is hidden, in the words of the line "showing 9 of 14".
REASONS = {
    "as_of": phrase("not yet reported"),
    "dates": phrase("outside the dates"),
    "categories": phrase("in other categories"),
    "claimants": phrase("without a claim by these voices"),
    "sources": phrase("from other sources"),
    "actors": phrase("with other actors"),
    "places": phrase("in other places"),
    "precision": phrase("of another place precision"),
    "q": phrase("without the text"),
    "bbox": phrase("outside the area"),
}
# How a choice of a list is said in captions.
LIST_WORDS = {
    "claimants": phrase("claimants {items}"),
    "sources": phrase("sources {items}"),
    "actors": phrase("actors {items}"),
    "places": phrase("places {items}"),
    "precision": phrase("precision {items}"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events and claims. An attribute that is None or empty keeps everything; both dates are inclusive.

    `dates` is "may" (events that may lie in the dates: the possible days overlap) or "must" (all of them lie inside).
    `bbox` is (west, south, east, north) in degrees; west > east crosses the antimeridian. List values are compared
    without case; `places` takes place ids, any name of a place, its region or its country's code.
    """

    date_from: date | None = None
    date_to: date | None = None
    dates: str = "may"
    as_of: date | None = None
    categories: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    q: str = ""
    bbox: BBox | None = None
    v: str = ""

    @classmethod
    def parse(cls, **values: object) -> Filter:
        """Read loose values (texts or lists, by filter key; None, "" and [] mean not set) strictly.

        Raises FilterError, which names the key, the value and what was expected.
        """
        found: dict[str, Any] = {}
        for key, value in values.items():
            if key not in READERS:
                raise FilterError(key, f"Unknown filter key {key[:80]!r} (expected one of {', '.join(KEYS)}).")
            if value in (None, "", []):
                continue
            attribute, read = READERS[key]
            found[attribute] = read(key, value)
        where = cls(**found)
        if where.date_from and where.date_to and where.date_from > where.date_to:
            raise FilterError("from", f"The dates run backwards: from {where.date_from} to {where.date_to}.")
        return where

    @classmethod
    def parse_link(cls, values: Mapping[str, object]) -> tuple[Filter, tuple[str, ...]]:
        """Read what can be read; the second value names each key that was left out, in a sentence."""
        kept: dict[str, object] = {}
        notices = []
        for key, value in values.items():
            try:
                cls.parse(**{**kept, key: value})
            except FilterError as error:
                notices.append(str(error))
            else:
                kept[key] = value
        return cls.parse(**kept), tuple(notices)

    def to_query(self) -> dict[str, str]:
        """The keys that are set, as texts, in the order of `KEYS`; `parse(**to_query())` is the same filter."""
        default = Filter()
        query = {}
        for key, (attribute, _) in READERS.items():
            value = getattr(self, attribute)
            if value == getattr(default, attribute):
                continue
            if isinstance(value, tuple):
                query[key] = ",".join(str(v).replace("\\", r"\\").replace(",", r"\,") for v in value)
            else:
                query[key] = str(value)
        return query

    def describe(self, language: Language = ENGLISH) -> str:
        """The filter in words, for captions: "6–9 January 2022 · clash, detention · as known on 9 January 2022"."""
        say = language.say
        parts = [self.describe_dates(language)] if self.date_from or self.date_to else []
        if self.categories:
            parts.append(language.listed(say(category) for category in self.categories))
        for key in LISTS:
            chosen = getattr(self, key)
            if chosen:
                items = map(say, chosen) if key == "precision" else chosen
                parts.append(say(LIST_WORDS[key], items=language.listed(items)))
        if self.q:
            parts.append(say("text “{text}”", text=self.q))
        if self.bbox:
            west, south, east, north = map(language.number, self.bbox)
            parts.append(say("area {west}, {south} to {east}, {north}", west=west, south=south, east=east, north=north))
        if self.as_of:
            parts.append(say("as known on {day}", day=language.day(self.as_of)))
        return " · ".join(parts) or say("all events")

    def describe_dates(self, language: Language = ENGLISH) -> str:
        """The dates in words: "6–9 January 2022", "from ...", "until ...", "all dates"."""
        if self.date_from and self.date_to:
            words = language.days(self.date_from, self.date_to)
        elif self.date_from:
            words = language.say("from {day}", day=language.day(self.date_from))
        elif self.date_to:
            words = language.say("until {day}", day=language.day(self.date_to))
        else:
            return language.say("all dates")
        return language.say("{dates} (certainly)", dates=words) if self.dates == "must" else words

    def lift(self, reason: str) -> Filter:
        """The same filter without the choice that hides for `reason` (a key of `REASONS`)."""
        names = ("date_from", "date_to", "dates") if reason == "dates" else (reason,)
        default = Filter()
        return replace(self, **{name: getattr(default, name) for name in names})

    def conditions(self, events: ir.Table, facets: ir.Table, points: ir.Table) -> dict[str, ir.BooleanValue]:
        """For each choice that is set, by its key in `REASONS`: whether a row of `events` passes it.

        `events` has columns event_id, category, date_start, date_end, reported_on, search; `facets` is long
        (event_id, kind, value: folded; kind is a key of `LISTS`); `points` has event_id, lon, lat.
        """
        checks: dict[str, ir.BooleanValue] = {}
        if self.as_of:
            checks["as_of"] = events.reported_on <= self.as_of
        if self.date_from or self.date_to:
            first, last = self.date_from or date.min, self.date_to or date.max
            if self.dates == "must":
                checks["dates"] = (events.date_start >= first) & (events.date_end <= last)
            else:
                checks["dates"] = (events.date_end >= first) & (events.date_start <= last)
        if self.categories:
            checks["categories"] = events.category.isin(self.categories)
        for key in LISTS:
            chosen = getattr(self, key)
            if chosen:
                hits = facets.filter((facets.kind == key) & facets.value.isin([fold_text(c) for c in chosen]))
                checks[key] = events.event_id.isin(hits.event_id)
        if self.q:
            checks["q"] = events.search.contains(fold_text(self.q))
        if self.bbox:
            west, south, east, north = self.bbox
            lon_in = points.lon.between(west, east) if west <= east else (points.lon >= west) | (points.lon <= east)
            checks["bbox"] = events.event_id.isin(points.filter(lon_in & points.lat.between(south, north)).event_id)
        return checks


assert {field.name for field in fields(Filter)} == {attribute for attribute, _ in READERS.values()}
