"""What the columns of a table mean, as its owner settled it: a value, and a file beside the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from geodata.errors import ChoiceError, GeodataError
from geodata.files import write_whole
from geodata.importers.tables.records import CONTROL, nearest, shown
from geodata.importers.values.words.calendars import CALENDARS
from geodata.record.model import CATEGORIES, MEASURES

_ENDS = ("", "_low", "_high", "_qualifier", "_population")
FIGURES = tuple(f"{measure}{end}" for measure in MEASURES for end in _ENDS)
# What stands between the cells of a column that takes several headings.
BETWEEN = {"title": ", ", "place": ", ", "actors": "; ", "source": "; ", "notes": "\n"}
# Days that stand in several columns: year, month and day, in this order; the last ones may be missing.
PARTS = ("date_parts", "date_end_parts")
# How many headings a column may have at the most, and what they are; a coordinate may stand in several too.
_SEVERAL = {
    **dict.fromkeys(PARTS, (3, "year, month and day")),
    **dict.fromkeys(("lon", "lat"), (4, "degrees, minutes, seconds and direction")),
}
COLUMNS = (
    *("event_id", "category", "event_type", "sub_event_type", "title", "date_start", "date_end", *PARTS),
    *("time_precision", "place", "lon", "lat", "point", "geo_precision", "admin2", "admin1"),
    *("country", "actors", "notes"),
    *("source", *FIGURES, "claimant", "said_on", "qualifier"),
)
# What is known of the whole file: the answers to choose from, or a pattern and what it describes.
ANSWERS: dict[str, tuple[str, ...] | tuple[re.Pattern[str], str]] = {
    "dates": ("day first", "month first"),
    "century": ("1900s", "up to now"),
    "calendar": CALENDARS,
    "year": (re.compile(r"1[89]\d\d|20\d\d"), "a year such as 2022"),
    "thousands": (re.compile("[,.]"), 'what stands between thousands, "," or "."'),
    "coordinates": ("as written", "exchanged"),
    "crs": (re.compile(r"EPSG:\d{4,6}|degrees/10{2,8}"), "a code such as EPSG:3857"),
    "header": ("yes", "no"),
    "sheets": (re.compile(r"[^\x00-\x1f]{1,200}"), "the name of a sheet"),
    "kind": CATEGORIES,
    "within": (
        re.compile(r"[^\x00-\x1f]{1,200}"),
        'the name of a city with its country, such as "Mainz, Germany", or "no"',
    ),
}
MAX_BYTES = 16_000_000
_SECTIONS = ("columns", "answers", "categories", "places")
_ID = re.compile(r"[^\s;,>\[\]]{1,200}")
_FORMAT = re.compile(r"[a-z0-9][a-z0-9 ._-]{0,40}|")
_POINT = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,20})?)\s*,\s*([+-]?\d{1,2}(?:\.\d{1,20})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which headings each of our columns is read from, and what else its owner said of a table.

    `columns` has the headings as they stand; one alone may be given as text. Several are joined with `BETWEEN`, or are
    the parts of a day, which say it where `date_start`, if that is given too, names none. `answers` are those to the
    questions about the whole file (`ANSWERS`); with "sheets", the sheet of that name and all of its shape are read,
    with "kind" a row without a category is of that one, and with "within" a place that is not found is in that city.
    `categories` gives values of the table one of ours. `places` gives names a place id, or "lon, lat" in degrees
    (EPSG:4326). `format` is a known layout, "" for any table.

    Raises ChoiceError, whose message is a sentence, for what cannot be read.
    """

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    format: str = ""

    def __post_init__(self) -> None:
        columns: AnyMapping[str, object] = self.columns
        # A value has one form, in the order of `COLUMNS`, however it was given.
        read = {column: _headings(column, given) for column, given in columns.items()}
        object.__setattr__(self, "columns", {column: read[column] for column in COLUMNS if read.get(column)})
        _refuse_together(self.columns)
        for key, answer in self.answers.items():
            _check_answer(key, answer)
        for value, category in self.categories.items():
            if category not in CATEGORIES:
                words = f"Cannot read category {_shown(category)} of {shown(value)}: expected {_or(CATEGORIES)}"
                raise ChoiceError("categories", f"{words}{_near(category, CATEGORIES)}.")
        for name, place in self.places.items():
            _check_place(name, place)
        if not isinstance(self.format, str) or not _FORMAT.fullmatch(self.format):
            raise ChoiceError("format", f"Cannot read format {_shown(self.format)}: expected a word such as acled.")

    def headings(self, column: str) -> tuple[str, ...]:
        """The headings of one of our columns; none where nothing gives it."""
        return self.columns.get(column, ())

    @property
    def used(self) -> dict[str, str]:
        """Our column of each heading that is read. One that is title or notes too counts as the other."""
        by_weight = sorted(self.columns, key=lambda column: column not in ("title", "notes"))
        return {heading: column for column in by_weight for heading in self.columns[column]}

    @property
    def has_day(self) -> bool:
        """Whether an event gets a day."""
        return "date_start" in self.columns or "date_parts" in self.columns

    @property
    def has_point(self) -> bool:
        """Whether an event may get a point."""
        return "point" in self.columns or "lon" in self.columns

    @property
    def title_from(self) -> tuple[str, ...]:
        """Our columns that a title is made of: itself, the beginning of the notes, what and where, else who or which.

        None where nothing is there to name an event by.
        """
        for column in ("title", "notes"):
            if column in self.columns:
                return (column,)
        kinds = [column for column in ("sub_event_type", "event_type", "category") if column in self.columns]
        if found := (*kinds[:1], *(("place",) if "place" in self.columns else ())):
            return found
        # With a point a number says less than the name of the file, which then stands in.
        last = ("actors", "admin1", "country", *(() if self.has_point else ("event_id", "source")))
        return tuple(column for column in last if column in self.columns)[:1]

    @property
    def category_from(self) -> str:
        """Our column whose values say the category: itself, else the source's own type; "" without any."""
        return next((c for c in ("category", "event_type", "sub_event_type") if c in self.columns), "")


