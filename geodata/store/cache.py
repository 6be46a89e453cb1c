"""Data as snapshots in a cache, so that a second start reads it and does not parse it again.

    <key>/snapshot/        the snapshot
    <key>/messages.json    what the reader has told in the log, to be told again
    <key>/used             its time is that of the last use; who uses the entry holds a shared lock of it
    <key>.bin              what takes long to be made of a version, behind its SHA-256; its time is that of the last use

The key is a hash of the files' names and bytes, of the snapshot's format and the filter's lists, and of the program
and gazetteer that read them. An entry is written beside its place and renamed: of two processes that make the same
one, both use the first. One that is in use is never removed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import stat
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata.errors import DataError, GeodataError
from geodata.files import is_part, lock, part_of, write_whole
from geodata.filter import list_fields
from geodata.importers import folder as data_folder
from geodata.importers import read_columns
from geodata.importers.how import HowToRead
from geodata.importers.mapping.mapping import path_beside
from geodata.importers.progress import WRITING, Progress, silent
from geodata.record.columns import SCHEMAS, Columns
from geodata.store.derived.tables import FORMAT
from geodata.store.snapshot import Snapshot, open_snapshot, write_snapshot

SNAPSHOT = "snapshot"
MESSAGES = "messages.json"
USED = "used"
MAX_AGE_S = 30 * 86_400
MAX_PART_AGE_S = 3_600  # longer than anybody writes
MAX_BYTES = 4_000_000_000
_KEY, _MADE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{64}\.bin")
_GEODATA = Path(__file__).parents[1]
# What the result depends on beside the code.
_BASE_DATA = ("data/gazetteer/*", "data/basemap/countries.geojson", "data/basemap/regions/*")

_TEMPORARY = "sitrep-map-"
_SEAL = 32  # bytes

Message = tuple[str, int, str]
log = logging.getLogger(__name__)


def cached_snapshot(paths: Sequence[Path], cache: Path | None, progress: Progress = silent) -> Snapshot:
    """The data sets at `paths` as a snapshot: the one in the folder `cache` if they were read before.

    Without a cache (None), or where it cannot be written (told in the log), the snapshot is in a temporary folder,
    which goes with the `Snapshot` or at the end of the process. Raises DataError with every problem of the data,
    GeodataError where a temporary folder cannot be written either.
    """
    key = _key(paths) if cache else ""
    if not cache or not key:
        return _temporary(_read(paths, progress)[0])
    found, messages = _opened(cache / key)
    if found:
        _tell(messages)
    else:
        columns, messages = _read(paths, progress)
        if _key(paths) == key:  # else somebody has changed them meanwhile
            found = _made(cache / key, columns, messages)
        if not found:
            return _temporary(columns)
    with suppress(OSError):  # of a cache that others have made
        _tidy(cache)
    return found


def empty_snapshot() -> Snapshot:
    """A snapshot without any data, in a temporary folder. Raises GeodataError where there can be none."""
    return _temporary(Columns("", "", {name: schema.empty_table() for name, schema in SCHEMAS.items()}))


def kept_bytes(cache: Path, what: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives: that in the folder `cache` if this program made it before of what the text `what` names.

    It is also given where the cache cannot be read or written.
    """
    file = cache / f"{hashlib.sha256(f'{FORMAT} {_program()} {what}'.encode()).hexdigest()}.bin"
    with suppress(OSError):
        content = file.read_bytes()
        if hashlib.sha256(content[_SEAL:]).digest() == content[:_SEAL]:
            os.utime(file)
            return content[_SEAL:]
    made = make()
    with suppress(OSError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, hashlib.sha256(made).digest() + made)
    return made


def _key(paths: Sequence[Path]) -> str:
    """A hash of the files and of what reads them; "" where one is no regular file, which the reader will refuse."""
    whole = hashlib.sha256(f"{FORMAT} {[*list_fields()]} {_program()}".encode())
    for path in dict.fromkeys(paths):
        # A data folder is read the same under another name; of a table, the name is in its ids.
        names = (data_folder.PACKAGE, *data_folder.COLUMNS) if path.is_dir() else ("",)
        beside = path_beside(path)
        own = [*((path / name if name else path) for name in names), *([beside] if beside.is_file() else [])]
        for file in own:
            try:
                if not stat.S_ISREG(file.lstat().st_mode):
                    return ""
                whole.update(f"{json.dumps(file.name)} {_digest(file)}\n".encode())
            except (OSError, ValueError):  # a name with a null byte
                return ""
        whole.update(b"\n")
    return whole.hexdigest()


def _program() -> str:
    """A hash of geodata's code and of the places and borders that it looks up."""
    whole = hashlib.sha256()
    files = [*_GEODATA.rglob("*.py"), *(file for pattern in _BASE_DATA for file in _GEODATA.glob(pattern))]
    for file in sorted(files):
        whole.update(f"{file.relative_to(_GEODATA).as_posix()} {_digest(file)}\n".encode())
    return whole.hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _read(paths: Sequence[Path], progress: Progress) -> tuple[Columns, list[Message]]:
    """What the data is, and what was told in the log of it."""
    with _heard("geodata.importers") as messages:
        columns = read_columns(*paths, how=HowToRead(progress=progress))
    progress(WRITING, 0, len(columns["events"]))
    return columns, messages


