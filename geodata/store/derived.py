"""What is kept of a record: its tables, and what is worked out of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.record.columns import Columns


def derive(columns: Columns) -> dict[str, pa.Table]:
    """The tables that a snapshot has, by name. A placeholder: those of the record as they are."""
    return dict(columns.tables)
