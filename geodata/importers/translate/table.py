"""A table of any kind as a flat table: ISO days, decimal degrees, codes of countries, our words, whole figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.rows.flat import NAMES
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate import days, figures, ids, kinds, whereabouts
from geodata.importers.translate.around import city_of_all
from geodata.importers.translate.columns import (
    is_nothing,
    joined,
    or_else,
    without_empty,
    without_links,
    without_routes,
)
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.places.gazetteer import BUNDLED as GAZETTEER
from geodata.record.model import MEASURES

_MOST_TITLE = 120
_LONGEST_NOTHING = 8  # bytes of a word that says that nothing is known
# What makes an event of a row without any title: where it was, in figures too, or who says so.
_SAID = ("lon", "country", "source", *MEASURES, *(f"{measure}_low" for measure in MEASURES))
_KINDS = ("sub_event_type", "event_type")
# What says of which event a row is; a row with a figure and none of them may be a total.
_OF_AN_EVENT = ("place", "lon", "point", "actors", "notes", "source")
_OF_SOME_KIND = ("country", "admin1", "category", "event_type")
_OF_A_GROUP = (*_OF_SOME_KIND, "event_id", "date_start", "date_parts")
_DAYS_OF_A_TOTAL = 28
_FEWEST_DAYS = 3  # of a table that counts by days
_OF_A_KIND = r", ([^,]+) (?:region|district)\b"
_ENDS = ("date_start", "date_end")
_TEXTS = ("title", "actors", "notes", "source", "claimant", "qualifier", "event_type", "sub_event_type")


@dataclass(frozen=True, slots=True)
class Translated:
    """The cells of a flat table, a row for each of the table's, and what became of them; the id of the `city` that all
    of it is in, "" where it is in none or many."""

    cells: Cells
    report: Report
    city: str


def translated(cells: Cells, meaning: Meaning, file_of: Callable[[int], str] | None = None) -> Translated:
    """A table as a flat table. Rows that cannot be read are refused in the report, and their cells are anything.

    `file_of` names the file of a row for the report.
    """
    report = Report(cells, file_of)
    columns: dict[str, pa.Array] = {}
    for column in _TEXTS:
        if column in meaning.columns:
            texts = joined(cells, meaning.columns[column], meaning.codes.get(column))
            columns[column] = without_links(texts) if column == "title" else without_empty(texts)
    if "source" in columns and pc.any(pc.match_substring(columns["source"], "///")).as_py():
        # As UCDP writes several; an address may have file:///
        columns["source"] = pc.replace_substring_regex(columns["source"], "([^:])///", r"\1; ")
    columns |= ids.translated(cells, meaning, report)
    columns |= days.translated(cells, meaning, report)
    columns |= whereabouts.translated(cells, meaning, report)
    city = city_of_all(cells, meaning, columns, report)
    if "place" in columns:
        columns["place"] = without_routes(columns["place"], report, is_in_city=bool(city))
    for measure in MEASURES:
        columns |= figures.translated(cells, meaning, measure, report)
    columns = figures.without_totals(columns, meaning, report)
    if meaning.heading_of("title") == meaning.heading_of("notes"):
        columns["title"] = _beginnings(columns["title"])
    columns |= kinds.translated(cells, meaning, columns, report)
    _tell_totals(meaning, columns, report)
    region = joined(cells, meaning.columns["admin1"]) if "admin1" in meaning.columns else pa.repeat("", len(cells))
    written = {**columns, "place": _as_written(cells, meaning, columns)} if "place" in columns else columns
    columns["title"] = _named(_titles(written, region), columns, cells.file, report)
    if city:
        columns["place"] = _in_city(columns, GAZETTEER.place(city).name)
    for column, value in meaning.constants.items():
        columns[column] = or_else(columns.get(column), value, len(cells))
    return Translated(Cells(cells.file, NAMES, cells.lines, columns), report, city)


def _in_city(columns: dict[str, pa.Array], city: str) -> pa.Array:
    """The names of places, that of the city that a whole table is of for rows that say nothing of where they were."""
    said = [columns[name] for name in ("place", "lon", "lat", "country", "geo_precision") if name in columns]
    return pc.if_else(reduce(pc.and_, (pc.equal(texts, "") for texts in said)), city, columns["place"])


def _tell_totals(meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> None:
    """Tell that the rows are totals of days, months or years, where nothing of a row is of one event."""
    if not columns.keys() >= {*_ENDS} or set(_OF_AN_EVENT) & meaning.columns.keys():
        return
    of_groups = {
        heading for name in _OF_A_GROUP if name in meaning.columns for heading in meaning.columns[name].headings
    }
    if "title" in meaning.columns and not of_groups.issuperset(meaning.columns["title"].headings):
        return
    first, last = (pc.if_else(pc.equal(columns[name], ""), None, columns[name]) for name in _ENDS)
    if not set(_OF_SOME_KIND) & meaning.columns.keys() and _are_all_different(first):
        report.told.append(
            "No column says what happened or where, and no day stands twice: the table counts by days, and is no list "
            "of events. Each row stands as one event of its day."
        )
        return
    is_figure = any(measure in columns or f"{measure}_low" in columns for measure in MEASURES)
    if "event_id" in meaning.columns or not is_figure or first.null_count != last.null_count:
        return
    days = pc.min(pc.days_between(pc.cast(first, pa.date32()), pc.cast(last, pa.date32()))).as_py()
    if days is not None and days >= _DAYS_OF_A_TOTAL - 1:
        report.told.append(
            "No row says of which event it is, and each is of a month or longer: the table has totals, and no list of "
            "events. Each row stands as one event of all that time."
        )


def _are_all_different(texts: pa.Array) -> bool:
    count = len(texts) - texts.null_count
    return bool(count >= _FEWEST_DAYS and len(texts.drop_null().unique()) == count)


def _titles(columns: dict[str, pa.Array], region: pa.Array) -> pa.Array:
    """The titles; for a row without one, or with one that says nothing ("N/A"), what comes nearest: its type and place,
    the beginning of its notes, actors, its region."""
    blank = pa.repeat("", len(region))
    title = columns.get("title", blank)
    is_missing = pc.less_equal(pc.binary_length(title), _LONGEST_NOTHING)
    is_missing = pc.replace_with_mask(is_missing, is_missing, pa.array(is_nothing(title.filter(is_missing))))
    if not pc.any(is_missing).as_py():
        return title
    given = title.filter(is_missing)
    names = ("place", *_KINDS, "notes", "actors")
    texts = {name: columns.get(name, blank).filter(is_missing) for name in names}
    texts |= {name: pc.if_else(pa.array(is_nothing(texts[name])), "", texts[name]) for name in (*_KINDS, "notes")}
    place = pc.if_else(pa.array(is_nothing(texts["place"])), "", texts["place"])
    kind = pc.if_else(pc.equal(texts["sub_event_type"], ""), texts["event_type"], texts["sub_event_type"])
    has_both = pc.and_(pc.not_equal(kind, ""), pc.not_equal(place, ""))
    found = pc.if_else(has_both, pc.binary_join_element_wise(kind, place, ", "), "")
    for other in (place, kind, _beginnings(texts["notes"]), texts["actors"], texts["place"], region.filter(is_missing)):
        found = pc.if_else(pc.equal(found, ""), other, found)
    found = pc.if_else(pc.equal(found, ""), given, found)
    return pc.replace_with_mask(title, is_missing, found)


def _as_written(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array]) -> pa.Array:
    """The names of places for people: without the word that tells the look-up that what a name lies in is a region or
    a district, where the table has it otherwise ("Fairfax, Virginia region" for "Fairfax" and "Virginia")."""
    places = columns["place"]
    if "place" not in meaning.columns:
        return places
    plain = pc.replace_substring_regex(places, _OF_A_KIND, r", \1")
    return pc.if_else(pc.equal(places, joined(cells, meaning.columns["place"])), places, plain)


def _named(titles: pa.Array, columns: dict[str, pa.Array], file: str, report: Report) -> pa.Array:
    """The titles; a row that says something and has nothing to be called by bears the name of its file."""
    said = [column for name, column in columns.items() if name in _SAID]
    if not said:
        return titles
    is_said = reduce(pc.or_, (pc.not_equal(column, "") for column in said))
    is_bare = pc.and_(pc.equal(titles, ""), is_said)
    count = pc.sum(is_bare).as_py() or 0
    if not count:
        return titles
    name = file.partition(".")[0].replace("_", " ")
    verb = "1 row has" if count == 1 else f"{count:,} rows have"
    report.told.append(f"{verb} nothing to be called by: {shown(name)}, as the file, stands in for a title.")
    return pc.if_else(is_bare, name, titles)


def _beginnings(notes: pa.Array) -> pa.Array:
    """The first lines of texts, cut where they are long."""
    lines = pc.utf8_trim_whitespace(pc.replace_substring_regex(notes, r"\n[\s\S]*", ""))
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(lines, 0, _MOST_TITLE - 1), pa.scalar("…"), "")
    return pc.if_else(pc.greater(pc.utf8_length(lines), _MOST_TITLE), cut, lines)
