"""The two sorted Parquet files of the gazetteer, from its entries; `geodata.places.gazetteer` says what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from geodata.build.entries import Entry, Name, scripts_of
from geodata.places.folding import fold
from geodata.places.gazetteer import AREAS
from geodata.places.kinds import without_kind

ROW_GROUP = 8_192


def write_tables(places: Sequence[Entry], folder: Path) -> None:
    """Write places.parquet and names.parquet into `folder`; the entries come sorted by their ids."""
    names = [_written(place) for place in places]
    columns = ("place_id", "feature", "country", "population", "source", "region", "part_of")
    use = pa.struct({"number": pa.int16(), "since": pa.date32(), "until": pa.date32(), "official": pa.bool_()})
    table = pa.table(
        {
            **{column: [getattr(place, column) for place in places] for column in columns},
            "lon": pa.array([_decimal(place.lon) for place in places], pa.decimal128(8, 5)),
            "lat": pa.array([_decimal(place.lat) for place in places], pa.decimal128(8, 5)),
            "radius_m": pa.array([place.radius_m for place in places], pa.float32()),
            "names": pa.array([[name.name for name in them] for them in names], pa.list_(pa.string())),
            "uses": pa.array([_uses(them) for them in names], pa.list_(use)),
        }
    )
    repeated = [*columns[1:], "radius_m"]
    _write_table(table, folder / "places.parquet", "place_id", repeated)
    rows = sorted(
        (text, place, number, number == 0 or them[number].official)
        for place, them in enumerate(names)
        for text, number in _findable(places[place].feature, them)
        if text
    )
    types = (pa.string(), pa.int32(), pa.int16(), pa.bool_())
    keys = ("folded", "place", "number", "label")
    arrays = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
    _write_table(pa.table(dict(zip(keys, arrays, strict=True))), folder / "names.parquet", "folded", ["number"])


def _findable(feature: str, names: Sequence[Name]) -> Iterator[tuple[str, int]]:
    """What each name is found by, with its number: itself, and of an area without the words of its kind."""
    found = [(fold(name.name), number) for number, name in enumerate(names)]
    yield from found
    if feature in AREAS:
        seen = {text for text, _ in found}
        for text, number in found:
            bare, _ = without_kind(text)
            if bare not in seen:
                seen.add(bare)
                yield bare, number


def _written(place: Entry) -> list[Name]:
    """The names to keep, the main one first: all curated ones, and of the rest one spelling a script and sound."""
    undated = (name for name in place.names if name.name == place.name and not (name.since or name.until))
    main = next(undated, Name(place.name))
    kept: dict[tuple[object, ...], Name] = {_likeness(main): main}
    for name in sorted(place.names, key=lambda n: (not n.curated, n.name, n.since or date.min)):
        kept.setdefault(_likeness(name), name)
    return list(kept.values())


def _likeness(name: Name) -> tuple[object, ...]:
    itself = (name.name, name.since) if name.curated else ()
    return (fold(name.name), frozenset(scripts_of(name.name)), *itself)


def _uses(names: Sequence[Name]) -> list[dict[str, Any]] | None:
    found = [
        {"number": number, "since": name.since, "until": name.until, "official": name.official}
        for number, name in enumerate(names)
        if name.use != (None, None, False)
    ]
    return found or None


def _decimal(degrees: float | None) -> Decimal | None:
    return None if degrees is None else Decimal(f"{degrees:.5f}")


def _write_table(table: Any, path: Path, key: str, dictionary: list[str]) -> None:
    """Write without anything that a second run would write differently, the least and greatest `key` of each group."""
    texts = dict.fromkeys(("place_id", "folded"), "DELTA_BYTE_ARRAY")
    numbers = {"place": "DELTA_BINARY_PACKED", "lon": "BYTE_STREAM_SPLIT", "lat": "BYTE_STREAM_SPLIT"}
    encodings = {name: how for name, how in (texts | numbers).items() if name in table.column_names}
    parquet.write_table(
        table, path, compression="zstd", compression_level=19, row_group_size=ROW_GROUP,
        use_dictionary=dictionary, column_encoding=encodings, store_schema=False,
        store_decimal_as_integer=True, write_statistics=[key],
    )  # fmt: skip
