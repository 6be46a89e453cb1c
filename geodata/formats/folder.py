"""A data folder: the whole record as the files that `geodata.importers.folder` reads, or these packed in a zip."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geodata.errors import GeodataError
from geodata.files import part_of, temporary_folder
from geodata.formats.asked import CHUNK, Asked, chunks
from geodata.formats.tables import count_names, pieces
from geodata.formats.text import csv_text
from geodata.importers import BUNDLED
from geodata.importers.rows.package import APOSTROPHE, COLUMNS, GUARD, PACKAGE
from geodata.record.model import Event

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same content gives the same bytes
UNIX, READABLE = 3, 0o644


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the packed folder."""
    with temporary_folder("writing") as folder:
        _fill(folder, asked)
        path = folder / "events.zip"
        with ZipFile(path, "w") as archive:
            for name in (PACKAGE, *sorted(COLUMNS)):
                entry = ZipInfo(name, NO_TIME)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system, entry.external_attr = UNIX, READABLE << 16
                with archive.open(entry, "w") as packed, (folder / name).open("rb") as file:
                    shutil.copyfileobj(file, packed, CHUNK)
        yield from chunks(path)


def write_folder(asked: Asked, out: Path) -> None:
    """Make the folder `out`, whole or not at all. Raises GeodataError where there is something already."""
    if out.exists() or out.is_symlink():
        raise GeodataError(f"Cannot write {str(out)!r}: there is something already (expected a new folder).")
    part = part_of(out)
    try:
        part.mkdir()
        _fill(part, asked)
        part.rename(out)
    except OSError as error:
        raise GeodataError(f"Cannot write {str(out)!r}: {error.strerror}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(folder: Path, asked: Asked) -> None:
    package = json.dumps(_package(asked), ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(package + "\n", encoding="utf-8", newline="\n")
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((folder / name).open("w", encoding="utf-8", newline="\n")) for name in COLUMNS
        }
        for name, file in files.items():
            file.write(csv_text([COLUMNS[name]]))
        for piece in pieces(asked.result):
            count_names(asked.losses, piece)
            files["events.csv"].write(csv_text(map(_event_cells, piece.part.events)))
            files["places.csv"].write(csv_text((*row, None) for row in piece.rows("places")))
            for table in ("claims", "sources"):
                files[f"{table}.csv"].write(csv_text(piece.rows(table)))


def _package(asked: Asked) -> dict[str, object]:
    """The description: the columns are those of the bundled data, which say what each means."""
    bundled = json.loads((BUNDLED / PACKAGE).read_text(encoding="utf-8"))
    return {
        "profile": bundled["profile"],
        "name": asked.name,
        "title": asked.title,
        GUARD: APOSTROPHE,
        "resources": [_with_all_columns(resource) for resource in bundled["resources"]],
    }


def _with_all_columns(resource: dict[str, Any]) -> dict[str, Any]:
    """The description of a file with the columns that the bundled data does without."""
    described = {field["name"]: field for field in resource["schema"]["fields"]}
    fields = [described.get(column, {"name": column, "type": "string"}) for column in COLUMNS[resource["path"]]]
    return resource | {"schema": resource["schema"] | {"fields": fields}}


def _event_cells(event: Event) -> tuple[object, ...]:
    """The cells of events.csv."""
    mark = " > " if event.is_flow else "; "
    precisions = [site.geo_precision for site in event.sites]
    return (
        *(event.event_id, event.category, event.event_type, event.sub_event_type, event.title),
        *(event.date_start, event.date_end, event.time_precision),
        mark.join(site.place_id for site in event.sites),
        "; ".join(precisions if len(set(precisions)) > 1 else precisions[:1]) or _vague(event),
        *(event.country, "; ".join(event.actors), event.notes, "; ".join(event.source_ids)),
        "; ".join(event.unsettled),
    )


def _vague(event: Event) -> str:
    return "" if event.unsettled else event.geo_precision
