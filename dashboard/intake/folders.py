"""A folder of its own for each job, in one that goes with the process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

from geodata.errors import GeodataError
from geodata.files import temporary_folder, tidy_temporary

_WHAT = "intake"


class Folders:
    """Folders for files that come in, for this user's eyes only."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._held = ExitStack()
        tidy_temporary(_WHAT)

    def new(self) -> Path:
        """An empty folder. Raises GeodataError where the system gives none."""
        try:
            if self._root is None:
                self._root = self._held.enter_context(temporary_folder(_WHAT))
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
        self._held.close()
        self._root = None
