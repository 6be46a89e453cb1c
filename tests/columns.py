"""Records in columns for tests, made of a few numbers."""

from __future__ import annotations

from datetime import date, timedelta

from geodata.dates import PartialDay
from geodata.record.columns import Columns
from geodata.record.model import Claim, Event, Locator, Place, PlaceName, Site, Source
from tests.records import Dataset, columns_of

DAY = date(2022, 1, 5)
PLACES = (
    Place("almaty", "Almaty", 76.9, 43.25, "city", "KZ", (PlaceName("Алматы"), PlaceName("Alma-Ata", None, DAY))),
    Place("kz", "Kazakhstan", None, None, "country", "KZ"),
)
SOURCES = (Source("report", "Agency", "A report", DAY, None, "", "en", "", ""),)


def event(number: int, title: str = "A clash") -> Event:
    day = DAY + timedelta(days=number % 90)
    sites = (Site(PLACES[number % 2].place_id, "at", "settlement"),) if number % 3 else ()
    unsettled = () if number % 3 else ("Tripoli",)
    ids = ("report",) if number % 2 else ()
    named = f"E{number}"
    return Event(named, "clash", "", "", title, day, day, 1, sites, "KZ", ("Police",), "Né à 5", ids, unsettled)


def claim(number: int, low: int = 3) -> Claim:
    said, at = PartialDay(DAY, DAY), Locator(1, 0, 4) if number % 2 else None
    fate = ("all", "", "standing", None, "report")
    return Claim(f"C{number}", f"E{number}", "deaths", low, low, None, "over", "Police", "", said, "Almaty", *fate, at)


def columns(count: int = 6, title: str = "Six events") -> Columns:
    """A record of `count` events and as many claims."""
    events, claims = tuple(map(event, range(count))), tuple(map(claim, range(count)))
    return columns_of(Dataset("events", title, events, claims, SOURCES, PLACES))
