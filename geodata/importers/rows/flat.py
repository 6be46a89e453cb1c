"""The rules of a flat table, one row after the other: objects, and every problem with its line and column."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from geodata.dates import PartialDay
from geodata.importers.checks.places import Places
from geodata.importers.checks.sources import Sources, citations
from geodata.importers.checks.whereabouts import whereabouts
from geodata.importers.tables.records import CONTROL, Record, cleaned, shown
from geodata.record.model import (
    CATEGORIES,
    MEASURES,
    QUALIFIERS,
    TIME_PRECISIONS,
    Claim,
    Event,
    Unsettled,
)

# The columns of a flat table.
NAMES = (
    *("event_id", "category", "event_type", "sub_event_type", "title", "date_start", "date_end"),
    *(
        "time_precision",
        "place",
        "admin2",
        "admin1",
        "lon",
        "lat",
        "geo_precision",
        "country",
        "actors",
        "notes",
        "source",
    ),
    *(f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high", "_qualifier", "_population")),
    *("claimant", "said_on", "qualifier"),
)
_ALSO = {
    "date": "date_start", "latitude": "lat", "longitude": "lon", "places": "place", "sources": "source",
    "source_ids": "source", "region": "admin1",
}  # fmt: skip
_ID = r"[^\s;,>\[\]]{1,200}"
_ID_WORDS = "an id without blanks, commas, semicolons, brackets or >"
THE_TABLE = "The table itself, which names no source."
FIRST_YEAR, LAST_YEAR = 1, 2100
MOST_TOLD = 30
OPEN_TOPS = ("over", "at least", "hundreds")
_NO_DAY = "The table gives no day for it: the last day of the event stands in."
_SEVERAL = "The table gives several sources and does not say which has the figure."
# The notes of a claim by whether there is no day for it, and several sources.
NOTES = {
    (False, False): "",
    (True, False): _NO_DAY,
    (False, True): _SEVERAL,
    (True, True): f"{_NO_DAY} {_SEVERAL}",
}


def column_of(heading: str) -> str:
    """The column of a flat table that a heading names: in any case, with blanks or hyphens for underscores; "" for
    none."""
    name = re.sub(r"[\s\u00a0-]+", "_", cleaned(heading).casefold())
    name = _ALSO.get(name, name)
    return name if name in NAMES else ""


def name_of(path: Path) -> str:
    """What a data set is called, by its file."""
    return CONTROL.sub("\ufffd", path.stem)


def tell_unsettled(file: str, unsettled: Sequence[Unsettled]) -> None:
    """Say in the log which names of a file were not settled, those of the most events first, and how to settle many."""
    told = sorted(unsettled, key=lambda part: -len(part.event_ids))[:MOST_TOLD]
    for part in told:
        logging.getLogger(__name__).warning("%s: %s", file, say_unsettled(part))
    if more := len(unsettled) - len(told):
        words = f"{more:,} more names of places are not settled (import --unsettled FILE lists all, to be settled)."
        logging.getLogger(__name__).warning("%s: %s", file, words)


def say_unsettled(part: Unsettled) -> str:
    """A name that was not settled, its events and its candidates, as a sentence."""
    events = ", ".join(part.event_ids[:5]) + (" …" if len(part.event_ids) > 5 else "")
    if part.candidates:
        reason = f"may be {'; '.join(part.candidates)} (give its country, or lon and lat)"
    else:
        reason = "is not in the gazetteer (give lon and lat)"
    return f"the place {shown(part.name)} of {events} is not on the map: it {reason}."


def event_id_of(record: Record, stem: str) -> str:
    """The event id of a record: its own, or one of the file's stem and its line, as events-R2."""
    return record.matching("event_id", _ID, _ID_WORDS, optional=True) or f"{stem}-R{record.line}"


def refuse_again(record: Record, event_id: str, first_line: int) -> None:
    """Refuse an id that an earlier record has."""
    record.refuse("event_id", f"{shown(event_id)} stands in line {first_line} already (expected it once).")


