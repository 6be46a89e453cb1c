"""A version of a store into a database: in chunks, taken up again where it broke off, and counted afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geodata.errors import GeodataError
from geodata.store.derived.tables import FORMAT
from geodata.store.engines.catalog import Loaded, read_about, types_of, with_json
from geodata.store.engines.duckdb import DuckDB
from geodata.store.engines.remote import tables_in

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    import pyarrow.parquet as pq

    from geodata.store.loading.loader import Loader
    from geodata.store.snapshot import Snapshot

CHUNK = 100_000  # rows
PRIME = 1_000_003  # the sum of whole cells is beyond all numbers
MOST_VERSIONS = 2  # that are left in the database: whoever looks at the one before can go on
Told = Callable[[str, int, int], None]


def load(snapshot: Snapshot, loader: Loader, told: Told) -> Loaded:
    """Load a snapshot and make it the version that is read; older ones than the one before are removed.

    `told` hears the table, and how many of its rows are there. Raises GeodataError where what is there in the end is
    not what was loaded, or the database does not take it: then the version that is read stays.
    """
    about = about_of(snapshot)
    loader.prepare(about)
    tables = tables_in(about, loader.dialect, loader.place)
    for name, table in tables.items():
        done = _asked(loader, table.agg(rows=table.count()))["rows"]
        for chunk in _chunks(snapshot, name, done):
            loader.append(about.table(name), with_json(chunk))
            done += len(chunk)
            told(name, done, about.rows[name])
    loader.finish(about)
    _check(snapshot, about, loader, tables)
    loader.publish(about, datetime.now(UTC).isoformat(timespec="microseconds"))
    for old in loader.versions()[MOST_VERSIONS:]:
        try:
            known = read_about(old)
        except GeodataError:
            continue  # of another release, which knows its tables
        loader.drop(known)
    return about


def about_of(snapshot: Snapshot) -> Loaded:
    """What a database says of a snapshot."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    files = {name: pq.ParquetFile(snapshot.path(name)) for name in sorted(snapshot.files)}
    columns = {name: types_of(file.schema_arrow, _whole(file)) for name, file in files.items()}
    rows = {name: file.rows for name, file in snapshot.files.items()}
    return Loaded(FORMAT, snapshot.name, snapshot.title, snapshot.version, columns, rows)


def _whole(file: pq.ParquetFile) -> set[str]:
    """The plain columns that have a value in each row."""
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    gaps = {
        group.column(at).path_in_schema
        for group in groups
        for at in range(group.num_columns)
        if (told := group.column(at).statistics) is None or told.null_count != 0
    }
    return {*file.schema_arrow.names} - gaps


def _chunks(snapshot: Snapshot, name: str, start: int) -> Iterator[pa.Table]:
    """The rows of a table from one on, `CHUNK` at a time."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    file = pq.ParquetFile(snapshot.path(name))
    seen = 0
    for batch in file.iter_batches(CHUNK):
        seen += len(batch)
        if seen > start:
            yield pa.Table.from_batches([batch.slice(max(0, len(batch) - (seen - start)))])


def _check(snapshot: Snapshot, about: Loaded, loader: Loader, tables: Mapping[str, ir.Table]) -> None:
    """Compare the sums of all columns. Raises GeodataError."""
    here = DuckDB(snapshot)
    try:
        for name, table in tables.items():
            found = _asked(loader, _sums(table))
            for column, expected in here.read(_sums(here.stored[name])).to_pylist()[0].items():
                if found[column] != expected:
                    raise GeodataError(
                        f"The table {about.table(name)!r} is not as it was loaded ({column}: {found[column]}, expected "
                        f"{expected}): remove it, and load the store again."
                    )
    finally:
        here.close()


def _asked(loader: Loader, expression: ir.Table) -> dict[str, Any]:
    from ibis.formats.pyarrow import PyArrowData  # noqa: PLC0415 (as below)

    from geodata.store.engines.queries import written  # noqa: PLC0415

    answer = PyArrowData.convert_table(loader.ask(written(expression)), expression.schema())
    (found,) = answer.to_pylist()
    return dict(found)


def _sums(table: ir.Table) -> ir.Table:
    """A row of what the columns come to: what all engines can add up, and do to the last digit."""
    found = {"rows": table.count()}
    for name, kind in table.schema().items():
        column = table[name]
        if (kind.is_array() and kind.value_type.is_struct()) or kind.is_json():
            continue  # as texts, they are written anew
        if kind.is_floating() or kind.is_date():
            found |= {f"least {name}": column.min(), f"greatest {name}": column.max()}
        if kind.is_integer():
            found[name] = (column % PRIME).sum()
        elif kind.is_boolean():
            found[name] = column.sum()
        elif kind.is_string() or kind.is_array():
            found[name] = column.length().sum()
        found[f"{name} given"] = column.count()
    return table.agg(**found)
