"""What a snapshot keeps: the record's tables with what follows from them, so that a question reads what it needs.

    index         a row an event, in order: event, category, date_start, date_end, reported_on (the first day on which
                  a source or a voice told of it), tangled, known_by (`POINT`, `COUNTRY`, `UNSETTLED` or `NOTHING`: how
                  its place is known), title_rank and place_rank (see `geodata.store.ranks`), source_rank (the code of
                  its first source, null without one); told, low, high and open: what the steps of
                  `geodata.store.questions.ranges.tolls` come to in the end, of all voices (low and high are null
                  where there is no figure)
    search        event, text (its texts, folded)
    sites         + site (its row), cell (H3, resolution `FINEST`, as int64; null for a place without a point), region
                  and country (rows of `areas`; null for none); of an event's sites in the order of their cells, from
                  which resolution on the cell is `apart` from those before (beyond `FINEST`: never), and as bits of
                  `first_in` (`FIRST_IN`) in what none of those before is; both null without a cell
    areas         area, country (its code), region (its id; "" for a country as a whole), name (in English): those of
                  the bundled boundaries in which the middle of a cell lies that has a place
    claims        + claim (its row), figure, superseded_from, stands_until, tangled, alone (see `geodata.record.spans`),
                  voice and document (codes of its claimant and its source), wide_in, nowhere and rivalled (see
                  `geodata.record.reach`), addable (whether it counts all who were killed at the one place of an event
                  that is not tangled, and so may be added to those of other events)
    points        event, lon (-180 to below 180), lat: of a flow those of its great circle; alone (whether its event has
                  no other), category (of its event)
    whereabouts   place, lon (as there), lat, cell, region and country (as in `sites`): of places with a point where
                  anything was
    lists         kind (a list of the filter), first, last: the codes of its values
    facet_values  code, kind, value (folded), what is only offered too; by kind and value
    facets        code, event: who has which; by code
    options       number, kind, value, label, code, events, rank: what a list offers, in the order of the numbers, how
                  many events have it, and how many options of the list come before it by that; by kind and rank
    called        place, name: each name that a place has or had
    homes         event, country: the number of each country that it is about, itself or by its places
    countries     code, name (in English), events (how many are about it), named (how many name it themselves),
                  unplaced (of these without a point)

`events`, `places`, `sources`, `unsettled`, `files`, `notices` and `originals` are those of the record, the first two
with the numbers of their rows in a column `event`, `place`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.places.boundaries import BUNDLED
from geodata.places.spatial import great_circle
from geodata.record.columns import Columns, exploded, numbers_among, row_numbers
from geodata.record.reach import are_local, reach_of
from geodata.record.spans import spans_of
from geodata.store.lists import OF_CLAIMS, facets_of
from geodata.store.ranks import RANKS
from geodata.store.search import search_texts

FORMAT = 9  # of all that stands above
FINEST = 9  # cells of 200 m
FIRST_IN = {"region": 1, "country": 2, "globe": 4}
DIGITS, DIGIT_BITS = 15, 3  # of the index of a cell
POINT, COUNTRY, UNSETTLED, NOTHING = range(4)


def derive(columns: Columns, pool: Executor) -> Iterator[tuple[str, Future[pa.Table]]]:
    """All tables of a snapshot by name, in the order of the record's rows, made side by side.

    What is made of others is asked for behind them, so that a pool of any size comes to an end; and each table as soon
    as it can be, so that whoever writes it and lets go of it makes room for the next.
    """
    events = columns["events"]
    facets = pool.submit(facets_of, columns)
    spans = pool.submit(spans_of, columns["claims"])
    areas = pool.submit(_areas, columns)
    yield "sites", pool.submit(lambda: _sites(columns, areas.result()[1]))
    yield "areas", pool.submit(lambda: areas.result()[0])
    yield "whereabouts", pool.submit(lambda: _whereabouts(columns, areas.result()[1]))
    points = pool.submit(_points, columns)
    yield "points", points
    yield "called", pool.submit(_called, columns["places"])
    homes = pool.submit(_homes, columns)
    yield "homes", pool.submit(lambda: homes.result()[0])
    # Behind what else takes much memory while it is made.
    yield "search", pool.submit(lambda: pa.table({"event": row_numbers(events), "text": search_texts(columns)}))
    told = pool.submit(lambda: _claims(columns, spans.result(), facets.result().of_claims, homes.result()))
    yield "claims", told
    yield "options", pool.submit(lambda: facets.result().options)
    yield "lists", pool.submit(lambda: facets.result().lists)
    yield "facet_values", pool.submit(lambda: facets.result().values)
    yield "facets", pool.submit(lambda: facets.result().events)
    yield "countries", pool.submit(lambda: _countries(columns, points.result(), homes.result()))
    ranks = {name: pool.submit(rank, columns) for name, rank in RANKS.items()}
    ranks["source_rank"] = pool.submit(lambda: facets.result().first_source)
    reported = pool.submit(_reported, columns)
    yield "index", pool.submit(lambda: _index(columns, told.result(), points.result(), reported.result(), ranks))
    yield "events", pool.submit(_numbered, events, "event")
    yield "places", pool.submit(_numbered, columns["places"], "place")
    yield "sources", pool.submit(lambda: columns["sources"])
    for name in ("unsettled", "files", "notices", "originals"):
        yield name, pool.submit(columns.__getitem__, name)


def _numbered(table: pa.Table, name: str) -> pa.Table:
    return table.add_column(0, name, row_numbers(table))


def _index(
    columns: Columns, claims: pa.Table, points: pa.Table, reported: pa.Array, ranks: Mapping[str, Future[pa.Array]]
) -> pa.Table:
    events = columns["events"]
    tangled = claims["event"].filter(claims["tangled"]).unique()
    return pa.table({
        "event": row_numbers(events),
        "category": events["category"],
        "date_start": events["date_start"],
        "date_end": events["date_end"],
        "reported_on": reported,
        "tangled": pc.is_in(row_numbers(events), value_set=tangled),
        "known_by": _known_by(events, points["event"].unique()),
        **{name: rank.result() for name, rank in ranks.items()},
        **_tolls(claims, len(events)),
    })  # fmt: skip


def _tolls(claims: pa.Table, count: int) -> dict[str, pa.Array]:
    """`told`, `low`, `high` and `open` of each of `count` events."""
    told_of = claims.select(["event", "measure", "addable", "stands_until", "low", "high"])
    killed = told_of.filter(pc.equal(claims["measure"], "deaths"))
    told = np.bincount(np.asarray(killed["event"]), minlength=count) > 0
    killed = killed.filter(pc.and_(killed["addable"], pc.is_null(killed["stands_until"])))
    event, low, high = (np.asarray(killed[name].fill_null(-1)) for name in ("event", "low", "high"))
    lows, tops = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(lows, event, low)  # -1 where one is not known
    np.maximum.at(tops, event, np.maximum(low, high))
    none = (lows < 0) | (tops < 0)
    return {
        "told": pa.array(told),
        "low": pa.array(lows, mask=none),
        "high": pa.array(tops, mask=none),
        "open": pa.array(np.bincount(event[high < 0], minlength=count) > 0),
    }


def _known_by(events: pa.Table, placed: pa.Array) -> pa.Array:
    other = pc.if_else(pc.not_equal(events["country"], ""), COUNTRY, NOTHING)
    other = pc.if_else(pc.greater(pc.list_value_length(events["unsettled"]), 0), UNSETTLED, other)
    return pc.if_else(pc.is_in(row_numbers(events), value_set=placed), POINT, other).cast(pa.int8())


def _reported(columns: Columns) -> pa.Array:
    """The first day on which a source or a voice told of each event; its last possible day where none is dated."""
    events, sources, claims = columns["events"], columns["sources"], columns["claims"]
    told = [(claims["event"], claims["said_last"])]
    if sources["published_on"].null_count < len(sources):
        rows, ids = exploded(row_numbers(events), events["source_ids"])
        at = pc.index_in(ids, value_set=sources["source_id"].combine_chunks())
        told.append((rows, sources["published_on"].take(at)))
    first = np.full(len(events), np.iinfo(np.int32).max, np.int64)
    for at, days in told:
        known = np.asarray(days.is_valid())
        np.minimum.at(first, np.asarray(at)[known], np.asarray(days.cast(pa.int32()).fill_null(0))[known])
    ends = np.asarray(events["date_end"].cast(pa.int32()))
    return pa.array(np.where(first == np.iinfo(np.int32).max, ends, first).astype(np.int32)).cast(pa.date32())


def _sites(columns: Columns, whereabouts: pa.Table) -> pa.Table:
    sites = columns["sites"]
    for name in whereabouts.column_names:
        sites = sites.append_column(name, whereabouts[name].take(sites["place"]))
    for name, array in _firsts(sites).items():
        sites = sites.append_column(name, array)
    return _numbered(sites, "site")


def _firsts(sites: pa.Table) -> dict[str, pa.Array]:
    """`apart` and `first_in` of each site: so that events are counted by cells and areas without a sort."""
    known = np.asarray(sites["cell"].is_valid())
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


def _areas(columns: Columns) -> tuple[pa.Table, pa.Table]:
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


def _called(places: pa.Table) -> pa.Table:
    rows, names = exploded(row_numbers(places), places["names"])
    place = np.concatenate([np.arange(len(places), dtype=np.int32), np.asarray(rows)])
    name = pa.chunked_array([*places["name"].chunks, pc.struct_field(names, "name")], pa.string())
    return pa.table({"place": place, "name": name})


def _points(columns: Columns) -> pa.Table:
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
        "alone": np.bincount(event, minlength=len(columns["events"]))[event] == 1,
        "category": columns["events"]["category"].take(pa.array(event, pa.int32())),
    })  # fmt: skip


def _of_a_bbox(lon: Any) -> Any:
    # A great circle's longitudes run on past 180; a bbox's do not.
    return (lon + 180) % 360 - 180


def _whereabouts(columns: Columns, whereabouts: pa.Table) -> pa.Table:
    places = columns["places"]
    at = np.zeros(len(places), bool)
    at[np.asarray(columns["sites"]["place"])] = True
    table = _numbered(places.select(["lon", "lat"]), "place")
    for name in whereabouts.column_names:
        table = table.append_column(name, whereabouts[name])
    table = table.filter(pc.and_(pa.array(at), table["cell"].is_valid()))
    return table.set_column(1, "lon", pa.array(_of_a_bbox(np.asarray(table["lon"]))))


def _homes(columns: Columns) -> tuple[pa.Table, pa.Array]:
    """The countries that each event is about, and the codes of all countries, in order."""
    own, places, sites = columns["events"]["country"], columns["places"]["country"], columns["sites"]
    codes = pa.array(sorted({*own.unique().to_pylist(), *places.unique().to_pylist()} - {""}), pa.string())
    of_places = numbers_among(places, codes)[np.asarray(sites["place"])]
    event = np.concatenate([np.arange(len(own)), np.asarray(sites["event"])])
    country = np.concatenate([numbers_among(own, codes), of_places])
    both = np.sort((event << 32 | country)[country >= 0])
    both = both[np.diff(both, prepend=-1) != 0]
    return pa.table({"event": (both >> 32).astype(np.int32), "country": both.astype(np.int16)}), codes


def _claims(
    columns: Columns, spans: Mapping[str, pa.Array], codes: Mapping[str, pa.Array], homes: tuple[pa.Table, pa.Array]
) -> pa.Table:
    claims = columns["claims"]
    found = {**spans, **{name: codes[kind] for kind, name in OF_CLAIMS.items()}}
    of_all = pc.and_(pc.equal(claims["measure"], "deaths"), pc.equal(claims["population"], "all")).combine_chunks()
    found["addable"] = pc.and_not(pc.and_(of_all, pa.array(are_local(columns))), spans["tangled"])
    found |= reach_of(columns, *homes, np.asarray(found["document"].fill_null(-1)))
    for name, array in found.items():
        claims = claims.append_column(name, array)
    return _numbered(claims, "claim")


def _countries(columns: Columns, points: pa.Table, homes: tuple[pa.Table, pa.Array]) -> pa.Table:
    """How many events are about each country, how many name it themselves, and how many of these have no point."""
    pairs, codes = homes
    own = numbers_among(columns["events"]["country"], codes)
    is_bare = np.ones(len(own), bool)
    is_bare[np.asarray(points["event"])] = False
    counts = {"events": np.asarray(pairs["country"]), "named": own[own >= 0], "unplaced": own[(own >= 0) & is_bare]}
    names = pa.array([BUNDLED.country_name(code) for code in codes.to_pylist()], pa.string())
    found = {name: np.bincount(numbers, minlength=len(codes)) for name, numbers in counts.items()}
    return pa.table({"code": codes, "name": names, **found})
