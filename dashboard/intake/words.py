"""What our columns are called where a reader chooses one for a column of a file."""

from __future__ import annotations

from geodata.importers.mapping.mapping import BETWEEN, COLUMNS, PARTS
from geodata.language.language import Language
from geodata.phrases import page_phrase
from geodata.record.model import MEASURES

COLUMN_WORDS: dict[str, str] = {
    "date_start": page_phrase("Day"),
    "date_end": page_phrase("Last day"),
    "date_parts": page_phrase("Year, month or day"),
    "date_end_parts": page_phrase("Year, month or day of the end"),
    "time_precision": page_phrase("How exact the day is"),
    "place": page_phrase("Place"),
    "lat": page_phrase("Latitude"),
    "lon": page_phrase("Longitude"),
    "point": page_phrase("Latitude and longitude"),
    "admin2": page_phrase("District"),
    "admin1": page_phrase("Region"),
    "country": page_phrase("Country"),
    "geo_precision": page_phrase("How exact the place is"),
    "title": page_phrase("Title"),
    "category": page_phrase("Category"),
    "event_type": page_phrase("Type"),
    "sub_event_type": page_phrase("Sub-type"),
    "notes": page_phrase("Notes"),
    "event_id": page_phrase("Id"),
    "actors": page_phrase("Actors"),
    "source": page_phrase("Source"),
    "claimant": page_phrase("Who says the figures"),
    "said_on": page_phrase("When the figures were said"),
    "qualifier": page_phrase("Qualifier of the figures"),
    "deaths": page_phrase("Deaths"),
    "injured": page_phrase("Injured"),
    "detained": page_phrase("Detained"),
    "flights": page_phrase("Flights"),
    "personnel": page_phrase("Personnel"),
    "attacks": page_phrase("Attacks"),
}
ENDS = {
    "_low": page_phrase("{measure}, at least"),
    "_high": page_phrase("{measure}, at most"),
    "_qualifier": page_phrase("{measure}, qualifier"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    page_phrase("When"): ("date_start", "date_end", "date_parts", "date_end_parts", "time_precision"),
    page_phrase("Where"): ("place", "lat", "lon", "point", "admin2", "admin1", "country", "geo_precision"),
    page_phrase("What"): ("title", "category", "event_type", "sub_event_type", "notes", "event_id"),
    page_phrase("Who"): ("actors", "source", "claimant", "said_on", "qualifier"),
    page_phrase("How many"): tuple(f"{measure}{end}" for measure in MEASURES for end in ("", *ENDS)),
}
# An event is named by any of these, see `geodata.importers.mapping.mapping.Mapping.title_from`.
NAMING = (
    *("title", "notes", "category", "event_type", "sub_event_type", "place", "actors", "admin1", "country", "event_id"),
    "source",
)
# What a place of the gazetteer is.
FEATURES = {
    "capital": page_phrase("capital"),
    "city": page_phrase("city"),
    "town": page_phrase("town"),
    "village": page_phrase("village"),
    "airfield": page_phrase("airfield"),
    "district": page_phrase("district"),
    "region": page_phrase("region"),
    "area": page_phrase("area"),
    "country": page_phrase("country"),
}
# Columns that may be put together from several of a file.
MANY = (*BETWEEN, *PARTS)


def say_column(column: str, language: Language) -> str:
    """What one of our columns is called."""
    measure, _, end = column.partition("_")
    if column in COLUMN_WORDS:
        return language.say(COLUMN_WORDS[column])
    return language.say(ENDS[f"_{end}"], measure=language.say(COLUMN_WORDS[measure]))


def answered_by(key: str) -> tuple[str, ...]:
    """The columns that answer the question for one; none where the question is for no column."""
    if key not in COLUMNS:
        return ()
    return NAMING if key == "title" else ("date_start", "date_parts") if key == "date_start" else (key,)