def read_mapping(path: Path) -> Mapping:
    """The mapping of a file. Raises GeodataError where there is none, ChoiceError where it cannot be read."""
    import tomllib  # noqa: PLC0415 (only a table with a mapping needs it)

    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GeodataError(f"Cannot read {str(path)!r}: {error.strerror}.") from None
    try:
        if len(content) > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES:,} bytes")
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ChoiceError("mapping", f"{path.name} is not a TOML file that can be read: {error}.") from None
    known = tuple(part.name for part in fields(Mapping))
    for key, value in found.items():
        if key not in known:
            words = f"unknown key {_shown(key)} (expected {_or(known)}){_near(key, known)}"
            raise ChoiceError(key, f"{path.name}: {words}.")
        if key in _SECTIONS and not isinstance(value, dict):
            raise ChoiceError(key, f"{path.name}: {key!r} is no table (expected [{key}] and lines under it).")
    try:
        return Mapping(**found)
    except ChoiceError as error:
        raise ChoiceError(error.key, f"{path.name}: {error}") from None


def write_mapping(mapping: Mapping, why: AnyMapping[str, Sequence[str]] | None = None) -> str:
    """A mapping as TOML. `why` has the lines of comment before each of our columns; "" has those at the end of all."""
    import tomli_w  # noqa: PLC0415 (only who keeps a mapping needs it)

    why = why or {}
    lines = ["# Which headings of the table each column of the map is read from, and what else was settled for it."]
    if mapping.format:
        lines += ["", tomli_w.dumps({"format": mapping.format}).rstrip()]
    lines += ["", "[columns]"]
    for column, headings in mapping.columns.items():
        lines += [commented(line) for line in why.get(column, ())]
        lines.append(one_line(column, headings))
    lines += [commented(line) for line in why.get("", ())]
    for section in _SECTIONS[1:]:
        if found := getattr(mapping, section):
            lines += ["", f"[{section}]", tomli_w.dumps(found).rstrip()]
    return "\n".join(lines) + "\n"


def one_line(column: str, headings: Sequence[str]) -> str:
    """A column and its headings as a line of TOML."""
    import tomli_w  # noqa: PLC0415

    values = [tomli_w.dumps({"": heading}).partition("=")[2].strip() for heading in headings]
    return f"{column} = {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}"


