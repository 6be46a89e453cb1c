"""One file at a time on its way into what is shown: it arrives, is read, is asked about, and is opened or refused."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dashboard.intake.answers import answered, as_it_is, put_back, said_of, settled
from dashboard.intake.folders import Folders
from dashboard.intake.job import ARRIVING, OPENED, REFUSED, UNCLEAR, Busy, Job, Part, TooLarge
from dashboard.intake.names import main_of, safe_name, unused_name
from geodata.errors import ChoiceError, DataError, GeodataError, Unclear, grouped
from geodata.importers.how import RECORD

if TYPE_CHECKING:
    from geodata.importers.progress import Progress
    from geodata.record.model import Unsettled
    from geodata.store.store import Store

MOST_BYTES = 200_000_000
MOST_FILES = 5
PREVIEW_ROWS = 6
# How long a page may be silent before its file is forgotten: browsers let pages in the background speak once a minute.
SILENT_S = 150.0


class Ready(Protocol):
    """Data that was read and can be shown."""

    @property
    def store(self) -> Store:
        """The data."""

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """The names of places of the file that are not settled."""


class Shown(Protocol):
    """What is shown, as something that can be added to and put back."""

    @property
    def title(self) -> str:
        """What is open now, "" for nothing."""

    @property
    def is_example(self) -> bool:
        """Whether it is the bundled example, which gives way to whatever is added."""

    @property
    def added(self) -> tuple[Path, ...]:
        """The files that were added, the newest last."""

    @property
    def keepers(self) -> tuple[Path, ...]:
        """The tables and data folders that keep what names of places mean; none where that cannot be."""

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """The names of places of what is open that are not settled."""

    def again(self) -> None:
        """Read what is open again. Raises GeodataError."""

    @property
    def held(self) -> frozenset[Path]:
        """The added files that are shown, or would be again after an undo."""

    def read(self, path: Path, progress: Progress) -> Ready:
        """What is open with a file added; in place of what it was read as before. Raises GeodataError."""

    def show(self, ready: Any) -> None:
        """Show what `read` gave."""

    def undo(self) -> bool:
        """Show again what was open before the last file; False where none was added."""


class Intake:
    """Takes files in, one at a time, for what `shown` shows. Safe to share between threads.

    Each job has a folder of its own in a temporary one; it is there as long as its file is open, or is again after an
    undo. `close` removes all.
    """

    def __init__(self, shown: Shown, most_bytes: int = MOST_BYTES) -> None:
        self.shown, self.most_bytes = shown, most_bytes
        self._lock = threading.RLock()
        self._folders = Folders()
        self._job: Job | None = None

    def begin(self, files: Sequence[tuple[str, int]]) -> Job:
        """A job for files of some names and sizes in bytes. Raises Busy, TooLarge, ChoiceError for
        what is no file to open."""
        with self._lock:
            self.tidy()
            if self._job and self._job.is_under_way:
                raise Busy(self._job.path.name)
            size = sum(size for _, size in files)
            if size > self.most_bytes:
                raise TooLarge(size, self.most_bytes)
            names = [safe_name(name) for name, _ in files]
            main = main_of(names)
            stem, new = (
                name.rpartition(".")[0] or name
                for name in (names[main], unused_name(names[main], [path.name for path in self.shown.held]))
            )
            names = [f"{new}{name[len(stem) :]}" for name in names]
            self._drop(self._job)
            parts = [Part(name, size) for name, (_, size) in zip(names, files, strict=True)]
            self._job = Job(secrets.token_urlsafe(12), self._folders.new(), parts, main)
            for part in parts:
                (self._job.folder / part.name).touch(mode=0o600)
            return self._job

    @property
    def to_settle(self) -> Job | None:
        """The file that was opened last, if it has names of places that are not settled."""
        job = self._job
        return job if job and job.state == OPENED and job.unsettled else None

    def job(self, job_id: str) -> Job | None:
        """The job of that id; None where it is done with."""
        with self._lock:
            if self._job is None or not secrets.compare_digest(self._job.job_id, job_id):
                return None
            self._job.heard = time.monotonic()
            return self._job

    def put(self, job: Job, number: int, start: int, content: bytes) -> None:
        """Keep a piece of a file, which must be the next one. Raises ChoiceError, or GeodataError for a full disk."""
        with self._lock:
            if job.state != ARRIVING or not 0 <= number < len(job.parts):
                raise ChoiceError("file", "No piece of a file is expected now.")
            part = job.parts[number]
            if start != part.arrived or start + len(content) > part.size:
                raise ChoiceError(
                    "from",
                    f"A piece of {part.name!r} begins at byte {start:,} (expected {part.arrived:,} of {part.size:,}).",
                )
            try:
                with (job.folder / part.name).open("ab") as file:
                    file.write(content)
            except OSError as error:
                self._drop(job)
                raise GeodataError(f"The server cannot keep the file: {error.strerror or error}.") from None
            part.arrived += len(content)

    def read(self, job: Job, given: Mapping[str, Any] | None = None) -> None:
        """Begin to read a job's file, by what its owner has said of it where that is `given` (see `answered`).

        Raises ChoiceError where the file is not whole, or what was said contradicts itself.
        """
        with self._lock:
            self._expect_rest(job)
            if given is not None:
                self._keep(job, given)
            self._start(job, self._opened)

    def ask(self, job: Job, given: Mapping[str, Any] | None = None) -> None:
        """Begin to make a preview of a job's file, so that its columns can be chosen. Raises as `read` does."""
        with self._lock:
            self._expect_rest(job)
            if given is not None and job.preview is not None:
                self._keep(job, given)
            self._start(job, self._asked)

    def _keep(self, job: Job, given: Mapping[str, Any]) -> None:
        """Keep what was said of a file beside it."""
        if "places" in given:
            settled(given, job.path)
        elif job.preview is None:
            raise ChoiceError("columns", "Nothing was asked of this file.")
        else:
            answered(job.preview, given, job.path)

    def _expect_rest(self, job: Job) -> None:
        if job.is_busy:
            raise Busy(job.path.name)
        if any(part.arrived != part.size for part in job.parts):
            raise ChoiceError("file", f"{job.path.name!r} is not all there yet.")
        if not job.path.is_file():
            raise ChoiceError("file", "The file is not here any more.")
        job.said = said_of(job.path)

    def _start(self, job: Job, work: Any) -> None:
        job.begin()
        threading.Thread(target=self._work, args=(job, work), name="intake", daemon=True).start()

    def _work(self, job: Job, work: Any) -> None:
        try:
            work(job)
        except Unclear as unclear:
            job.questions = unclear.questions
            self._ask_or_refuse(job)
        except ChoiceError as error:
            job.error = error
            self._ask_or_refuse(job)
        except GeodataError as error:
            job.error, job.state = error, REFUSED
        except Exception:
            logging.getLogger(__name__).exception("Cannot read a file that was added.")
            message = "Something went wrong in the program while the file was read; the server's log has the details."
            job.error, job.state = GeodataError(message), REFUSED
        finally:
            if job.is_cancelled:
                put_back(job.said, job.path)
                self._drop(job)

    def _opened(self, job: Job) -> None:
        job.error, job.questions = None, ()
        ready = self.shown.read(job.path, job.tell)
        with self._lock:
            if job.is_cancelled:
                return
            job.replaced = self.shown.title if self.shown.is_example else ""
            self.shown.show(ready)
            is_record = any(file.file == job.path.name and file.format == RECORD for file in ready.store.files)
            job.unsettled = () if is_record else ready.unsettled  # a whole record settles its names itself
            job.store, job.state = ready.store, OPENED

    def _asked(self, job: Job) -> None:
        job.error, job.questions = None, ()
        self._preview(job)
        job.state = UNCLEAR

    def _ask_or_refuse(self, job: Job) -> None:
        try:
            self._preview(job)
        except GeodataError as error:
            job.error, job.state = job.error or error, REFUSED
        else:
            job.state = UNCLEAR

    def _preview(self, job: Job) -> None:
        from geodata.importers.how import HowToRead  # noqa: PLC0415 (the readers, which few servers need)
        from geodata.importers.preview import preview_of  # noqa: PLC0415

        job.preview = preview_of(job.path, HowToRead(progress=job.tell), PREVIEW_ROWS)

    def cancel(self, job: Job) -> None:
        """Forget a job; what is being read ends at the next step."""
        with self._lock:
            job.is_cancelled = True
            if not job.is_busy:
                self._drop(job)
            elif job is self._job:
                self._job = None

    def undo(self) -> bool:
        """Show again what was open before the last file. Raises Busy while another one is being added."""
        with self._lock:
            self.tidy()
            if self._job and self._job.is_under_way:
                raise Busy(self._job.path.name)
            done = self.shown.undo()
            self._job = None
            self._sweep()
            return done

    def settle(self, given: Mapping[str, Any]) -> None:
        """Keep what names of places of what is open mean (`places`, see `settled`), and read it again.

        Raises Busy while a file is being added, ChoiceError for what is no place, GeodataError where a file cannot be
        read or its folder not be written to; then all is as it was.
        """
        with self._lock:
            self.tidy()
            if self._job and self._job.is_under_way:
                raise Busy(self._job.path.name)
            before = {path: as_it_is(path) for path in self.shown.keepers}
            if not before:
                words = "What is open keeps no names of places (expected tables and data folders)."
                raise ChoiceError("places", words)
            try:
                for path in before:
                    settled(given, path)
                self.shown.again()
            except GeodataError as error:
                for back in before.values():
                    back()
                if isinstance(error, ChoiceError):
                    raise
                raise GeodataError("\n".join(sentences(error, path))) from None
            if self._job:
                names = {part.name for part in self.shown.unsettled}
                self._job.unsettled = tuple(part for part in self._job.unsettled if part.name in names)

    def tidy(self) -> None:
        """Forget a job whose page has been silent for long."""
        with self._lock:
            job = self._job
            if job and job.is_under_way and time.monotonic() - job.heard > SILENT_S:
                self.cancel(job)

    def _drop(self, job: Job | None) -> None:
        with self._lock:
            if job is not None and job is self._job:
                self._job = None
            self._sweep()

    def _sweep(self) -> None:
        """Remove the folders of which no file is held."""
        kept = {path.parent for path in self.shown.held}
        if self._job:
            kept.add(self._job.folder)
        self._folders.keep(kept)

    def close(self) -> None:
        """Remove everything that was taken in."""
        with self._lock:
            self._folders.close()
            self._job = None


def sentences(error: GeodataError, path: Path) -> list[str]:
    """What an error says of a file, like problems as one; without the file's name and any path of the server."""
    lines = [*grouped(error.problems)] if isinstance(error, DataError) else str(error).splitlines()
    more = error.more if isinstance(error, DataError) else 0
    lines += [f"{more:,} more problems are not shown."] if more else []
    found = []
    for line in lines:
        words = line.replace(f"{path.parent}{os.sep}", "").removeprefix(path.name).removeprefix(":").removeprefix(",")
        words = words.strip() or line
        found.append(f"{words[0].upper()}{words[1:]}")
    return found
