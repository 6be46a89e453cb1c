"""A flat table read in columns is what it is row by row: the same record, or the same problems, and the same words."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.errors import DataError, Unclear
from geodata.importers import read_columns
from geodata.importers.checks import places
from geodata.importers.columns.sources import text_ids
from geodata.importers.how import HowToRead
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import CONTROL
from geodata.places.boundaries import BUNDLED as BOUNDARIES
from geodata.places.boundaries import country_of, region_of
from geodata.record.columns import SCHEMAS, Columns
from tests.by_rows import read_flat
from tests.generated import flat_csv
from tests.records import columns_of
from tests.tables import table, workbook

Told = tuple[Columns | str, list[str]]
ALL = HowToRead(max_reject_share=1.0)
# For each column what it may hold, and what breaks a rule, or does beside some others.
CELLS: dict[str, tuple[list[str], list[str]]] = {
    "event_id": (["", "", "é{n}", "{n}"], ["A 1", "x;y", "A1", "A1", "\u2003x", "x" * 201, "events-R4"]),
    "category": (["clash", "Protest", ""], ["clahs"]),
    "title": (["Shots", 'say "x", or y', "two\nlines", "two\r\nlines", "\u00a0 blank \t"], ["", "a\x0bb", "a\x9fb"]),
    "date_start": (["2022-01-05", "2019-03-01", "2022-08", "2024-02-29"], ["2022-02-30", "", "1022-01-05", "soon"]),
    "date_end": (["", "2025-01-06", "2025-08"], ["2022-01-04", "9999-12", "x"]),
    "time_precision": (["", "2"], ["4"]),
    "place": (
        [
            *("", "Camp", "Almaty", "Nur-Sultan", "Astana", "Tripoli", "Zhetygen", "Xyzzyville", "unknown", "none; -"),
            *("Taraz; Almaty", "Moscow > Almaty", "Moscow > Tripoli", "Kazakhstan", "Zhetygen, Kazakhstan", "Алматы"),
            "Nur-Sultan; x",
        ],
        ["x" * 201, "Taraz > ", "Taraz > Taraz", "Russia; Kazakhstan", "Russia > Taraz", "a; b"],
    ),
    "lon": (["", "77", "77.0", "+77.00", "67.5", "0", "-0", "-30", "51.18"], ["NaN", "200", "7" * 41]),
    "lat": (["", "43", "43.0", "48", "0", "30", "71.446"], ["91", "33°"]),
    "geo_precision": (["", "near", "NEAR", "region"], ["country", "unknown", "site; near", "setlement"]),
    "country": (["", "KZ", "kz", "LB", "RU"], ["XX", "Kazakhstan"]),
    "actors": (["", "Army; Crowd", " Army ;; ", "\u2003Wide\u2003;Army"], []),
    "notes": (["", 'x, "y"', "one\n\ntwo", "a\u0085b", "#tag"], ["#REF!", "\x1f", "\ufffe", "\x00"]),
    "source": (
        [
            *("", "Reuters", "reuters", "A.B", "A B", "A B; A.B; A B", "A-B-2", "events.csv", "Радио", ";"),
            *("https://a.org/1, https://b.org/2 (AP)", "Reuters: https://a.org/1", "AP; http", "\u2003wide"),
        ],
        [],
    ),
    "deaths": (["", "0", "5", "007"], ["1,200", "-1", "1" * 13, "٣", "#N/A"]),
    "deaths_low": (["", "5", "0"], ["9", "x"]),
    "deaths_high": (["", "7"], ["1"]),
    "injured": (["", "3"], []),
    "claimant": (["", "President"], []),
    "said_on": (["", "2025-01-07", "2025-01"], ["soon"]),
    "qualifier": (["", "over", "About"], ["roughly"]),
    "mood": (["", "bad"], []),
}  # fmt: skip
NEEDED = {"title", "date_start"}
ALSO = {"date_start": "Date", "lat": " LATITUDE ", "source": "Sources", "event_id": "Event-ID"}


def both(path: Path) -> tuple[Told, Told]:
    """What is told of a table by rows and by columns: the record or its problems, and the words in the log."""
    return told(lambda: columns_of(read_flat(path))), told(lambda: read_columns(path, how=ALL))


def told(read: Callable[[], Columns]) -> Told:
    messages: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("geodata").addHandler(handler)
    try:
        return read(), messages
    except (DataError, Unclear) as error:
        return str(error), messages
    finally:
        logging.getLogger("geodata").removeHandler(handler)


def assert_both_tell_the_same(path: Path) -> Columns | str:
    (by_row, words), (by_column, other_words) = both(path)
    assert [word for word in other_words if "is not on the map" in word][-len(words) :] == words
    if not isinstance(by_row, Columns):
        assert by_column == by_row
        return by_row
    assert isinstance(by_column, Columns), by_column
    assert (by_column.name, by_column.title) == (by_row.name, by_row.title)
    for name in SCHEMAS.keys() - {"files", "notices", "originals"}:
        expected = by_row.tables[name]
        assert by_column[name].schema == expected.schema
        by_column[name].validate(full=True)
        assert by_column[name].to_pylist() == expected.to_pylist(), name
    return by_column


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A flat table as bytes, good ones and ones with every kind of fault."""
    is_good = draw(st.booleans())
    others = st.lists(st.sampled_from(sorted(set(CELLS) - NEEDED)), unique=True, min_size=4 if is_good else 0)
    header = [*sorted(NEEDED), *draw(others)]
    header = draw(st.permutations(header))
    out = io.StringIO()
    mark, end = draw(st.sampled_from(",,;\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    quoting: Any = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    write = csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting).writerow
    beside = draw(st.sampled_from([0, 0, 2]))
    write([ALSO.get(name, name) if draw(st.booleans()) else name for name in header] + [""] * beside)
    if draw(st.booleans()):
        write(["", *["#x"] * (len(header) - 1)])
    for number in range(draw(st.integers(0, 12))):
        between = draw(st.sampled_from(BETWEEN if is_good else BETWEEN_OR_WRONG))
        if between is not None:
            cell, dots, rest = between.partition("…")
            out.write((",".join([cell] * (len(header) if dots else 1)) + rest).replace(",", mark) + end)
        row = {}
        for name in header:
            good, bad = CELLS[name]
            cells = good if is_good or draw(st.integers(0, 5)) else good + bad
            row[name] = draw(st.sampled_from(cells)).replace("{n}", str(number))
        row = mended(row) if is_good else row
        write([*row.values(), *[""] * draw(st.sampled_from([beside, beside, 0, 3]))])
    text = out.getvalue()
    if draw(st.booleans()):
        text = text.removesuffix(end)
    return draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\n", b" \r\n"])) + text.encode()


def mended(row: dict[str, str]) -> dict[str, str]:
    """The row with those cells emptied that no rule lets stand beside each other."""
    found = dict.fromkeys(CELLS, "") | row
    emptied = []
    has_point = found["lon"] and found["lat"]
    if not has_point:
        emptied += ["lon", "lat"]
    elif not found["place"].isalpha():
        emptied += ["place"]
    if found["lat"] == "71.446":
        emptied += ["country"]
    if not has_point and found["place"] in ("", "none; -", "unknown", "Kazakhstan"):
        emptied += ["geo_precision"]
    if found["deaths"] != "5":
        emptied += ["deaths", "deaths_low"]
    return row | {name: "" for name in emptied if name in row}


# What may stand between two rows: nothing, blank lines of several kinds. "…" is once for each column.
BETWEEN = [*[None] * 6, "", "  ", "…", " …", '""…']
# And rows with too few or many fields, tags, quotes that readers understand in their own ways, a return alone.
BETWEEN_OR_WRONG = [*[None] * 6, *BETWEEN, "#x…", "x…,y", "x", 'a"b,c', '"a" ,c', '"a,', "a\r,", '"a""b"…']


@pytest.fixture(scope="module", autouse=True)
def one_gazetteer() -> Iterator[None]:
    """The same gazetteer for all examples: most of the time would go into reading it."""
    kept = places.Gazetteer(places.gazetteers.BUNDLED.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "Gazetteer", lambda _: kept)
        yield


@settings(max_examples=60, deadline=None)
@example(b"qualifier,title,date_start\nroughly,Shots,2022-01-05\n")
@given(texts())
def test_any_table_is_read_alike_by_rows_and_by_columns(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        path.write_bytes(raw)
        assert_both_tell_the_same(path)


@pytest.mark.parametrize("choices", [{}, {"ids": False, "breaks": True}], ids=["ids", "breaks"])
def test_made_events_are_read_alike_by_rows_and_by_columns(tmp_path: Path, choices: dict[str, bool]) -> None:
    found = assert_both_tell_the_same(flat_csv(tmp_path / "events.csv", 2_000, seed=3, **choices))
    assert isinstance(found, Columns)
    assert len(found["events"]) == 2_000


def test_a_workbook_is_read_alike_by_rows_and_by_columns(tmp_path: Path) -> None:
    header = ["title", "date_start", "place", "lon", "lat", "deaths"]
    good = workbook(
        tmp_path, [header, ["x", "2022-01-05", "Taraz", None, None, 3], ["y", "2022-01-05", None, 77, 43, None]]
    )
    assert isinstance(assert_both_tell_the_same(good), Columns)
    bad = workbook(tmp_path, [header, ["x", "2022-01-35", "Taraz"], ["y", "2022-01-05", None, 77, 43, 3]])
    found = assert_both_tell_the_same(bad)
    assert isinstance(found, Columns)
    assert len(found["events"]) == 1


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff", b"title,date_start", b"name,date\nx,2022-01-05", b"PK\x03\x04"])
def test_what_is_no_table_is_refused_alike(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "events.csv").write_bytes(raw)
    assert_both_tell_the_same(tmp_path / "events.csv")


def test_a_name_whose_meaning_changes_is_looked_up_for_each_time(tmp_path: Path) -> None:
    days = ("1990-01-01", "1995-01-01", "2000-01-01", "2020-01-01", "2023-01-01")
    lines = [
        f"{name},{day}" for day in (*days, *reversed(days)) for name in ("Astana", "Akmola", "Nur-Sultan; Tripoli")
    ]
    assert_both_tell_the_same(table(tmp_path, "\n".join(["place,date_start", *lines])))


def test_every_control_character_is_found_in_columns() -> None:
    characters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000), 0x1F600)]
    found = Cells("x", ("a",), np.arange(len(characters)), {"a": pa.array([f"x{c}y" for c in characters])})
    assert [bool(CONTROL.search(c)) for c in characters] == found.with_controls().tolist()


