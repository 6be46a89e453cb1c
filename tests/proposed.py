"""Raw tables for tests: the cells of a text by its headings as they stand."""

from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa

from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.proposal import Proposal, propose
from geodata.importers.tables.cells import Cells


def cells_of(text: str, mark: str = ",") -> Cells:
    """The cells of a header and rows, each in a line of its own; the blanks at the begin of a line are none of them."""
    lines = "\n".join(line.strip(" ") for line in text.strip("\n").splitlines())
    header, *rows = csv.reader(io.StringIO(lines), delimiter=mark)
    columns = {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(header)}
    return Cells("events.csv", tuple(header), np.arange(2, len(rows) + 2), columns)


def sheet_of(text: str, title: str = "", *, is_hidden: bool = False) -> Sheet:
    return Sheet(cells_of(text), title, is_hidden)


def proposed(text: str, mark: str = ",") -> Proposal:
    return propose(cells_of(text, mark))


def columns_of(proposal: Proposal) -> dict[str, str | list[str]]:
    """Our columns by their headings, one alone as text."""
    found = proposal.mapping.columns
    return {column: headings[0] if len(headings) == 1 else list(headings) for column, headings in found.items()}
