"""The rows of a file that were rejected, as a table that can be mended and imported again."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc

from geodata.formats.text import csv_text

# Behind the columns of the file.
_KEYS = ("file", "line", "heading", "value", "rule", "message")
COLUMNS = ("file", "line", "column", "value", "rule", "message")


def rejects_csv(notices: pa.Table) -> str:
    """CSV of the rejected rows among the notices of a record: the columns of their files under their own names, then
    `COLUMNS`; "" where no row was rejected. Where a file has a column of such a name, ours is called "rejected line".
    """
    rejected = notices.filter(pc.equal(notices["kind"], "rejected")).to_pylist()
    rows = [json.loads(row["row"]) if row["row"].startswith("{") else {} for row in rejected]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    own = [f"rejected {name}" if name in headings else name for name in COLUMNS]
    table = [
        [*(row.get(heading, "") for heading in headings), *(notice[key] for key in _KEYS)]
        for row, notice in zip(rows, rejected, strict=True)
    ]  # fmt: skip
    return csv_text([[*headings, *own], *table]) if rejected else ""
