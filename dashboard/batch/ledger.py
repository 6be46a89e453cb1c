"""What a batch has made: a small file beside it, by which a figure that is unchanged is known and left as it is.

A figure is unchanged when what was asked, the data, the program and the file itself are those of its entry. The day
that a figure is signed with counts only where it is asked for: an unchanged figure keeps the day it was made on.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from geodata.files import write_whole

ROOT = Path(__file__).resolve().parents[2]
# All that decides how a figure looks.
DRAWING = ("dashboard/**/*.py", "geodata/**/*", "assets/fonts/*.ttf")
LIBRARIES = (
    *("babel", "fonttools", "lxml", "matplotlib", "numpy", "pillow", "pyproj", "python-docx", "python-pptx", "shapely"),
)


class Ledger:
    """The entries of `path`, by a file's name relative to its folder; an unreadable ledger counts as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = _read(path)
        self._now: dict[str, dict[str, str]] = {}

    def unchanged(self, name: str, asked: str) -> bool:
        """Whether the file is still the one that was made of `asked`; if so its entry is kept."""
        entry = self._before.get(name)
        if not entry or entry != {"asked": asked, "sha256": _hash_of(self.path.parent / name)}:
            return False
        self._now[name] = entry
        return True

    def made(self, name: str, asked: str, content: bytes) -> None:
        """Write down a file that was made, at once: a run that is broken off has not drawn it in vain."""
        self._now[name] = {"asked": asked, "sha256": hashlib.sha256(content).hexdigest()}
        self._write({**self._before, **self._now})

    def close(self) -> None:
        """Forget the files that the batch no longer has."""
        if self._now != self._before:
            self._write(self._now)

    def _write(self, entries: dict[str, dict[str, str]]) -> None:
        text = json.dumps({"files": dict(sorted(entries.items()))}, ensure_ascii=False, indent=1)
        write_whole(self.path, f"{text}\n".encode())


@cache
def program() -> str:
    """A hash of the program as it draws: its sources, base map and names, fonts and libraries."""
    found = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    files = {path for pattern in DRAWING for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc"}
    for path in sorted(files):
        found.update(f"{path.relative_to(ROOT).as_posix()}\n{_hash_of(path)}\n".encode())
    return found.hexdigest()


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {name: {key: str(entry[key]) for key in ("asked", "sha256")} for name, entry in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
