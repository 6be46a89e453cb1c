"""A data folder in columns: each rule is asked once for each value, and rows that break one are read by `rows.folder`.

So the rules and what they say stand in one place; here they are only applied to many rows at once.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import DataError, Problem
from geodata.importers.checks.places import Places
from geodata.importers.columns.claims import Claims
from geodata.importers.columns.file import File
from geodata.importers.rows.folder import (
    claim_of,
    country_of,
    event_of,
    other_names_of,
    place_of,
    radius_of,
    sha256_of,
    sites_of,
    source_of,
    time_precision_of,
    url_of,
)
from geodata.importers.rows.package import COLUMNS, FILES, Folder, cells_of, in_order
from geodata.importers.tables.cells import Distinct, combined, spread
from geodata.importers.tables.records import Record
from geodata.places.boundaries import BUNDLED
from geodata.record.columns import SCHEMAS, Columns, empty_table
from geodata.record.model import CATEGORIES, RELIABILITIES, PlaceName, Site


def read(path: Path) -> Columns:
    """Read a data folder. Raises DataError with every problem of all its files."""
    problems: list[Problem] = []
    return columns_of(cells_of(path, problems), problems)


def columns_of(folder: Folder, problems: list[Problem]) -> Columns:
    """The record that the texts of a data folder say. Raises DataError with the `problems` so far and every other."""
    files = {file: File(file, folder.cells[file], is_complete=file not in folder.incomplete) for file in COLUMNS}
    places, sources = _Places(files["places.csv"]), _Sources(files["sources.csv"])
    events = _Events(files["events.csv"], files["places.csv"], files["sources.csv"])
    claims = Claims(files)
    if any(file.is_wrong.any() for file in files.values()):
        known = {file: found.known for file, found in files.items()}
        files["events.csv"].refuse(lambda record: event_of(record, known), problems)
        told = files["claims.csv"].refuse(lambda record: claim_of(record, known), problems)
        files["sources.csv"].refuse(source_of, problems)
        files["places.csv"].refuse(place_of, problems)
        assert problems, "a row is refused by columns and not by itself"
        claims.check_relations(told, problems)
    else:
        claims.check_relations({}, problems)
    if problems:
        raise DataError(in_order(problems, [folder.cells[file].file for file in FILES]))
    tables = {
        "events": events.table(),
        "sites": events.sites_table(),
        "claims": claims.table(),
        "sources": sources.table(),
        "places": places.table(),
        "unsettled": events.unsettled_table(),
        **{name: empty_table(name) for name in ("files", "notices", "originals")},
    }
    return Columns(folder.name, folder.title, tables)


class _Places:
    """The rules of places.csv."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.lon = file.rule("lon", lambda record: record.decimal("lon", -180, 180, "degrees"))
        self.lat = file.rule("lat", lambda record: record.decimal("lat", -90, 90, "degrees"))
        file.is_wrong |= file.cells.is_given("lon") != file.cells.is_given("lat")
        self.country = file.rule("country", partial(country_of, optional=True))
        file.is_wrong |= np.isnan(_degrees(self.lon)) & ~file.cells.is_given("country")
        file.require("name", "feature")
        self.radius = file.rule("radius_m", radius_of)
        self.names = file.rule("other_names", other_names_of)

    def table(self) -> pa.Table:
        """The places of a file none of whose rows is wrong."""
        lon, lat = _degrees(self.lon), _degrees(self.lat)
        names = pa.array([list(map(_name, found)) for found in self.names.found], SCHEMAS["places"].field("names").type)
        regions = np.full(len(lon), "", object)
        for code, country in enumerate(self.country.found):
            rows = np.flatnonzero((self.country.codes == code) & ~np.isnan(lon))
            found = BUNDLED.regions_of(lon[rows], lat[rows], country) if len(rows) else []
            regions[rows] = [region.name if region else "" for region in found]
        given = {
            "lon": pa.array(lon, from_pandas=True),
            "lat": pa.array(lat, from_pandas=True),
            "names": names.take(pa.array(self.names.codes)),
            "radius_m": pa.array(self.radius.each(float, float)),
            "region": pa.array(regions, pa.string()),
        }
        return _table("places", self.file, given)


class _Sources:
    """The rules of sources.csv."""

    def __init__(self, file: File) -> None:
        self.file = file
        file.require("title")
        self.days = {
            column: file.rule(column, partial(Record.day, column=column, optional=True))
            for column in ("published_on", "accessed_on")
        }
        file.rule("url", url_of)
        file.rule("sha256", sha256_of)
        file.rule("reliability", partial(Record.choice, column="reliability", choices=RELIABILITIES, optional=True))

    def table(self) -> pa.Table:
        """The sources of a file none of whose rows is wrong."""
        return _table("sources", self.file, {column: _day_column(days) for column, days in self.days.items()})


