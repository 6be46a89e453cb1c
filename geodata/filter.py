"""The reader's choice: which events and claims. One frozen `Filter` for page, address, HTTP and command line.

It reads itself (`parse`), says itself in words (`describe`), writes itself (`to_query`) and keeps (`conditions`),
so that a caption cannot disagree with the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from geodata.area import Area, BBox, is_in, read_area, read_bbox
from geodata.errors import ChoiceError
from geodata.language.language import ENGLISH, Language
from geodata.phrases import page_phrase, phrase
from geodata.reading import fold_text, one_of, read_day, read_items, read_text, some_of
from geodata.record.model import CATEGORIES, GEO_PRECISIONS

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.record.columns import Columns, Pair

Reader = Callable[[str, object], Any]
# What events can have: a point in an area, a folded text in theirs, or one of the folded values of a list, by its key.
What: TypeAlias = "Area | str | tuple[str, tuple[str, ...]]"


class Tables(Protocol):
    """The tables of `geodata.store.derived.tables` by name."""

    def __getitem__(self, key: str, /) -> ir.Table: ...

    def has(self, event: ir.IntegerColumn, what: What) -> ir.BooleanValue:
        """Whether events have what is asked for."""

    def codes(self, key: str, values: Sequence[str]) -> ir.IntegerColumn | Sequence[int]:
        """The codes of folded values of a list."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the filter: how it is read, and its help and title wherever it is offered.

    `attribute` is that of `Filter`. `reason` says why an event is hidden, in the line "showing 9 of 14".
    """

    read: Reader
    help: str
    title: str
    attribute: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListField:
    """A key whose values are chosen from a list: an event is kept where it has one of them, compared without case.

    `values` are pairs of arrays (rows of events, what each has), as many as it takes; `options` are what a record
    offers (values, labels), in the order of a list; None: what anybody has, in that of the alphabet. `words` says a
    choice in captions, around {items}; `spoken` values are words of ours, said in the caption's language.
    """

    title: str
    help: str
    reason: str
    words: str
    values: Callable[[Columns], Iterable[Pair]]
    options: Callable[[Columns], Pair] | None = None
    read: Reader = read_items
    spoken: bool = False


def _place_values(columns: Columns) -> list[Pair]:
    """Ids, all names (unsettled ones too), regions, countries of the event's places; its own country too."""
    of_places = [columns.of_sites(key) for key in ("place_id", "name", "names", "region", "country")]
    return [*of_places, columns.of_events("unsettled"), columns.of_events("country")]


def _precisions(columns: Columns) -> list[Pair]:
    """Those of the sites; of an event without any, what is known instead."""
    return [columns.of_sites("geo_precision"), columns.without_sites()]


def _precision_options(columns: Columns) -> Pair:
    present = {value for _, values in _precisions(columns) for value in values.unique().to_pylist()}
    found = [name for name in GEO_PRECISIONS if name in present]
    return found, found


# Every key, in the order in which addresses and captions have them: all doors read this table.
FIELDS: dict[str, Field | ListField] = {
    "from": Field(read_day, "first day, YYYY-MM-DD", page_phrase("From"), "date_from"),
    "to": Field(read_day, "last day, inclusive", page_phrase("To"), "date_to"),
    "dates": Field(
        one_of(("may", "must")), "may: events that may lie in the dates (default); must: that certainly do",
        page_phrase("Dates"), "dates", phrase("outside the dates"),
    ),
    "as_of": Field(
        read_day, "what was known on this day", page_phrase("As known on"), "as_of", phrase("not yet reported")
    ),
    "categories": Field(
        some_of(CATEGORIES), ", ".join(CATEGORIES), page_phrase("Category"), "categories",
        phrase("in other categories"),
    ),
    "claimants": ListField(
        page_phrase("Voices"), "who gave a figure", phrase("without a claim by these voices"),
        phrase("claimants {items}"),
        lambda columns: [columns.of_claims("claimant")],
    ),
    "sources": ListField(
        page_phrase("Sources"), "source ids", phrase("from other sources"), phrase("sources {items}"),
        lambda columns: [columns.of_events("source_ids"), columns.of_claims("source_id")],
        lambda columns: (columns["sources"]["source_id"], columns.publishers()),
    ),
    "actors": ListField(
        page_phrase("Actors"), "who took part", phrase("with other actors"), phrase("actors {items}"),
        lambda columns: [columns.of_events("actors")],
    ),
    "places": ListField(
        page_phrase("Places"), "place ids, names, regions or country codes", phrase("in other places"),
        phrase("places {items}"),
        _place_values, lambda columns: (columns["places"]["place_id"], columns["places"]["name"]),
    ),
    "precision": ListField(
        page_phrase("Place precision"), ", ".join(GEO_PRECISIONS), phrase("of another place precision"),
        phrase("precision {items}"), _precisions, _precision_options, some_of(GEO_PRECISIONS), spoken=True,
    ),
    "q": Field(read_text, "a text in titles, notes, names", page_phrase("Text"), "q", phrase("without the text")),
    "bbox": Field(
        read_bbox, "west,south,east,north in degrees", page_phrase("Area"), "bbox", phrase("outside the area")
    ),
    "area": Field(
        read_area, "lon,lat;lon,lat;... in degrees, the corners of an area", page_phrase("Drawn area"), "area",
        phrase("outside the drawn area"),
    ),
    "v": Field(read_text, "the version of the data that is expected", page_phrase("Version"), "v"),
}  # fmt: skip
_DATES = ("from", "to", "dates")


