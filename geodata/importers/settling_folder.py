"""Names of places that a data folder leaves open, settled in its own files as a person would have written it.

A place in places.csv, and its id in place of the name at each of its events; all other rows stay, byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from geodata.errors import DataError, GeodataError, Problem
from geodata.files import write_whole
from geodata.importers.checks.places import Places
from geodata.importers.tables.records import decoded
from geodata.record.model import Place, PlaceName

FILES = ("places.csv", "events.csv")
"""What is written to, in this order: a place is there before an event has it."""
_BOM = b"\xef\xbb\xbf"
_BETWEEN = "; "
_Row = dict[str, str]


def settle_in_folder(folder: Path, given: Mapping[str, str]) -> int:
    """Settle names that events leave open by what they mean: ids of the gazetteer, or "lon, lat" in degrees.

    Returns how many events have changed. What stands in a flow is left open, as it needs both ends. Raises ChoiceError
    for an id that the gazetteer lacks, DataError where a file is not UTF-8, GeodataError where one cannot be written.
    """
    places, events = (_File.read(folder / name) for name in FILES)
    known = {row["place_id"] for _, row in places.rows()}
    settling = _Settling(Places(settled=given), given)
    changed = {number: done for number, row in events.rows() if (done := settling.settled(row))}
    new = [_place_row(place) for place in settling.found.values() if place.place_id not in known]
    if changed:
        try:
            places.write(added=new)
            events.write(changed)
        except OSError as error:
            raise GeodataError(f"Nothing is settled: cannot write in {str(folder)!r}: {error.strerror}.") from None
    return len(changed)


class _Settling:
    """What names mean, and the places that events have by them."""

    def __init__(self, places: Places, given: Mapping[str, str]) -> None:
        self._places, self._given = places, given
        self.found: dict[str, Place] = {}

    def settled(self, row: _Row) -> _Row | None:
        """The row of an event with its names settled; None where it leaves none of the given ones open."""
        names = _items(row.get("unsettled", ""))
        mine = [name for name in names if name in self._given]
        if not mine or ">" in row["sites"]:
            return None
        sites, precisions, country = _items(row["sites"]), _items(row["geo_precision"]), row["country"]
        precisions = precisions * len(sites) if len(precisions) == 1 and sites else precisions if sites else []
        for name in mine:
            named = self._places.named(name, "", date.fromisoformat(row["date_start"]), "")
            assert named  # as it is settled
            place, precision = named
            if place.point is None:  # a whole country is no site
                country = country or place.country
            elif place.place_id not in sites:
                self.found[place.place_id] = place
                sites, precisions = [*sites, place.place_id], [*precisions, precision]
        alike = precisions[:1] if len(set(precisions)) == 1 else precisions
        return row | {
            "sites": _BETWEEN.join(sites),
            "geo_precision": _BETWEEN.join(alike) or ("country" if country else ""),
            "country": country,
            "unsettled": _BETWEEN.join(name for name in names if name not in mine),
        }


class _File:
    """A CSV file of a data folder, of which rows are changed or added and all others kept as they are."""

    def __init__(self, path: Path, text: str, start: bytes) -> None:
        self._path, self._text, self._start = path, text, start
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._parts = list(_parts(text))
        self._header = [name.strip() for name in self._parts[0][1]]

    @classmethod
    def read(cls, path: Path) -> _File:
        """The file at a path. Raises DataError where it is not UTF-8."""
        raw, problems = path.read_bytes(), list[Problem]()
        text = decoded(raw, path.name, problems)
        if text is None or not text.strip():
            raise DataError(problems or [Problem(path.name, 0, "", "", "the file is empty (expected a table).")])
        return cls(path, text, _BOM if raw.startswith(_BOM) else b"")

    def rows(self) -> Iterator[tuple[int, _Row]]:
        """Each row that is filled, with its number."""
        for number, (_, cells) in enumerate(self._parts[1:], 1):
            if len(cells) == len(self._header):
                yield number, {name: cell.strip() for name, cell in zip(self._header, cells, strict=True)}

    def write(self, changed: Mapping[int, _Row] | None = None, added: list[_Row] | None = None) -> None:
        """Write the file with some rows changed, and others added behind the last one."""
        lines = [text for text, _ in self._parts]
        for number, row in (changed or {}).items():
            lines[number] = self._line(row)
        if added and not lines[-1].endswith("\n"):
            lines[-1] += self._end
        lines += map(self._line, added or ())
        write_whole(self._path, self._start + "".join(lines).encode(), durable=True)

    def _line(self, row: _Row) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator=self._end).writerow([row.get(name, "") for name in self._header])
        return out.getvalue()


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a CSV text, each as it stands and with its cells."""
    lines = io.StringIO(text, newline="").readlines()
    reader, done = csv.reader(lines), 0
    for cells in reader:
        yield "".join(lines[done : reader.line_num]), cells
        done = reader.line_num


def _items(cell: str) -> list[str]:
    return [item for part in cell.split(";") if (item := part.strip())]


def _place_row(place: Place) -> _Row:
    """A place as a row of places.csv has it."""
    names = _BETWEEN.join(_named(name) for name in place.names if not set(name.name) & set(";[]"))
    return {
        "place_id": place.place_id, "name": place.name, "lon": repr(place.lon), "lat": repr(place.lat),
        "feature": place.feature, "country": place.country, "other_names": names,
    }  # fmt: skip


def _named(name: PlaceName) -> str:
    return f"{name.name} [{name.since or ''}..{name.until or ''}]" if name.is_dated else name.name