def commented(line: str) -> str:
    """A line as a comment of TOML, which holds no controls."""
    return f"# {CONTROL.sub(chr(0xFFFD), ' '.join(line.split()))}".rstrip()


def path_beside(data: Path) -> Path:
    """Where the mapping of a table is kept: beside it, as events.csv.mapping.toml."""
    return data.with_name(f"{data.name}.mapping.toml")


def mapping_beside(data: Path) -> Mapping:
    """The mapping that is kept beside a table, an empty one where there is none. Raises as `read_mapping` does."""
    path = path_beside(data)
    return read_mapping(path) if path.is_file() else Mapping()


def save_beside(text: str, data: Path) -> Path:
    """Keep a mapping beside its table, whole or not at all. Raises GeodataError where the folder takes no file."""
    path = path_beside(data)
    try:
        write_whole(path, text.encode())
    except OSError as error:
        message = f"The mapping is not kept, and will be asked for again: cannot write {str(path)!r}: {error.strerror}."
        raise GeodataError(message) from None
    return path


def _headings(column: str, given: object) -> tuple[str, ...]:
    if column not in COLUMNS:
        raise ChoiceError(column, f"Unknown column {_shown(column)}{_near(column, COLUMNS)} (expected {_or(COLUMNS)}).")
    found = (given,) if isinstance(given, str) else given
    if not isinstance(found, list | tuple) or not all(isinstance(heading, str) and heading for heading in found):
        raise ChoiceError(
            column, f"Cannot read {_shown(given)} for column {column!r}: expected a heading of the table."
        )
    most, expected = _SEVERAL.get(column, (len(found) if column in BETWEEN else 1, "one"))
    if len(found) > most:
        raise ChoiceError(column, f"Column {column!r} has {len(found)} headings (expected {expected}).")
    return tuple(dict.fromkeys(found))


def _refuse_together(columns: AnyMapping[str, tuple[str, ...]]) -> None:
    """Refuse a heading that is two things, and columns that say the same or only half of it."""
    first: dict[str, str] = {}
    for column, headings in columns.items():
        # A text may be title or notes and, for instance, the place too; nothing else is two things at once.
        if column in ("title", "notes"):
            continue
        for heading in headings:
            if (other := first.setdefault(heading, column)) != column:
                words = f"Heading {shown(heading)} is given for {other!r} and for {column!r} (expected one of them)."
                raise ChoiceError(column, words)
    for one, other in (("date_end", "date_end_parts"), ("lon", "point")):
        if one in columns and other in columns:
            raise ChoiceError(other, f"Columns {one!r} and {other!r} are both given (expected one of them).")


def _check_answer(key: str, answer: object) -> None:
    if key not in ANSWERS:
        raise ChoiceError(key, f"Unknown answer {_shown(key)}{_near(key, ANSWERS)} (expected {_or(ANSWERS)}).")
    pattern, *words = ANSWERS[key]
    if isinstance(pattern, str):
        choices = (pattern, *map(str, words))
        if answer not in choices:
            words_of = f"Cannot read {_shown(answer)} for {key!r}: expected {_or(choices)}{_near(answer, choices)}."
            raise ChoiceError(key, words_of)
    elif not isinstance(answer, str) or not pattern.fullmatch(answer):
        raise ChoiceError(key, f"Cannot read {_shown(answer)} for {key!r}: expected {words[0]}.")


def _check_place(name: str, place: object) -> None:
    point = _POINT.fullmatch(place) if isinstance(place, str) else None
    if point:
        lon, lat = map(float, point.groups())
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            words = f"Cannot read point {_shown(place)} of {shown(name)}: expected a longitude from -180 to 180"
            raise ChoiceError("places", f"{words} and a latitude from -90 to 90.")
    elif not isinstance(place, str) or not _ID.fullmatch(place):
        words = f'Cannot read place {_shown(place)} of {shown(name)}: expected a place id, or "lon, lat" in degrees.'
        raise ChoiceError("places", words)


def _or(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _near(word: object, choices: Iterable[str]) -> str:
    return nearest(word, choices) if isinstance(word, str) else ""


def _shown(value: Any) -> str:
    return shown(value if isinstance(value, str) else str(value))
