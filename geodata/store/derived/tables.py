"""What a snapshot keeps: the record's tables with what follows from them, so that a question reads what it needs.

    index         a row an event, in order: event, category, date_start, date_end, reported_on (the first day on which
                  a source or a voice told of it), tangled, known_by (`POINT`, `COUNTRY`, `UNSETTLED` or `NOTHING`: how
                  its place is known), title_rank and place_rank (see `geodata.store.derived.ranks`), source_rank (the
                  code of its first source, null without one); told, low, high and open: what the steps of
                  `geodata.store.questions.ranges.tolls` come to in the end, of all voices (low and high are null
                  where there is no figure); lon (-180 to below 180), lat, cell (H3, resolution `FINEST`, as int64),
                  region and country (rows of `areas`; null for none) of an event that has one point, null of others
    search        event, text (its texts, folded)
    sites         + site (its row), cell, region and country (as there; null for a place without a point); of an
                  event's sites in the order of their cells, from which resolution on the cell is `apart` from those
                  before (beyond `FINEST`: never), and as bits of `first_in` (`FIRST_IN`) in what none of those before
                  is; both null without a cell, and of an event that has one point
    areas         area, country (its code), region (its id; "" for a country as a whole), name (in English): those of
                  the bundled boundaries in which the middle of a cell lies that has a place
    claims        + claim (its row), figure, superseded_from, stands_until, tangled, alone (see `geodata.record.spans`),
                  voice and document (codes of its claimant and its source), wide_in, nowhere and rivalled (see
                  `geodata.record.reach`), addable (whether it counts all who were killed at the one place of an event
                  that is not tangled, and so may be added to those of other events)
    points        event, lon, lat (as there), of events with several: of a flow those of its great circle
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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.places.boundaries import BUNDLED
from geodata.record.columns import Columns, exploded, numbered, numbers_among, row_numbers
from geodata.record.reach import are_local, reach_of
from geodata.record.spans import spans_of
from geodata.store.derived.lists import OF_CLAIMS, facets_of
from geodata.store.derived.ranks import RANKS
from geodata.store.derived.search import search_texts
from geodata.store.derived.where import alone_in, areas_of, at_one_point, points_of, several, sites_of, whereabouts_of

FORMAT = 10  # of all that stands above
POINT, COUNTRY, UNSETTLED, NOTHING = range(4)


def derive(columns: Columns, pool: Executor) -> Iterator[tuple[str, Future[pa.Table]]]:
    """All tables of a snapshot by name, in the order of the record's rows, made side by side.

    What is made of others is asked for behind them, so that a pool of any size comes to an end; and each table as soon
    as it can be, so that whoever writes it and lets go of it makes room for the next.
    """
    events = columns["events"]
    facets = pool.submit(facets_of, columns)
    spans = pool.submit(spans_of, columns["claims"])
    areas = pool.submit(areas_of, columns)
    points = pool.submit(points_of, columns)
    alone = pool.submit(lambda: alone_in(points.result(), len(events)))
    yield "sites", pool.submit(lambda: sites_of(columns, areas.result()[1], alone.result()))
    yield "areas", pool.submit(lambda: areas.result()[0])
    yield "whereabouts", pool.submit(lambda: whereabouts_of(columns, areas.result()[1]))
    yield "points", pool.submit(lambda: several(points.result(), alone.result()))
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
    others = {name: pool.submit(rank, columns) for name, rank in RANKS.items()}
    others["source_rank"] = pool.submit(lambda: facets.result().first_source)
    others["reported_on"] = pool.submit(_reported, columns)
    at = pool.submit(lambda: at_one_point(columns, alone.result(), areas.result()[1]))
    yield "index", pool.submit(lambda: _index(columns, told.result(), points.result(), others, at.result()))
    yield "events", pool.submit(numbered, events, "event")
    yield "places", pool.submit(numbered, columns["places"], "place")
    yield "sources", pool.submit(lambda: columns["sources"])
    for name in ("unsettled", "files", "notices", "originals"):
        yield name, pool.submit(columns.__getitem__, name)


def _index(
    columns: Columns,
    claims: pa.Table,
    points: pa.Table,
    others: Mapping[str, Future[pa.Array]],
    at: Mapping[str, pa.Array],
) -> pa.Table:
    events = columns["events"]
    tangled = claims["event"].filter(claims["tangled"]).unique()
    return pa.table({
        "event": row_numbers(events),
        "category": events["category"],
        "date_start": events["date_start"],
        "date_end": events["date_end"],
        "tangled": pc.is_in(row_numbers(events), value_set=tangled),
        "known_by": _known_by(events, points["event"].unique()),
        **{name: other.result() for name, other in others.items()},
        **_tolls(claims, len(events)),
        **at,
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


def _called(places: pa.Table) -> pa.Table:
    rows, names = exploded(row_numbers(places), places["names"])
    place = np.concatenate([np.arange(len(places), dtype=np.int32), np.asarray(rows)])
    name = pa.chunked_array([*places["name"].chunks, pc.struct_field(names, "name")], pa.string())
    return pa.table({"place": place, "name": name})


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
    return numbered(claims, "claim")


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
