"""Tables that were loaded into a database: what all databases have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geodata.errors import Gone, NoAnswer, TooSlow
from geodata.store.derived.tables import FORMAT
from geodata.store.engines.catalog import of_another_release, read_about, without_json
from geodata.store.engines.engine import Among, Engine, Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis import Schema

    from geodata.store.engines.catalog import Loaded
    from geodata.store.engines.dialects import Dialect
    from geodata.store.engines.queries import Written

NO_CODE = -1
MOST_CONNECTIONS = 8
TIMEOUT_S = 30  # for a question
FEW = 1 / 250  # of all events


class Remote(Engine):
    """The newest version in a database, whose tables are in `place` (a schema, or a database).

    Raises NothingFound where none was loaded, NoAnswer where the database cannot be asked, GeodataError where another
    release of this program has loaded it.
    """

    about: Loaded

    def __init__(self, dialect: Dialect, place: str) -> None:
        super().__init__()
        self.about = read_about(self.newest())
        if self.about.format != FORMAT:
            raise of_another_release()
        self.event_count = self.about.rows["index"]
        self.stored = tables_in(self.about, dialect, place)
        self.tables = _Tables(self.stored, self)
        self._read_lists()

    def newest_version(self) -> str:
        """As `Engine.newest_version`."""
        try:
            about = self.newest()
        except NoAnswer as error:
            self.away = str(error)
            raise
        self.away = ""
        return read_about(about).version

    @abstractmethod
    def newest(self) -> str:
        """What the newest row of `versions` says. Raises NothingFound without any."""

    @abstractmethod
    def ask(self, query: Written) -> pa.Table:
        """What the database answers. Raises NoAnswer."""

    def answer(self, query: Written, schema: Schema) -> pa.Table:
        """As `Engine.answer`. Raises NoAnswer."""
        from ibis.formats.pyarrow import PyArrowData  # noqa: PLC0415 (loads ibis)

        try:
            answer = self.ask(query)
        except NoAnswer as error:
            self.away = str(error)
            raise
        self.away = ""
        found = PyArrowData.convert_table(answer, schema)
        return without_json(found, schema)

    def among(self, events: pa.ChunkedArray) -> Among:
        """As `Engine.among`; of few the list, by which a database looks up each."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        if len(events) > FEW * self.event_count:
            return super().among(events)
        found = ibis.memtable(pa.table({"event": events}))
        return lambda event: event.isin(found.event)

    @contextmanager
    def made(self, content: ir.Table | pa.Table) -> Iterator[ir.Table]:
        """As `Engine.made`: rows go with the query, an expression becomes a part of it."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        yield ibis.memtable(content) if isinstance(content, pa.Table) else content


class _Tables(Tables):
    """Tables in a database, which plans better where it knows the codes before it plans."""

    def codes(self, key: str, values: Sequence[str]) -> Sequence[int]:
        """As `Tables.codes`; none is one that no event has."""
        return self._engine.fetch(self.coded(key, values))["code"].to_pylist() or [NO_CODE]


def too_slow() -> TooSlow:
    """What is said of a question that was stopped."""
    return TooSlow(f"The database took longer than {TIMEOUT_S} s and was stopped: choose less, or ask again.")


def gone() -> Gone:
    """What is said of tables that somebody has removed."""
    return Gone("A table of this version is no longer in the database.")


def tables_in(about: Loaded, dialect: Dialect, place: str) -> dict[str, ir.Table]:
    """The tables of a version in a database, by name."""
    import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)
    from ibis.expr.operations import DatabaseTable, Namespace  # noqa: PLC0415

    namespace = Namespace(database=place)
    found = {}
    for name, columns in about.columns.items():
        kinds = {column: ibis.dtype(kind).copy(nullable=True) for column, kind in columns.items()}
        found[name] = DatabaseTable(about.table(name), ibis.schema(kinds), dialect, namespace).to_expr()
    return found
