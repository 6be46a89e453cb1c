"""Sorted tables in Parquet files, of which only the groups of rows are read that are asked for, and then kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class SortedTable:
    """A Parquet file whose rows are sorted by the text column `key`; nothing is read before the first question.

    All groups of rows but the last have the same number of rows. Two threads that read the same group at once
    keep the same.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.path, self.key = path, key
        self._file: Any = None
        self._tops: list[str] = []  # the greatest key of each group
        self._group_rows = 0
        self._groups: dict[int, dict[str, Any]] = {}

    def rows(self, key: str) -> Iterator[int]:
        """The numbers of the rows with this key, ascending."""
        tops = self._opened()
        for group in range(bisect_left(tops, key), len(tops)):
            keys = self._group(group)[self.key]
            low = bisect_left(range(len(keys)), key, key=lambda row: keys[row].as_py())
            for row in range(low, len(keys)):
                if keys[row].as_py() != key:
                    return
                yield group * self._group_rows + row

    def row(self, number: int) -> tuple[dict[str, Any], int]:
        """The columns (Arrow arrays by name) of the group with this row, and the row's number within them."""
        self._opened()
        group, row = divmod(number, self._group_rows)
        return self._group(group), row

    def groups(self, prefix: str) -> Iterator[dict[str, Any]]:
        """The columns of all groups that may have a key that starts with `prefix`, in their order."""
        tops = self._opened()
        for group in range(bisect_left(tops, prefix), len(tops)):
            yield self._group(group)
            if tops[group] > prefix and not tops[group].startswith(prefix):
                return

    def _opened(self) -> list[str]:
        if self._file is None:
            from pyarrow import parquet  # noqa: PLC0415 (not at start-up)

            file = parquet.ParquetFile(self.path, memory_map=True)
            about = file.metadata
            self._group_rows = about.row_group(0).num_rows
            column = file.schema_arrow.names.index(self.key)
            statistics = (about.row_group(i).column(column).statistics for i in range(about.num_row_groups))
            self._tops = [each.max for each in statistics]
            self._file = file
        return self._tops

    def _group(self, number: int) -> dict[str, Any]:
        found = self._groups.get(number)
        if found is None:
            from pyarrow import parquet  # noqa: PLC0415 (as above)

            # A reader of its own: one reader must not be used by two threads at once.
            with parquet.ParquetFile(self.path, metadata=self._file.metadata, memory_map=True) as file:
                table = file.read_row_group(number, use_threads=False)
            found = {name: table.column(name).chunk(0) for name in table.column_names}
            self._groups[number] = found
        return found
