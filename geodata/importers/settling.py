"""Names of places that a table leaves open: what each may be, and a list of them (CSV) in which they are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from geodata.errors import ChoiceError
from geodata.importers.files.opening import read_sheets
from geodata.importers.mapping.mapping import Mapping
from geodata.places.geocoder import Candidate, geocode
from geodata.record.model import Unsettled

NAME, PLACE = "name", "place"


def unsettled_in(table: pa.Table) -> tuple[Unsettled, ...]:
    """The rows of a record's table of names that are not settled."""
    rows = table.to_pylist()
    return tuple(Unsettled(row["name"], tuple(row["event_ids"]), tuple(row["candidates"])) for row in rows)


def by_name(unsettled: Iterable[Unsettled]) -> list[Unsettled]:
    """Each name once, with all its events and candidates; those of the most events first."""
    found: dict[str, Unsettled] = {}
    for part in unsettled:
        before = found.get(part.name, Unsettled(part.name, (), ()))
        candidates = tuple(dict.fromkeys((*before.candidates, *part.candidates)))
        found[part.name] = Unsettled(part.name, (*before.event_ids, *part.event_ids), candidates)
    return sorted(found.values(), key=lambda part: -len(part.event_ids))


def candidates_of(part: Unsettled) -> tuple[Candidate, ...]:
    """What a name may be, best first, in the country of all its candidates if they have one."""
    countries = {words.rpartition(", ")[2] for words in part.candidates}
    try:
        return geocode(part.name, country=countries.pop() if len(countries) == 1 else None).candidates
    except ChoiceError:  # no place has such a name, or the only candidate lies in no country
        return ()


def list_to_settle(unsettled: Iterable[Unsettled]) -> Iterator[tuple[str | int, ...]]:
    """The rows of a table to be filled in: under `PLACE` an id, such as stands before each candidate, or "lon, lat"."""
    yield NAME, "events", "candidates", PLACE
    for part in by_name(unsettled):
        words = "; ".join(f"{each.id} {candidate_words(each)}" for each in candidates_of(part))
        yield part.name, len(part.event_ids), words, ""


def candidate_words(candidate: Candidate) -> str:
    """What a candidate is, in a few words: "Tripoli, Tripoli District, LY, capital"."""
    region = candidate.region if candidate.region != candidate.name else ""
    return ", ".join(filter(None, (candidate.name, region, candidate.country, candidate.feature)))


def read_settled(path: Path) -> dict[str, str]:
    """The places by name of a table that was filled in. Raises DataError where it cannot be read, ChoiceError for what
    is no place."""
    cells = read_sheets(path, has_header=True)[0].cells.unguarded()
    if missing := [name for name in (NAME, PLACE) if name not in cells.columns]:
        found = ", ".join(cells.columns)
        raise ChoiceError("settled", f"{path.name} has no column {missing[0]!r} (expected {NAME}, {PLACE}): {found}.")
    pairs = zip(cells.column(NAME).to_pylist(), cells.column(PLACE).to_pylist(), strict=True)
    return Mapping(places={name: place.strip() for name, place in pairs if place.strip()}).places