@given(st.lists(st.text(max_size=150)))
def test_the_ids_of_texts_are_those_of_each_text(words: list[str]) -> None:
    assert text_ids(pa.array(words, pa.string())).to_pylist() == [places.text_id(word) for word in words]


@given(st.lists(st.from_regex(r"[+-]?[0-9]{0,20}(\.[0-9]{0,20})?[ eE]?[0-9]?", fullmatch=True) | st.floats().map(repr)))
def test_decimals_are_read_all_at_once_as_one_by_one(texts: list[str]) -> None:
    cells = Cells("x.csv", ("lon",), np.arange(len(texts)), {"lon": pa.array(texts, pa.string())})
    found = cells.decimals("lon", -180, 180, "degrees")
    expected = cells.distinct("lon", lambda record: record.decimal("lon", -180, 180, "degrees"))
    assert found.found == expected.found
    assert found.wrong_rows.tolist() == expected.wrong_rows.tolist()


def test_the_countries_and_regions_of_points_are_those_of_each_point() -> None:
    random = np.random.default_rng(5)
    # Around a coast, the antimeridian, an enclave and the open sea.
    middles = np.array([[12.5, 41.9], [180, 66], [-179.9, -16.8], [28.2, -29.5], [-30, 0], [103.8, 1.3]])
    lons, lats = (np.repeat(middles, 60, axis=0) + random.normal(0, 0.6, (360, 2))).T
    lons = np.clip(lons, -180, 180)
    assert BOUNDARIES.countries_of(lons, lats) == [country_of(*at) for at in zip(lons, lats, strict=True)]
    for country in ("IT", "RU", "FJ", "XX", ""):
        expected = [region_of(*at, country) for at in zip(lons, lats, strict=True)]
        assert BOUNDARIES.regions_of(lons, lats, country) == expected


def test_a_field_of_a_million_characters_is_kept(tmp_path: Path) -> None:
    path = table(tmp_path, f"title,date_start,notes\nShots,2022-01-05,{'y' * 1_000_000}\n")
    assert len(read_columns(path)["events"]["notes"][0].as_py()) == 1_000_000