def list_fields() -> dict[str, ListField]:
    """The keys whose values are chosen from a list."""
    return {key: field for key, field in FIELDS.items() if isinstance(field, ListField)}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events and claims. An attribute that is None or empty keeps everything; both dates are inclusive.

    `dates` is "may" (events that may lie in the dates: the possible days overlap) or "must" (all of them lie inside).
    `bbox` is (west, south, east, north) in degrees; west > east crosses the antimeridian. `area` is a polygon. `lists`
    has what is chosen of each `ListField`, by key in the order of `FIELDS`; `places` takes place ids, any name of a
    place, its region or its country's code.
    """

    date_from: date | None = None
    date_to: date | None = None
    dates: str = "may"
    as_of: date | None = None
    categories: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    q: str = ""
    bbox: BBox | None = None
    area: Area | None = None
    v: str = ""

    @property
    def frame(self) -> BBox | None:
        """The part of the map that is chosen: `bbox`, or the box around `area`; None without either."""
        return self.bbox or (self.area.bbox if self.area else None)

    def chosen(self, key: str) -> tuple[str, ...]:
        """What is chosen of a list, () for everything."""
        return dict(self.lists).get(key, ())

    @classmethod
    def parse(cls, **values: object) -> Filter:
        """Read loose values (texts or lists, by filter key; None, "" and [] mean not set) strictly.

        Raises ChoiceError, which names the key, the value and what was expected.
        """
        return cls().changed(**values)

    def changed(self, **values: object) -> Filter:
        """The same filter with some keys read anew; None, "" and [] lift a choice. Raises as `parse`."""
        default = Filter()
        found: dict[str, Any] = {}
        lists = dict(self.lists)
        for key, value in values.items():
            field = FIELDS.get(key)
            if field is None:
                raise ChoiceError(key, f"Unknown filter key {key[:80]!r} (expected one of {', '.join(FIELDS)}).")
            empty = value in (None, "", [], ())
            if isinstance(field, ListField):
                lists[key] = () if empty else field.read(key, value)
            else:
                found[field.attribute] = getattr(default, field.attribute) if empty else field.read(key, value)
        kept = tuple((key, lists[key]) for key in FIELDS if lists.get(key))
        where = replace(self, lists=kept, **found)
        if where.date_from and where.date_to and where.date_from > where.date_to:
            raise ChoiceError("from", f"The dates run backwards: from {where.date_from} to {where.date_to}.")
        return where

    @classmethod
    def parse_link(cls, values: Mapping[str, object]) -> tuple[Filter, tuple[str, ...]]:
        """Read what can be read; the second value names each key that was left out, in a sentence."""
        kept: dict[str, object] = {}
        notices = []
        for key, value in values.items():
            try:
                cls.parse(**{**kept, key: value})
            except ChoiceError as error:
                notices.append(str(error))
            else:
                kept[key] = value
        return cls.parse(**kept), tuple(notices)

    def to_query(self) -> dict[str, str]:
        """The keys that are set, as texts, in the order of `FIELDS`; `parse(**to_query())` is the same filter."""
        default = Filter()
        query = {}
        for key, field in FIELDS.items():
            value = self.chosen(key) if isinstance(field, ListField) else getattr(self, field.attribute)
            if value == (() if isinstance(field, ListField) else getattr(default, field.attribute)):
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
        for key, field in list_fields().items():
            if chosen := self.chosen(key):
                items = map(say, chosen) if field.spoken else chosen
                parts.append(say(field.words, items=language.listed(items)))
        if self.q:
            parts.append(say("text “{text}”", text=self.q))
        if self.bbox:
            west, south, east, north = map(language.number, self.bbox)
            parts.append(say("area {west}, {south} to {east}, {north}", west=west, south=south, east=east, north=north))
        if self.area:
            parts.append(self.area.describe(language))
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
        """The same filter without the choice that hides for `reason`, a key of `FIELDS`; "dates" lifts all three."""
        return self.changed(**dict.fromkeys(_DATES if reason == "dates" else (reason,)))

    def conditions(self, tables: Tables, rows: ir.Table | None = None) -> dict[str, ir.BooleanValue]:
        """For each choice that is set, by its key in `FIELDS`: whether a row of the table `index` passes it; of other
        `rows` with an `event`, whether this does, and what only the index tells as one, under "index".

        Of the tables `index` (a row an event) and `points` (event, lon, lat) are read.
        """
        events = tables["index"]
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
        here = {"bbox": within(tables, self.bbox)} if self.bbox else {}
        if rows is None:
            rows = events
        elif checks or here:
            checks = {"index": rows.event.isin(events.filter(*checks.values(), *here.values()).event)}
            here = {}
        for key in list_fields():
            if chosen := self.chosen(key):
                checks[key] = tables.has(rows.event, (key, tuple(map(fold_text, chosen))))
        if self.q:
            checks["q"] = tables.has(rows.event, fold_text(self.q))
        checks |= here
        if self.area:
            checks["area"] = tables.has(rows.event, self.area)
        return checks


def within(tables: Tables, bbox: BBox) -> ir.BooleanValue:
    """Whether a row of the table `index` has a point in a box: its only one, or one of several."""
    events, points = tables["index"], tables["points"]
    return is_in(events, bbox).fill_null(False) | events.event.isin(points.filter(is_in(points, bbox)).event)


def codes_of(tables: Tables, key: str, chosen: Iterable[str]) -> ir.IntegerColumn | Sequence[int]:
    """The codes of the chosen values of a list, compared without case."""
    return tables.codes(key, [fold_text(value) for value in chosen])


assert {field.name for field in fields(Filter)} - {"lists"} == {
    field.attribute for field in FIELDS.values() if isinstance(field, Field)
}
