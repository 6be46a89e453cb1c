"""A data folder that is packed in an archive, be it in a folder of it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import numpy as np
import pyarrow as pa

from geodata.errors import DataError, Problem
from geodata.importers.files.sheet import Sheet
from geodata.importers.rows.package import COLUMNS, FILES, PACKAGE, cells_of, in_order
from geodata.importers.tables.cells import Cells


def files_of_folder(parts: Iterable[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of the first folder among the parts of an archive that has all that a data folder has; none without."""
    folders: dict[PurePosixPath, dict[str, zipfile.ZipInfo]] = {}
    for part in parts:
        path = PurePosixPath(part.filename)
        folders.setdefault(path.parent, {})[path.name] = part
    names = (PACKAGE, *COLUMNS)
    found = next((files for files in folders.values() if all(name in files for name in names)), {})
    return {name: found[name] for name in names if found}


def read_folder(archive: zipfile.ZipFile, files: dict[str, zipfile.ZipInfo], target: Path, file: str) -> list[Sheet]:
    """The tables of a data folder, titled by the names of its files, and its name and title as one of a single row.

    It is unpacked in `target`. Raises DataError where one of its files cannot be read as a whole.
    """
    target.mkdir()
    for name, part in files.items():
        with archive.open(part) as packed, (target / name).open("xb") as out:
            shutil.copyfileobj(packed, out)
    problems: list[Problem] = []
    found = cells_of(target, problems)
    if problems:
        raise DataError([replace(each, file=f"{file}, {each.file}") for each in in_order(problems)])
    about = {"name": pa.array([found.name]), "title": pa.array([found.title])}
    described = Cells(file, tuple(about), np.zeros(1, np.int64), about)
    return [Sheet(described, PACKAGE), *(Sheet(found.cells[name], name) for name in FILES)]
