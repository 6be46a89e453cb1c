"""Where events are: the points, cells and areas of their sites, as `geodata.store.derived.tables` has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.places.boundaries import BUNDLED
from geodata.places.spatial import great_circle
from geodata.record.columns import Columns, numbered

FINEST = 9  # cells of 200 m
FIRST_IN = {"region": 1, "country": 2, "globe": 4}
DIGITS, DIGIT_BITS = 15, 3  # of the index of a cell


def points_of(columns: Columns) -> pa.Table:
    """The points of all events: event, lon, lat."""
    sites, places = columns["sites"], columns["places"]
    for name in ("lon", "lat"):
        sites = sites.append_column(name, places[name].take(sites["place"]))
    placed = sites.filter(sites["lon"].is_valid())
    moving = sites.filter(pc.equal(sites["role"], "origin"))["event"].unique()
    flows = pc.is_in(placed["event"], value_set=moving)
    led = placed.filter(flows).to_pylist()
    ends: dict[int, list[tuple[float, float]]] = {}
    for row in led:
        ends.setdefault(row["event"], []).append((row["lon"], row["lat"]))
    ways = [
        (event, *at)
        for event, pair in ends.items()
        for at in (great_circle(pair[0], pair[1]) if len(pair) == 2 else pair)
    ]
    still = placed.filter(pc.invert(flows))
    event = np.concatenate([np.asarray(still["event"]), np.asarray([way[0] for way in ways], np.int32)])
    lon = np.concatenate([np.asarray(still["lon"]), np.asarray([way[1] for way in ways], float)])
    lat = np.concatenate([np.asarray(still["lat"]), np.asarray([way[2] for way in ways], float)])
    return pa.table({
        "event": pa.array(event, pa.int32()),
        "lon": _of_a_bbox(lon),
        "lat": lat,
    })  # fmt: skip


def _of_a_bbox(lon: Any) -> Any:
    # A great circle's longitudes run on past 180; a bbox's do not.
    return (lon + 180) % 360 - 180


def whereabouts_of(columns: Columns, whereabouts: pa.Table) -> pa.Table:
    """The table `whereabouts`, of the cells and areas of all places."""
    places = columns["places"]
    at = np.zeros(len(places), bool)
    at[np.asarray(columns["sites"]["place"])] = True
    table = numbered(places.select(["lon", "lat"]), "place")
    for name in whereabouts.column_names:
        table = table.append_column(name, whereabouts[name])
    table = table.filter(pc.and_(pa.array(at), table["cell"].is_valid()))
    return table.set_column(1, "lon", pa.array(_of_a_bbox(np.asarray(table["lon"]))))


def alone_in(points: pa.Table, count: int) -> pa.Array:
    """(count,) Whether each event has one of the points."""
    return pa.array(np.bincount(np.asarray(points["event"]), minlength=count) == 1)


def several(points: pa.Table, alone: pa.Array) -> pa.Table:
    """The table `points`: those of events with several."""
    return points.filter(pc.invert(alone.take(points["event"])))


def at_one_point(columns: Columns, alone: pa.Array, whereabouts: pa.Table) -> dict[str, pa.Array]:
    """Where each event with one point is: the last columns of the table `index`."""
    sites, places = columns["sites"], columns["places"]
    placed = sites.filter(pc.and_(alone.take(sites["event"]), places["lon"].is_valid().take(sites["place"])))
    place = np.zeros(len(alone), np.int32)
    place[np.asarray(placed["event"])] = np.asarray(placed["place"])
    of_all = pa.array(place, mask=~np.asarray(alone))
    found = {name: places[name].take(of_all) for name in ("lon", "lat")}
    found["lon"] = pa.array(_of_a_bbox(np.asarray(found["lon"].fill_null(0))), mask=~np.asarray(alone))
    return found | {name: whereabouts[name].take(of_all) for name in whereabouts.column_names}


def sites_of(columns: Columns, whereabouts: pa.Table, alone: pa.Array) -> pa.Table:
    """The table `sites`, by the cells and areas of all places and by which events have one point."""
    sites = columns["sites"]
    for name in whereabouts.column_names:
        sites = sites.append_column(name, whereabouts[name].take(sites["place"]))
    for name, array in _firsts(sites, alone).items():
        sites = sites.append_column(name, array)
    return numbered(sites, "site")


def _firsts(sites: pa.Table, alone: pa.Array) -> dict[str, pa.Array]:
    """`apart` and `first_in` of each site: so that events are counted by cells and areas without a sort."""
    known = np.asarray(pc.and_not(sites["cell"].is_valid(), alone.take(sites["event"])))
    cell, region, country = (np.asarray(sites[name].fill_null(-1)) for name in ("cell", "region", "country"))
    event = np.asarray(sites["event"])
    order = np.lexsort((cell, event))
    order = order[known[order]]
    event, cell = event[order], cell[order]
    follows = _same(event)
    later = np.flatnonzero(follows)
    differ = cell[later] ^ cell[later - 1]
    apart = np.zeros(len(order), np.int8)
    for resolution in range(FINEST + 1):
        apart[later] += differ >> DIGIT_BITS * (DIGITS - resolution) == 0
    first_in = np.where(follows, 0, FIRST_IN["globe"])
    for name, area in (("region", region[order]), ("country", country[order])):
        by_area = np.lexsort((area, event))  # which keeps the order of cells
        again = _same(event[by_area]) & _same(area[by_area])
        first_in[by_area] |= np.where(again, 0, FIRST_IN[name])
    found = {}
    for name, values in (("apart", apart), ("first_in", first_in)):
        of_all = np.zeros(len(sites), np.int8)
        of_all[order] = values
        found[name] = pa.array(of_all, mask=~known)
    return found


def _same(values: Any) -> Any:
    """Whether each of some values is the one before it."""
    return np.diff(values, prepend=values[:1] - 1) == 0


def areas_of(columns: Columns) -> tuple[pa.Table, pa.Table]:
    """The table `areas`, and of each place its cell, its region and its country."""
    import h3.api.basic_int as h3  # noqa: PLC0415 (only who imports data needs it)

    places = columns["places"]
    points = zip(places["lon"].to_pylist(), places["lat"].to_pylist(), strict=True)
    cells = pa.array(
        [None if lon is None or lat is None else h3.latlng_to_cell(lat, lon, FINEST) for lon, lat in points], pa.int64()
    )
    known = cells.dictionary_encode()
    # By the middle of its cell, so that all points of a cell lie in the same area.
    middles = np.array([h3.cell_to_latlng(cell) for cell in known.dictionary.to_pylist()]).reshape(-1, 2)
    lats, lons = middles.T
    countries = np.array([code or "" for code in BUNDLED.countries_of(lons, lats)], object)
    regions: Any = np.full(len(middles), None)
    for code in {*countries} - {""}:
        here = countries == code
        regions[here] = BUNDLED.regions_of(lons[here], lats[here], code)
    found = {(region.country, region.region_id): region.name for region in regions if region}
    found |= {(code, ""): BUNDLED.country_name(code) for code in {*countries} - {""}}
    numbers = {key: number for number, key in enumerate(sorted(found))}
    table = pa.table({
        "area": pa.array(range(len(numbers)), pa.int32()),
        "country": pa.array([country for country, _ in numbers], pa.string()),
        "region": pa.array([region for _, region in numbers], pa.string()),
        "name": pa.array([found[key] for key in numbers], pa.string()),
    })  # fmt: skip
    of_cells = {
        "region": [numbers[region.country, region.region_id] if region else None for region in regions],
        "country": [numbers[code, ""] if code else None for code in countries],
    }
    by_place = {name: pa.array(each, pa.int32()).take(known.indices) for name, each in of_cells.items()}
    return table, pa.table({"cell": cells, **by_place})
