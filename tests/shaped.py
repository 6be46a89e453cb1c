"""The made events of `tests.generated` in the columns of UCDP's GED and of ACLED."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geodata.places.boundaries import BUNDLED
from tests.generated import flat_csv

GED = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
_WHERE = {
    "site": "1",
    "settlement": "1",
    "near": "2",
    "district": "3",
    "region": "4",
    "fuzzy": "5",
    "country": "6",
    "": "1",
}
_GEO = {
    "site": "1",
    "settlement": "1",
    "near": "2",
    "district": "2",
    "region": "3",
    "fuzzy": "3",
    "country": "3",
    "": "1",
}
_KINDS = {
    "clash": ("Battles", "Armed clash"),
    "protest": ("Protests", "Peaceful protest"),
    "detention": ("Strategic developments", "Arrests"),
    "deployment": ("Strategic developments", "Headquarters or base established"),
    "political": ("Strategic developments", "Agreement"),
    "other": ("Strategic developments", "Looting/property destruction"),
}


def ged_csv(path: Path, rows: int, seed: int = 0) -> Path:
    """Write a table of GED's 49 columns and return its path."""
    made = _made(path, rows, seed)
    number = pa.array(np.arange(rows) + 100_000)
    actors = _sides(made["actors"])
    begin = made["date_start"]
    finish = pc.if_else(pc.equal(made["date_end"], ""), begin, made["date_end"])
    best = made["deaths"]
    given = {
        "id": pc.cast(number, pa.string()),
        "relid": pc.binary_join_element_wise("X-1-", pc.cast(number, pa.string()), ""),
        "year": pc.utf8_slice_codeunits(made["date_start"], 0, 4), "type_of_violence": _cycled(("1", "2", "3"), rows),
        "conflict_name": made["title"], "dyad_name": made["actors"], "side_a": actors[0], "side_b": actors[1],
        "number_of_sources": pa.repeat("1", rows), "source_article": made["source"], "source_headline": made["notes"],
        "where_prec": _coded(made["geo_precision"], _WHERE), "where_coordinates": made["place"],
        "latitude": made["lat"], "longitude": made["lon"], "country": _names(made["country"]),
        "date_prec": pc.if_else(pc.equal(begin, finish), "1", "4"),
        "date_start": pc.binary_join_element_wise(begin, " 00:00:00.000", ""),
        "date_end": pc.binary_join_element_wise(finish, " 00:00:00.000", ""),
        "best": pc.if_else(pc.equal(best, ""), "0", best), "low": _or_zero(made["deaths_low"], best),
        "high": _or_zero(made["deaths_high"], best),
    }  # fmt: skip
    return _written(path, GED, given, rows)


def acled_csv(path: Path, rows: int, seed: int = 0) -> Path:
    """Write a table of ACLED's 31 columns and return its path."""
    made = _made(path, rows, seed)
    actors = _sides(made["actors"])
    number = pc.cast(pa.array(np.arange(rows) + 1), pa.string())
    types = {category: kind[0] for category, kind in _KINDS.items()}
    given = {
        "event_id_cnty": pc.binary_join_element_wise(made["country"], number, ""), "event_date": made["date_start"],
        "year": pc.utf8_slice_codeunits(made["date_start"], 0, 4),
        "time_precision": _cycled(("1", "1", "1", "2"), rows),
        "event_type": _coded(made["category"], types),
        "sub_event_type": _coded(made["category"], {category: kind[1] for category, kind in _KINDS.items()}),
        "actor1": actors[0], "actor2": actors[1], "country": _names(made["country"]), "location": made["place"],
        "latitude": made["lat"], "longitude": made["lon"], "geo_precision": _coded(made["geo_precision"], _GEO),
        "source": made["source"], "notes": made["notes"],
        "fatalities": pc.if_else(pc.equal(made["deaths"], ""), "0", made["deaths"]),
        "timestamp": pc.cast(pa.array(np.arange(rows) + 1_700_000_000), pa.string()),
    }  # fmt: skip
    return _written(path, ACLED, given, rows)


def _made(path: Path, rows: int, seed: int) -> pa.Table:
    flat = flat_csv(path.with_suffix(".flat"), rows, seed)
    texts = csv.ConvertOptions(strings_can_be_null=False, column_types=dict.fromkeys(_header(flat), pa.string()))
    table = csv.read_csv(flat, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=texts)
    flat.unlink()
    return table.combine_chunks()


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().split(",")


def _sides(actors: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    parts = pc.split_pattern(actors.combine_chunks(), ";", max_splits=1)
    first = pc.utf8_trim_whitespace(pc.list_element(parts, 0))
    rest = pc.utf8_trim_whitespace(pc.replace_substring_regex(actors.combine_chunks(), r"^[^;]*;?", ""))
    return first, rest


def _names(codes: pa.ChunkedArray) -> pa.Array:
    encoded = codes.combine_chunks().dictionary_encode()
    return pa.array([BUNDLED.country_name(code) for code in encoded.dictionary.to_pylist()]).take(encoded.indices)


def _coded(words: pa.ChunkedArray, codes: dict[str, str]) -> pa.Array:
    encoded = words.combine_chunks().dictionary_encode()
    return pa.array([codes[word] for word in encoded.dictionary.to_pylist()]).take(encoded.indices)


def _cycled(values: tuple[str, ...], rows: int) -> pa.Array:
    return pa.array(values).take(pa.array(np.arange(rows) % len(values)))


def _or_zero(figures: pa.ChunkedArray, best: pa.ChunkedArray) -> pa.Array:
    found = pc.if_else(pc.equal(figures, ""), best, figures)
    return pc.if_else(pc.equal(found, ""), "0", found)


def _written(path: Path, columns: list[str], given: dict[str, pa.Array], rows: int) -> Path:
    blank = pa.repeat("", rows)
    table = pa.table([given.get(column, blank) for column in columns], names=columns)
    csv.write_csv(table, path)
    return path
