"""Files and folders that are whole or not there, temporary ones, locks between processes, and the user's cache."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CACHE_VARIABLE = "SITREP_CACHE"
_LOCK = "used"


def write_whole(path: Path, content: bytes | Iterable[bytes], *, durable: bool = False) -> None:
    """Write beside the file and rename: a reader sees the old file or the new one, never half of one.

    A `durable` file is on the disk when this returns, so that a power cut cannot take it back.
    """
    part = part_of(path)
    try:
        with part.open("xb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
        if durable:
            sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """A new name beside `path` for what is to be renamed to it; `is_part` knows it again."""
    return path.with_name(f".{secrets.token_hex(8)}.part")


def is_part(path: Path) -> bool:
    """Whether `part_of` made the name: what a killed process has left behind bears it."""
    return re.fullmatch(r"\.[0-9a-f]{16}\.part", path.name) is not None


@contextmanager
def temporary_folder(what: str) -> Iterator[Path]:
    """An empty folder as long as it is held, for this user's eyes only; what killed processes have left is removed.

    Its name says for `what` it is. Raises OSError where the system gives none.
    """
    tidy_temporary(what)
    folder, held = _held_folder(what)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _held_folder(what: str) -> tuple[Path, int]:
    """A new folder, and the descriptor that holds its lock. Before it is held, another process may take it for one that
    was left, and remove it: then it is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_prefix(what)))
        held = None
        with suppress(FileNotFoundError):
            held = lock(folder / _LOCK)
        if held is not None:
            return folder, held
        shutil.rmtree(folder, ignore_errors=True)


def tidy_temporary(what: str) -> None:
    """Remove the folders of `temporary_folder` that killed processes of this user have left: their locks are free."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_prefix(what)}{'[a-z0-9_]' * 8}"):
        with suppress(OSError):
            is_own = sys.platform == "win32" or folder.lstat().st_uid == os.getuid()
            held = lock(folder / _LOCK) if is_own and not folder.is_symlink() and (folder / _LOCK).is_file() else None
            if held is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held)


def _prefix(what: str) -> str:
    return f"sitrep-{what}-"


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, as fsync does the content of a file."""
    if sys.platform != "win32":  # which opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def lock(path: Path, *, shared: bool = False) -> int | None:
    """Lock a file between processes: a descriptor that holds the lock until it is closed, or the process ends.

    None where somebody else has it: any holder excludes an exclusive lock, an exclusive one any other. A file that is
    missing is made for an exclusive lock. Raises OSError where the file cannot be opened or the system has no locks.
    """
    while True:
        descriptor = os.open(path, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _take(descriptor, shared):
                os.close(descriptor)
                return None
            # The last holder may have removed the file: then this is the lock of nothing.
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except FileNotFoundError:
            if shared:
                os.close(descriptor)
                raise
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _take(descriptor: int, shared: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        try:  # it has no shared locks; but there, a file that is open cannot be taken away
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK if shared else msvcrt.LK_NBLCK, 1)
        except OSError:
            return shared
        return True
    import fcntl  # noqa: PLC0415 (not on Windows)

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def user_cache() -> Path | None:
    """The folder for what can be made again: that of the environment variable SITREP_CACHE, else the system's own.

    None where the system has none, as for a user without a home.
    """
    if given := os.environ.get(CACHE_VARIABLE):
        return Path(given)
    import platformdirs  # noqa: PLC0415 (only who opens data needs it)

    found = platformdirs.user_cache_path("sitrep-map", appauthor=False)
    return found if found.is_absolute() else None  # "~" where it stands for nothing
