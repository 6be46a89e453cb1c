"""A folder of its own for each job, in one that goes with the process; what killed processes have left is removed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from geodata.errors import GeodataError
from geodata.files import lock

_TEMPORARY = "sitrep-intake-"
_LOCK = "used"


class Folders:
    """Folders for files that come in, for this user's eyes only."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._held: int | None = None
        _tidy_temporary()

    def new(self) -> Path:
        """An empty folder. Raises GeodataError where the system gives none."""
        try:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
                self._held = lock(self._root / _LOCK)
            return Path(tempfile.mkdtemp(dir=self._root))
        except OSError as error:
            reason = error.strerror or error
            raise GeodataError(f"The server cannot keep files in {tempfile.gettempdir()!r}: {reason}.") from None

    def keep(self, folders: Collection[Path]) -> None:
        """Remove all others."""
        for folder in self._root.iterdir() if self._root else ():
            if folder.is_dir() and folder not in folders:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove all."""
        if self._root:
            shutil.rmtree(self._root, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
        self._root = self._held = None


def _tidy_temporary() -> None:
    """Remove what killed processes have left: their locks are free."""
    for root in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}{'[a-z0-9_]' * 8}"):
        with suppress(OSError):
            is_own = sys.platform == "win32" or root.lstat().st_uid == os.getuid()
            held = lock(root / _LOCK) if is_own and not root.is_symlink() and (root / _LOCK).is_file() else None
            if held is not None:
                shutil.rmtree(root, ignore_errors=True)
                os.close(held)