class _Events:
    """The rules of events.csv."""

    def __init__(self, file: File, places: File, sources: File) -> None:
        self.file, self.places = file, places
        self.start = file.rule("date_start", partial(Record.day, column="date_start"))
        self.end = file.rule("date_end", partial(Record.day, column="date_end"))
        start, end = _ordinals(self.start), _ordinals(self.end)
        file.is_wrong |= (start > 0) & (end > 0) & (end < start)
        self.source_ids = file.cells.distinct("source_ids", lambda record: record.items("source_ids"))
        lists = _lists(self.source_ids)
        parents = pc.list_parent_indices(lists).to_numpy()[sources.lacks(pc.list_flatten(lists))]
        self.source_ids.is_wrong[parents] = True
        file.is_wrong |= self.source_ids.wrong_rows
        self.country = file.rule("country", partial(country_of, optional=True))
        file.rule("category", partial(Record.choice, column="category", choices=CATEGORIES))
        file.require("title")
        self.precision = file.rule("time_precision", time_precision_of)
        self.actors = file.cells.distinct("actors", lambda record: record.items("actors"))
        self.unsettled = file.cells.distinct("unsettled", lambda record: record.items("unsettled"))
        self.sites = self._sites()
        file.is_wrong |= self.sites.wrong_rows

    def _sites(self) -> Distinct[tuple[Site, ...]]:
        columns = ("sites", "geo_precision", "country")
        parts = [self.file.cells.values(column) for column in columns]
        codes, firsts = combined(*(codes for codes, _ in parts))
        texts = [values.take(pa.array(codes[firsts])).to_pylist() for codes, values in parts]
        countries = [self.country.found[code] for code in self.country.codes[firsts].tolist()]
        found, is_wrong = [], []
        for country, *cells in zip(countries, *texts, strict=True):
            problems: list[Problem] = []
            record = Record(self.file.cells.file, 0, dict(zip(columns, cells, strict=True)), problems)
            found.append(sites_of(record, self.places.known, country))
            is_wrong.append(bool(problems))
        return Distinct(codes, found, np.array(is_wrong, bool))

    def table(self) -> pa.Table:
        """The events of a file none of whose rows is wrong."""
        given = {
            "date_start": _day_column(self.start),
            "date_end": _day_column(self.end),
            "time_precision": pa.array(self.precision.each(int, np.int8)),
            "actors": _lists(self.actors).take(pa.array(self.actors.codes)),
            "source_ids": _lists(self.source_ids).take(pa.array(self.source_ids.codes)),
            "unsettled": _lists(self.unsettled).take(pa.array(self.unsettled.codes)),
        }
        return _table("events", self.file, given)

    def unsettled_table(self) -> pa.Table:
        """The names of places that are not settled, with what they may be."""
        places = Places()
        ids, countries = self.file.cells.column("event_id"), self.file.cells.column("country")
        for row in np.flatnonzero(self.file.cells.is_given("unsettled")).tolist():
            event_id, country = ids[row].as_py(), countries[row].as_py()
            day = self.start.found[self.start.codes[row]]
            for name in self.unsettled.found[self.unsettled.codes[row]]:
                places.note(name, country, day, event_id)
        return pa.Table.from_pylist([asdict(part) for part in places.unsettled()], SCHEMAS["unsettled"])

    def sites_table(self) -> pa.Table:
        """The sites of these events."""
        events, index = spread(self.sites.codes, [len(sites) for sites in self.sites.found])
        flat, at = [site for sites in self.sites.found for site in sites], pa.array(index)
        place = pc.index_in(pa.array([site.place_id for site in flat], pa.string()), self.places.ids)
        columns = [
            pa.array(events, pa.int32()),
            place.take(at),
            pa.array([site.role for site in flat], pa.string()).take(at),
            pa.array([site.geo_precision for site in flat], pa.string()).take(at),
        ]
        return pa.table(columns, SCHEMAS["sites"])


def _table(name: str, file: File, given: dict[str, pa.Array]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.table([given[c] if c in given else file.cells.column(c) for c in schema.names], schema)


def _degrees(found: Distinct[float | None]) -> Any:
    return found.each(lambda value: np.nan if value is None else value, float)


def _ordinals(days: Distinct[Any]) -> Any:
    return days.each(lambda day: day.toordinal() if day else 0, np.int64)


def _day_column(days: Distinct[Any]) -> pa.Array:
    return pa.array(days.found, pa.date32()).take(pa.array(days.codes))


def _lists(found: Distinct[tuple[str, ...]]) -> pa.Array:
    return pa.array(list(map(list, found.found)), pa.list_(pa.string()))


def _name(name: PlaceName) -> dict[str, Any]:
    return {"name": name.name, "since": name.since, "until": name.until}