@dataclass(slots=True)
class RowReader:
    """Makes events, claims, sources and places of the records of one file."""

    file: str
    places: Places = field(default_factory=Places)
    sources: Sources = field(default_factory=Sources)

    def event(self, record: Record, event_id: str) -> tuple[Event, str]:
        """The event of a record, and the place as the table names it."""
        start = record.parsed("date_start", parse_flat_day)
        end = record.parsed("date_end", parse_flat_day, optional=True) or start
        if start and end and end.last < start.first:
            record.refuse("date_end", f"{end} lies before date_start {start} (expected the last possible day).")
        is_vague = any(day and day.first != day.last for day in (start, end))
        title = record.text("title") or record.text("place")
        if not title:
            record.refuse("title", "the cell is empty (expected a title, or a place).")
        time_precision = time_precision_of(record) or ("3" if is_vague else "1")
        where = whereabouts(record, self.places, event_id, start.first if start else None)
        event = Event(
            event_id=event_id,
            category=category_of(record),
            event_type=record.text("event_type"),
            sub_event_type=record.text("sub_event_type"),
            title=title,
            date_start=start.first if start else date.min,
            date_end=end.last if end else date.max,
            time_precision=int(time_precision),
            sites=where.sites,
            country=where.country,
            actors=record.items("actors"),
            notes=record.text("notes"),
            source_ids=tuple(self.sources.of(text).source_id for text in citations(record.items("source"))),
            unsettled=where.unsettled,
        )
        return event, where.scope

    def claims(self, record: Record, event: Event, scope: str) -> Iterator[Claim]:
        """A claim for each measure that the record has a figure of."""
        said_on = record.parsed("said_on", parse_flat_day, optional=True)
        shared = word_of(record, "qualifier", QUALIFIERS)
        qualifiers = {each: word_of(record, f"{each}_qualifier", QUALIFIERS) or shared for each in MEASURES}
        titles = tuple(dict.fromkeys(self.sources.of(text).title for text in citations(record.items("source"))))
        notes = NOTES[not record.text("said_on"), len(titles) > 1]
        for measure in MEASURES:
            columns = (f"{measure}_low", measure, f"{measure}_high")
            if not any(record.text(column) for column in columns):
                continue
            qualifier = qualifiers[measure]
            low, best, high = _figures(record, columns, qualifier in OPEN_TOPS)
            # What stands without a source stands in the table.
            source_ids = event.source_ids or (self.sources.of(self.file, THE_TABLE).source_id,)
            yield Claim(
                claim_id=f"{event.event_id}-{measure}",
                event_id=event.event_id,
                measure=measure,
                low=low,
                best=best,
                high=high,
                qualifier=qualifier or ("at least" if high is None else "exact"),
                claimant=record.text("claimant") or "; ".join(titles) or self.file,
                via="",
                said_on=said_on or PartialDay(event.date_end, event.date_end),
                scope=scope,
                population=record.text(f"{measure}_population") or "all",
                part_of="",
                status="standing",
                status_on=None,
                source_id=source_ids[0],
                locator=None,
                notes=notes,
            )


def parse_flat_day(text: str) -> PartialDay:
    """As PartialDay.parse; ValueError for a year that is a slip, such as 1022 or 9999."""
    day = PartialDay.parse(text)
    if not FIRST_YEAR <= day.first.year <= LAST_YEAR:
        raise ValueError(f"{text!r} is in the year {day.first.year} (expected {FIRST_YEAR} to {LAST_YEAR})")
    return day


def _figures(
    record: Record, columns: tuple[str, str, str], has_open_top: bool
) -> tuple[int | None, int | None, int | None]:
    """Low, best and high. One figure alone is all three; with "over" and the like its top is open."""
    low, best, high = (record.figure(column, columns[0], columns[2]) for column in columns)
    given = [(column, figure) for column, figure in zip(columns, (low, best, high), strict=True) if figure is not None]
    if any(a > b for (_, a), (_, b) in pairwise(given)):
        words = ", ".join(f"{column} {figure}" for column, figure in given)
        record.refuse(given[0][0], f"{words} are out of order (expected low <= best <= high).")
    if best is not None and low is None and high is None:
        return (best, None, None) if has_open_top else (best, best, best)
    return low, best, high


def category_of(record: Record) -> str:
    """The category, in any case; "other" for an empty cell."""
    return word_of(record, "category", CATEGORIES) or "other"


def time_precision_of(record: Record) -> str:
    """The time precision as a digit; "" for an empty cell."""
    return record.choice("time_precision", tuple(map(str, TIME_PRECISIONS)), optional=True)


def word_of(record: Record, column: str, choices: tuple[str, ...]) -> str:
    """One of `choices`, in any case; "" for an empty cell."""
    value = record.text(column).casefold()
    return value if value in choices else record.choice(column, choices, optional=True)
