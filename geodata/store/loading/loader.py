"""What a database has to do to take a version of a record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.catalog import Loaded
    from geodata.store.engines.dialects import Dialect
    from geodata.store.engines.queries import Written


class Loader(ABC):
    """What loads tables into a database, in `place` (a schema, or a database)."""

    dialect: Dialect
    place: str

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    @abstractmethod
    def ask(self, query: Written) -> pa.Table:
        """What the database answers. Raises NoAnswer."""

    @abstractmethod
    def prepare(self, about: Loaded) -> None:
        """Make what is missing of the tables of a version, and `versions`."""

    @abstractmethod
    def append(self, table: str, rows: pa.Table) -> None:
        """Add rows to a table: all of them or none."""

    @abstractmethod
    def finish(self, about: Loaded) -> None:
        """Make what questions are answered by sooner."""

    @abstractmethod
    def publish(self, about: Loaded, at: str) -> None:
        """Make a version the one that is read from `at` (UTC) on."""

    @abstractmethod
    def versions(self) -> list[str]:
        """What is said of the versions in the database, the newest first, each once."""

    @abstractmethod
    def drop(self, about: Loaded) -> None:
        """Remove a version with its tables."""
