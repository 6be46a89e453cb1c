"""Reading data sets: data folders, whole records in one file and tables of any kind, several sets as one.

A layout of others is a module and a line in `layouts`, a kind of file one in `files`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import DataError, Problem
from geodata.importers import folder
from geodata.importers.how import RECORD, HowToRead
from geodata.importers.merge import citing_itself, in_its_folder, merged, without_unvetted

if TYPE_CHECKING:
    from geodata.importers.files.sheet import Sheet
    from geodata.record.columns import Columns

BUNDLED = Path(__file__).parents[1] / "data" / "kazakhstan-2022"
_AS_IT_SAYS = HowToRead()


def read_columns(*paths: Path, how: HowToRead = _AS_IT_SAYS) -> Columns:
    """The data sets at `paths` as one, of any size. Raises DataError with every problem of all of them, Unclear for
    a file of which it has to be said first how it is read.

    From then on Arrow takes its memory from jemalloc where it has that.
    """
    _keep_what_is_freed()
    problems: list[Problem] = []
    found: dict[Path, Columns] = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = _read(path, how)
        except DataError as error:
            problems += [in_its_folder(problem, path) if len(paths) > 1 else problem for problem in error.problems]
            if len(paths) == 1:
                raise
    if len(found) == 1 and not problems:
        return next(iter(found.values()))
    told_apart = {p: citing_itself(set_, p.name) if _is_table(set_) else set_ for p, set_ in found.items()}
    columns = merged(without_unvetted(told_apart), problems) if found else None
    if problems or columns is None:
        raise DataError(problems)
    return columns


def read_table(sheet: Sheet, beside: Path, how: HowToRead) -> Columns:
    """A table that is no file, as `read_columns` reads one; its mapping is kept beside the path `beside`."""
    from geodata.importers import table  # noqa: PLC0415 (as below)
    from geodata.importers.understand import mapping_of  # noqa: PLC0415

    _keep_what_is_freed()
    return table.read(Path(sheet.cells.file), [sheet], mapping_of(beside, how), how)


def _keep_what_is_freed() -> None:
    """Let Arrow use what was freed again, for a second: its other pool gives it back at once, and the system has to
    clear each page anew."""
    import pyarrow as pa  # noqa: PLC0415 (a command without data does without)

    if "jemalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())


def _read(path: Path, how: HowToRead) -> Columns:
    if path.is_dir():
        return folder.read(path)
    if not path.exists():
        files = ", ".join(sorted(folder.COLUMNS))
        message = f"there is nothing at this path (expected a folder with {folder.PACKAGE}, {files}, or a file)."
        raise DataError([Problem(str(path), 0, "", str(path), message)])
    from geodata.importers import record, table  # noqa: PLC0415 (a data folder does without)
    from geodata.importers.understand import may_be_record, open_file  # noqa: PLC0415 (as above)

    sheets, mapping = open_file(path, how)
    if may_be_record(mapping, how) and (how.layout == RECORD or record.is_given(sheets)):
        return record.read(path, sheets)
    return table.read(path, sheets, mapping, how)


def _is_table(columns: Columns) -> bool:
    """Whether a data set was a table of events, and no record with sources of its own."""
    return bool(len(columns["files"])) and RECORD not in columns["files"]["format"].to_pylist()
