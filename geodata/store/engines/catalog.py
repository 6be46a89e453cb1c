"""What a database holds that was loaded into it: versions of a record, as the tables of `geodata.store.derived.tables`.

    versions                      a row each time a version was loaded: loaded (UTC, as text), version, about (JSON)
    <table>_<version>_<format>    a table of that version, as the snapshots of that format have it

The newest row names the version that is read. Columns that have structures in them are JSON texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geodata.errors import GeodataError

if TYPE_CHECKING:
    import pyarrow as pa

_NAME = re.compile(r"[a-z0-9_]{1,60}")
VERSIONS = "versions"
JSON = "json"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version in a database: its tables with the types of their columns, as ibis writes them, and their rows."""

    format: int
    name: str
    title: str
    version: str
    columns: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, int]

    def table(self, name: str) -> str:
        """What a table is called in the database."""
        return f"{name}_{self.version}_{self.format}"

    def to_json(self) -> str:
        """The text that `read_about` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


def of_another_release() -> GeodataError:
    """What is said of tables that this release does not know."""
    return GeodataError("The database was loaded by another release of this program: load the store into it again.")


def read_about(text: str) -> Loaded:
    """What the text of a row of `versions` says. Raises GeodataError where it cannot be."""
    try:
        found = Loaded(**json.loads(text))
    except TypeError:  # with other names
        raise of_another_release() from None
    names = [found.version, *found.columns, *(name for each in found.columns.values() for name in each)]
    if not all(_NAME.fullmatch(name) for name in names) or type(found.format) is not int:  # parts of queries
        raise GeodataError("What the database says of its tables is not as it was loaded: load the store again.")
    return found


def types_of(schema: pa.Schema, whole: Collection[str] = ()) -> dict[str, str]:
    """The types of some columns, as ibis writes them; those of `whole` have a value in each row."""
    import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)
    import pyarrow as pa  # noqa: PLC0415

    def kind(of: pa.DataType) -> str:
        return JSON if pa.types.is_list(of) and pa.types.is_struct(of.value_type) else str(ibis.dtype(of))

    return {field.name: ("!" if field.name in whole else "") + kind(field.type) for field in schema}


def with_json(table: pa.Table) -> pa.Table:
    """A table with its structures as JSON."""
    import pyarrow as pa  # noqa: PLC0415

    for at, (name, kind) in enumerate(types_of(table.schema).items()):
        if kind == JSON:
            texts = [json.dumps(value, ensure_ascii=False, default=str) for value in table[name].to_pylist()]
            table = table.set_column(at, name, pa.array(texts, pa.string()))
    return table


def without_json(found: pa.Table, columns: Mapping[str, Any]) -> pa.Table:
    """A table with structures again in those of its `columns` whose type is JSON: names of places."""
    import pyarrow as pa  # noqa: PLC0415

    from geodata.record.columns import SCHEMAS  # noqa: PLC0415 (numpy)

    kind = SCHEMAS["places"].field("names").type
    plain = pa.list_(pa.struct([(field.name, pa.string()) for field in kind.value_type]))
    for at, (name, of) in enumerate(columns.items()):
        if of.is_json():
            values = [json.loads(text) for text in found[name].to_pylist()]
            found = found.set_column(at, name, pa.array(values, plain).cast(kind))
    return found