@contextmanager
def _heard(name: str) -> Iterator[list[Message]]:
    """Collect what is told under a logger's name, and tell it at the end."""
    ear = _Ear(logging.WARNING)
    logger = logging.getLogger(name)
    # To nobody else meanwhile: what is told at the end would else be told twice.
    before = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield ear.messages
    finally:
        logger.handlers, logger.propagate = before
        _tell(ear.messages)


class _Ear(logging.Handler):
    """Keeps what is told."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))


def _tell(messages: Sequence[Message]) -> None:
    for name, level, words in messages:
        logging.getLogger(name).log(level, "%s", words)


def _opened(entry: Path) -> tuple[Snapshot | None, list[Message]]:
    """The snapshot of an entry, in use from now on, and its messages; None where there is none, or a broken one."""
    try:
        held = lock(entry / USED, shared=True)
    except OSError:
        held = None
    if held is None:  # there is none, or it is being removed
        return None, []
    try:
        snapshot = open_snapshot(entry / SNAPSHOT)
        told = json.loads((entry / MESSAGES).read_text(encoding="utf-8"))
        messages = [(str(name), int(level), str(words)) for name, level, words in told]
    except (DataError, OSError, ValueError, TypeError):
        os.close(held)
        return None, []
    with suppress(OSError):  # of a cache that others have made
        os.utime(entry / USED)
    weakref.finalize(snapshot, os.close, held)
    return snapshot, messages


def _made(entry: Path, columns: Columns, messages: Sequence[Message]) -> Snapshot | None:
    """The snapshot of an entry that is written now; None, and a line in the log, where it cannot be."""
    part, held = part_of(entry), None
    try:
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
        (part / USED).touch()
        held = lock(part / USED, shared=True)  # of the file, wherever it is renamed to
        write_snapshot(columns, part / SNAPSHOT)
        write_whole(part / MESSAGES, json.dumps(messages).encode(), durable=True)
        if entry.exists() and not _opened(entry)[0]:
            _remove(entry)
        try:
            part.rename(entry)
        except OSError:
            if not entry.exists():  # else somebody else has made it meanwhile
                raise
        return _opened(entry)[0]
    except OSError as error:
        reason = error.strerror or error
        log.warning("Cannot write the cache %r: %s. The data is read without it.", str(entry.parent), reason)
        return None
    finally:
        if held is not None:
            os.close(held)
        shutil.rmtree(part, ignore_errors=True)


def _tidy(cache: Path) -> None:
    """Remove what nobody has used for long, what is too much, and what killed processes have left."""
    now, entries = time.time(), []
    for path in cache.iterdir():
        if is_part(path) and now - _time(path) > MAX_PART_AGE_S:
            _remove(path)
        elif _KEY.fullmatch(path.name):
            entries.append((_time(path / USED), path))
        elif _MADE.fullmatch(path.name):
            entries.append((_time(path), path))
    sizes = {path: _size(path) + sum(_size(file) for file in (path / SNAPSHOT).glob("*")) for _, path in entries}
    total = sum(sizes.values())
    for used, path in sorted(entries):
        if (now - used > MAX_AGE_S or total > MAX_BYTES) and _remove(path):
            total -= sizes[path]


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove(entry: Path) -> bool:
    """Remove an entry that nobody uses, at once for all others; whether it is gone."""
    if entry.is_file():
        entry.unlink(missing_ok=True)
        return True
    try:
        held = lock(entry / USED)
        if held is None:
            return False
        try:
            part = entry.rename(part_of(entry))
        finally:
            os.close(held)
    except OSError:
        return False
    shutil.rmtree(part, ignore_errors=True)
    return True


def _temporary(columns: Columns) -> Snapshot:
    """A snapshot in a temporary folder, which a lock tells from one that a killed process has left."""
    held = None
    try:
        _tidy_temporary()
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
        try:
            (folder / USED).touch()
            held = lock(folder / USED, shared=True)
            snapshot = write_snapshot(columns, folder / SNAPSHOT, durable=False)
        except BaseException:
            _forget(folder, held, os.getpid())
            raise
    except OSError as error:
        reason = error.strerror or error
        raise GeodataError(f"Cannot write to the temporary folder {tempfile.gettempdir()!r}: {reason}.") from error
    weakref.finalize(snapshot, _forget, folder, held, os.getpid())
    return snapshot


def _tidy_temporary() -> None:
    """Remove what killed processes of this user have left; it bears the name and has the lock of ours."""
    for used in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}{'[a-z0-9_]' * 8}/{USED}"):
        with suppress(OSError):
            is_own = sys.platform == "win32" or used.lstat().st_uid == os.getuid()
            if is_own and time.time() - _time(used) > MAX_PART_AGE_S:
                _remove(used.parent)


def _forget(folder: Path, held: int | None, process: int) -> None:
    if os.getpid() == process:  # not when a fork of it ends
        shutil.rmtree(folder, ignore_errors=True)
    if held is not None:
        os.close(held)
