"""Where the events of a flat table happened, as `checks.whereabouts` says of one record after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.importers.checks.places import Places
from geodata.importers.checks.whereabouts import country_in, names_in, precisions_in
from geodata.importers.columns.names import Named, countries_told, look_up
from geodata.importers.columns.points import Points, places_at
from geodata.importers.progress import Progress
from geodata.importers.tables.cells import Cells, Distinct, spread
from geodata.places.boundaries import BUNDLED
from geodata.record.columns import SCHEMAS, empty_table
from geodata.record.model import Place

# Of the names that say in which country a table is: the fewest, and the shares of the one that most are in, and of
# others that it is about too.
_FEWEST, _MOST, _NEARLY_ALL, _SOME = 5, 0.5, 0.8, 0.05
_FEW, _FEWEST_OF_FEW, _SHARE = 3, 3, 0.1  # countries that nearly all names are in, with as many each
# The fewest names that say in which region of it the table is, of so many that are looked up at the most.
_FEWEST_OF_REGION, _MOST_ASKED = 10, 300


@dataclass(frozen=True, slots=True)
class Sites:
    """Where each of n events happened: `country` where there are no sites, `scope` as the table names the place,
    `unsettled` names; the tables of `sites` and `places`; `is_wrong` (n,) are the rows that break a rule."""

    country: pa.Array
    scope: pa.Array
    unsettled: pa.Array
    sites: pa.Table
    places: pa.Table
    is_wrong: Any


class Whereabouts:
    """Finds the sites of a table's rows. `days` (n,) are the ordinals of their first days, 0 where none is known."""

    def __init__(self, cells: Cells, places: Places, days: Any, progress: Progress) -> None:
        self.cells, self.gazetteer, self.days, self.progress = cells, places, days, progress
        self.names = cells.distinct("place", names_in)
        self.precisions = cells.distinct("geo_precision", precisions_in)
        self.countries = cells.distinct("country", lambda record: country_in(record, places))
        self.has_point = cells.is_given("lon") | cells.is_given("lat")
        self.count = self.names.each(len, np.int64)

    def tell_about(self) -> None:
        """Note which countries the table is about, which settle the names of lesser places in them; and the one that
        most of its names are in, if there is one and no row says its country."""
        given = self.cells.is_given("country")
        rows = np.flatnonzero(~given & ~self.has_point & (self.count > 0))
        told = countries_told(self.cells, rows, self.names, self.gazetteer, self.progress) if len(rows) else Counter()
        few = [(country, n) for country, n in told.most_common(_FEW) if n >= max(_FEWEST_OF_FEW, _SHARE * told.total())]
        if not given.any() and few and sum(n for _, n in few) >= _NEARLY_ALL * told.total():
            self.gazetteer.among = tuple(country for country, _ in few)
        (home, count), *_ = [*told.most_common(1), ("", 0)]
        if not given.any() and count >= _FEWEST and count > _MOST * told.total():
            self.gazetteer.home = home
            self.gazetteer.is_mixed = count < _NEARLY_ALL * told.total()
            self.gazetteer.home_region = self._region_of_most(rows)
            told = Counter({country: n for country, n in told.items() if n >= _SOME * told.total()})
        self.gazetteer.countries |= {country for country in self.countries.found if country} | told.keys()

    def _region_of_most(self, rows: Any) -> str:
        """The first-level region of the home country that nearly all different names of some rows are in, or ""."""
        codes, firsts = np.unique(self.names.codes[rows], return_index=True)
        step = len(codes) // _MOST_ASKED + 1
        asked = [
            (self.names.found[c], int(self.days[rows[at]])) for c, at in zip(codes[::step], firsts[::step], strict=True)
        ]
        found = [
            self.gazetteer.region_at_home(names[0], date.fromordinal(day))
            for names, day in asked
            if len(names) == 1 and day > 0 and "," not in names[0]
        ]
        (region, count), *_ = [*Counter(filter(None, found)).most_common(1), ("", 0)]
        return region if count >= max(_FEWEST_OF_REGION, _NEARLY_ALL * sum(map(bool, found))) else ""

    def find(self, ids: pa.Array) -> Sites:
        """The sites of all rows; `ids` are those of their events."""
        is_flow = np.array([">" in text for text in self.cells.values("place")[1].to_pylist()], bool)[self.names.codes]
        is_wrong = self.precisions.wrong_rows | self.countries.wrong_rows | (is_flow & (self.count != 2))
        rows = np.arange(len(self.cells))
        at_point = self._at_points(rows[self.has_point & ~is_wrong], is_wrong)
        is_named = ~self.has_point & (self.count > 0)
        is_wrong |= ~self.has_point & ~is_named & ~self._suits_no_place()
        named = self._by_names(rows[is_named & ~is_wrong & (self.days > 0)], ids, is_wrong)
        if is_wrong.any():
            none = pa.nulls(len(rows), pa.string())
            return Sites(none, none, none, empty_table("sites"), empty_table("places"), is_wrong)
        return _Found(self, *at_point, named).sites()

    def _suits_no_place(self) -> Any:
        # As `suits_no_place` says of one.
        is_empty, is_country, is_unknown = (
            self.precisions.each(lambda found, kind=kind: found == kind, bool)  # type: ignore[misc]
            for kind in ((), ("country",), ("unknown",))
        )
        has_country = self.countries.each(bool, bool)
        return is_empty | np.where(has_country, is_country, is_unknown)

    def _at_points(self, rows: Any, is_wrong: Any) -> tuple[Any, Points, Any]:
        """The rows with a point that break no rule, their places, and which of them stand for a whole country."""
        lon = self.cells.decimals("lon", -180, 180, "degrees")
        lat = self.cells.decimals("lat", -90, 90, "degrees")
        is_point = _each_in(lon, lambda found: found is not None, rows) & _each_in(lat, lambda f: f is not None, rows)
        is_point &= (self.count[rows] <= 1) & _each_in(self.precisions, _suits_point, rows)
        is_wrong[rows[~is_point]] = True
        rows = rows[is_point]
        values = self.cells.values("place")[1].to_pylist()
        labels = [text if names else "" for text, names in zip(values, self.names.found, strict=True)]
        points = places_at(
            (self.names.codes[rows], labels),
            (lon.codes[rows], lon.found),
            (lat.codes[rows], lat.found),
            (self.countries.codes[rows], self.countries.found),
        )
        is_country = _each_in(self.precisions, lambda found: found == ("country",), rows)
        has_country = np.array([bool(country) for country in points.places["country"]], bool)[points.codes]
        is_wrong[rows[points.is_exchanged | (is_country & ~has_country)]] = True
        return rows, points, is_country

    def _by_names(self, rows: Any, ids: pa.Array, is_wrong: Any) -> Named:
        codes = (self.names.codes, self.countries.codes, self.precisions.codes)
        named = look_up(self.cells, rows, self.days[rows], self.names, codes, self.gazetteer, ids, self.progress)
        is_wrong[named.wrong_rows] = True
        return named


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for rows none of which breaks a rule."""

    table: Whereabouts
    rows: Any
    points: Points
    is_country: Any
    named: Named

    def sites(self) -> Sites:
        countries = self.table.countries
        of_points = self.points.places
        answers = self.named.answers
        # First what stands for a row without a point or a name, then the answers, then the places at points.
        codes = countries.codes.copy()
        by_name = self.named.codes > 0
        codes[by_name] = len(countries.found) + self.named.codes[by_name]
        codes[self.rows] = len(countries.found) + len(answers) + self.points.codes
        scopes = [BUNDLED.country_name(code) if code else "" for code in countries.found]
        scope = pa.array([*scopes, *(where.scope for where in answers)], pa.string())
        scope = pa.concat_arrays([scope, of_points["name"]]).take(pa.array(codes))
        whole = self.rows[self.is_country]
        country_codes = codes.copy()
        country_codes[self.rows] = len(countries.found)  # an answer without a country
        country_codes[whole] = codes[whole]
        country = [*countries.found, *(w.country for w in answers), *of_points["country"]]
        unsettled = pa.array([list(where.unsettled) for where in answers], pa.list_(pa.string()))
        sites, places = self._sites()
        return Sites(
            country=pa.array(country, pa.string()).take(pa.array(country_codes)),
            scope=scope,
            unsettled=unsettled.take(pa.array(self.named.codes)),
            sites=sites,
            places=places,
            is_wrong=np.zeros(len(codes), bool),
        )

    def _sites(self) -> tuple[pa.Table, pa.Table]:
        """The table of sites, and that of the places that they are at, in the order in which they were found."""
        of_points, answers = self.points.places, self.named.answers
        looked_up = self.table.gazetteer.all()
        count = len(of_points["name"])
        number = {place.place_id: count + i for i, place in enumerate(looked_up)}
        is_at, precisions = ~self.is_country, self.table.precisions
        at = self.rows[is_at]
        labels = ["".join(found or ()) or "settlement" for found in precisions.found]
        event, site = spread(self.named.codes, [len(where.sites) for where in answers])
        flat = [site for where in answers for site in where.sites]
        events = np.concatenate([at, event])
        place = np.concatenate([self.points.codes[is_at], np.array([number[s.place_id] for s in flat], int)[site]])
        role = pa.array(["at", *(s.role for s in flat)]).take(pa.array(np.r_[np.zeros(len(at), int), site + 1]))
        precision = pa.array([*labels, *(s.geo_precision for s in flat)], pa.string())
        precision = precision.take(pa.array(np.r_[precisions.codes[at], len(labels) + site]))
        order = np.argsort(events, kind="stable")

        firsts = np.concatenate([self.rows[self.points.firsts], np.array(self.named.firsts, int)])
        kept = np.zeros(len(firsts), bool)
        kept[place] = True
        found = np.argsort(firsts, kind="stable")
        found = found[kept[found]]
        rank = np.zeros(len(firsts), np.int64)
        rank[found] = np.arange(len(found))
        columns = [events, rank[place], role, precision]
        schema = SCHEMAS["sites"]
        table = pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema)
        return table.take(pa.array(order)), _places(of_points, looked_up).take(pa.array(found))


def _suits_point(precisions: tuple[str, ...] | None) -> bool:
    return precisions is not None and len(precisions) <= 1 and "unknown" not in precisions


def _each_in(distinct: Distinct[Any], value: Any, rows: Any) -> Any:
    return np.array([value(found) for found in distinct.found], bool)[distinct.codes[rows]]


def _places(points: dict[str, Any], others: tuple[Place, ...]) -> pa.Table:
    """The places at points, then others."""
    schema, count = SCHEMAS["places"], len(points["name"])
    blank = {
        "feature": pa.repeat("place", count),
        "names": pa.array([[]], schema.field("names").type).take(pa.array(np.zeros(count, int))),
        "radius_m": pa.array(np.zeros(count)),
    }
    columns = [blank[f.name] if f.name in blank else pa.array(points[f.name], f.type) for f in schema]
    return pa.concat_tables([pa.table(columns, schema), pa.Table.from_pylist(list(map(asdict, others)), schema=schema)])
