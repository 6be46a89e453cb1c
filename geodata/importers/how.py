"""How files are to be read, where they do not say it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.importers.progress import Progress, silent

MAX_REJECT_SHARE = 0.2
# The layout of a whole record in one file, as our own exports have it.
RECORD = "record"


@dataclass(frozen=True, slots=True)
class HowToRead:
    """The `kind` of file (text, workbook ...) and the `layout` (acled, table, record ...) by their names, "" for what
    the content says; the path of a `mapping` (TOML), None for the one beside the file; the share of rows that may be
    rejected before the whole file is; `places` that names are settled by beside those of the mapping (an id, or
    "lon, lat"); whom `progress` is told."""

    kind: str = ""
    layout: str = ""
    mapping: Path | None = None
    max_reject_share: float = MAX_REJECT_SHARE
    places: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = silent
