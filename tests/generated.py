"""Made events in the shape of UCDP's GED, any number of them: the same seed gives the same file.

Events gather in some five hundred towns of forty countries, each country in years of its own between 1989 and 2025.
Half of them stand in a town and share its coordinates, the others around it; most last one day, two in five have no
deaths, one in twenty is known for a region or a country only, and four in five cite a source that no other cites.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from geodata.places.boundaries import BUNDLED as BOUNDARIES
from geodata.places.gazetteer import BUNDLED as GAZETTEER
from geodata.places.gazetteer import SETTLEMENTS

COLUMNS = (
    *("event_id", "category", "title", "date_start", "date_end", "place", "lon", "lat", "geo_precision", "country"),
    *("actors", "notes", "source", "deaths", "deaths_low", "deaths_high", "claimant", "said_on"),
)
COUNTRIES = [
    *("AF", "SY", "IQ", "MX", "UA", "ET", "NG", "IN", "CO", "SO", "YE", "PK", "DZ", "CD", "SD", "SS", "LK", "PH"),
    *("PE", "NP", "RU", "TR", "MM", "AO", "UG", "BI", "RW", "SL", "LR", "GT", "ML", "BF", "CF", "TD", "LY", "EG"),
    *("KE", "CM", "MZ", "KZ"),
]
TOWNS = 13  # of a country, at most
MAX_POINTS = 250_000
CHUNK = 250_000
QUOTED = {"title", "place", "actors", "notes", "source", "claimant"}
FIRST, LAST = np.datetime64("1989-01-01"), np.datetime64("2025-12-31")
CATEGORIES = {"clash": 0.72, "other": 0.18, "protest": 0.05, "detention": 0.02, "political": 0.02, "deployment": 0.01}
PRECISIONS = {
    **{"settlement": 0.5, "near": 0.22, "": 0.05, "district": 0.13, "site": 0.03, "region": 0.04, "fuzzy": 0.02},
    "country": 0.01,
}
SYLLABLES = ["ba", "kar", "mi", "tol", "an", "shi", "ru", "ze", "gul", "bel", "or", "hat", "ndo", "we", "ya", "qal"]
SUFFIXES = (" village", " town", " district", " crossing", " camp", "", "", "-Est", " al-Jadida", " қаласы")
AGENCIES = (
    *("Reuters News", "Agence France Presse", "Associated Press Newswires", "BBC Monitoring", "Xinhua News Agency"),
    *("All Africa", "ITAR-TASS", "The Hindu", "El Tiempo", "Al Jazeera", "Радио Азаттык", "Syrian Observatory"),
)
HEADLINES = (
    *("Gunmen kill villagers in raid", "Army says rebels died in clash", "Bomb near market", "Shelling goes on"),
    *("Police open fire, several dead", "Convoy ambushed", "Toll rises after night of fighting", 'Talks "stalled"'),
)
SENTENCES = (
    *("Fighting was reported from early in the morning.", "The figures could not be confirmed independently."),
    *("Both sides accused each other of breaking the truce, which had held for nine days.", "Houses were burnt."),
    *(
        'Residents spoke of "heavy weapons", the army denied it.',
        "The dead include civilians; their number is unclear.",
    ),
    *("A local official said that roads were closed.", "Reported again a week later, with another figure."),
)


def flat_csv(path: Path, rows: int, seed: int = 0, *, ids: bool = True, breaks: bool = False) -> Path:
    """Write a flat table of `rows` events and return its path.

    Without `ids` the events have none; with `breaks` every third note holds a line break, in quotes.
    """
    random = np.random.default_rng(seed)
    sites = _Sites(random, rows)
    columns = COLUMNS if ids else COLUMNS[1:]
    with path.open("wb") as file:
        file.write((",".join(columns) + "\n").encode())
        days = np.sort(random.random(rows))
        for start in range(0, rows, CHUNK):
            made = _chunk(random, sites, start, days[start : start + CHUNK], breaks)
            cells = [_quoted(made[name]) if name in QUOTED else pc.cast(made[name], pa.string()) for name in columns]
            lines = _joined(pc.binary_join_element_wise(*cells, pa.scalar(",")), pa.scalar("\n"))
            file.write(memoryview(lines.buffers()[2]))
    return path


def names_csv(path: Path, rows: int, different: int, seed: int = 0) -> Path:
    """Write a flat table of `rows` events at places that are named only, and return its path.

    Of `different` names, in any script, four fifths of the rows give a country beside it; every twentieth name has a
    letter too many.
    """
    random = np.random.default_rng(seed)
    wanted = [("feature", "in", SETTLEMENTS), ("population", ">", 1000)]
    found = parquet.read_table(GAZETTEER.folder / "places.parquet", filters=wanted, columns=["names", "country"])
    places = found.take(random.choice(found.num_rows, different, replace=False)).to_pylist()
    named = [(place["names"][i % len(place["names"])], place["country"]) for i, place in enumerate(places)]
    named = [(f"{name[:3]}q{name[3:]}" if i % 20 == 0 else name, code) for i, (name, code) in enumerate(named)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("title", "place", "date_start", "country"))
        for i in range(rows):
            name, code = named[i % different]
            table.writerow((f"Event {i}", name, f"2022-01-{i % 28 + 1:02d}", "" if i % 5 == 0 else code))
    return path


class _Sites:
    """Towns and points around them, with how often each is hit; the towns come first."""

    def __init__(self, random: np.random.Generator, rows: int) -> None:
        wanted = [("country", "in", COUNTRIES), ("feature", "in", SETTLEMENTS)]
        found = parquet.read_table(GAZETTEER.folder / "places.parquet", filters=wanted).to_pandas()
        found["name"] = [names[0] for names in found["names"]]
        found = found.sort_values("population", ascending=False).groupby("country").head(TOWNS).reset_index(drop=True)
        lons, lats = found["lon"].astype(float).to_numpy(), found["lat"].astype(float).to_numpy()
        inside = np.array(BOUNDARIES.countries_of(lons, lats)) == found["country"].to_numpy()
        found, lons, lats = found[inside], lons[inside], lats[inside]
        towns = len(found)
        country = np.array([COUNTRIES.index(code) for code in found["country"]])
        weight = random.pareto(1.1, towns) + 0.05
        weight *= np.linspace(4, 0.3, len(COUNTRIES))[country]

        around = random.choice(towns, min(max(rows // 4, 1), MAX_POINTS), p=weight / weight.sum())
        shift = random.normal(0, 0.3, (2, len(around)))
        near_lons, near_lats = np.round(lons[around] + shift[0], 4), np.round(lats[around] + shift[1], 6)
        codes = np.array(COUNTRIES)[country]
        on_land = np.array(BOUNDARIES.countries_of(near_lons, near_lats)) == codes[around]
        around, near_lons, near_lats = around[on_land], near_lons[on_land], near_lats[on_land]
        words = random.choice(SYLLABLES, (3, len(around)))
        made = np.char.capitalize(np.char.add(np.char.add(words[0], words[1]), words[2]))
        names = np.char.add(made, random.choice(SUFFIXES, len(around)))

        self.towns = towns
        self.weight = np.cumsum(weight / weight.sum())
        self.around = len(around)
        self.name = pa.array(np.concatenate([found["name"].to_numpy(object), names.astype(object)]))
        self.lon = _decimals(np.concatenate([lons, near_lons]))
        self.lat = _decimals(np.concatenate([lats, near_lats]))
        self.country = np.concatenate([country, country[around]])
        middle = random.random(len(COUNTRIES))
        self.span = np.clip(middle - 0.25, 0, 0.7), np.clip(middle + 0.25, 0.3, 1)


def _chunk(random: np.random.Generator, sites: _Sites, start: int, days: Any, breaks: bool) -> dict[str, Any]:
    count = len(days)
    in_town = (random.random(count) < 0.5) | (sites.around == 0)
    site = np.searchsorted(sites.weight, random.random(count))
    site = np.where(in_town, site, sites.towns + random.integers(0, max(sites.around, 1), count))
    country = sites.country[site]
    low, high = sites.span[0][country], sites.span[1][country]
    at = low + days * (high - low)
    first = FIRST + (at * (LAST - FIRST).astype(int)).astype("timedelta64[D]")
    kind = random.random(count)
    longer = np.where(
        kind < 0.85, 0, np.where(kind < 0.95, random.integers(1, 7, count), random.integers(7, 90, count))
    )
    last = np.minimum(first + longer.astype("timedelta64[D]"), LAST)
    best = np.where(random.random(count) < 0.4, 0, np.minimum(random.pareto(0.9, count) * 2 + 1, 90_000)).astype(int)
    lowest = np.where(random.random(count) < 0.3, best - (best * random.random(count)).astype(int), best)
    highest = np.where(random.random(count) < 0.35, best + (best * random.random(count) * 2).astype(int) + 1, best)
    has_figure = random.random(count) > 0.03
    said = last + random.integers(0, 5, count).astype("timedelta64[D]")
    number = pa.array(random.integers(0, 5_000_000, count))
    category = _pick(random, CATEGORIES, count)
    precision = _pick(random, PRECISIONS, count)
    place = sites.name.take(pa.array(site))
    row = pa.array(np.arange(start, start + count))
    actors = _actors(country, random.integers(0, 30, count))
    headline = pa.array(HEADLINES).take(pa.array(random.integers(0, len(HEADLINES), count)))
    return {
        "event_id": _joined(pa.scalar("G"), pc.cast(row, pa.string())),
        "category": category,
        "title": _joined(headline, pa.scalar(": "), place),
        "date_start": _text(first),
        "date_end": pc.if_else(pa.array((longer == 0) & (random.random(count) < 0.5)), "", _text(last)),
        "place": pc.if_else(pa.array(random.random(count) < 0.02), "", place),
        "lon": sites.lon.take(pa.array(site)),
        "lat": sites.lat.take(pa.array(site)),
        "geo_precision": precision,
        "country": pa.array(COUNTRIES).take(pa.array(country)),
        "actors": actors,
        "notes": _notes(random, actors, number, breaks),
        "source": _sources(random, headline, _text(said), number),
        **{
            name: pc.fill_null(pc.cast(pa.array(figures, mask=~has_figure), pa.string()), "")
            for name, figures in (("deaths", best), ("deaths_low", lowest), ("deaths_high", highest))
        },
        "claimant": pc.if_else(
            pa.array(random.random(count) < 0.6), "", pc.list_element(pc.split_pattern(actors, ";"), 0)
        ),
        "said_on": pc.if_else(pa.array(random.random(count) < 0.3), "", _text(said)),
    }


def _actors(country: Any, choice: Any) -> Any:
    """One to five names in a cell, of thirty cells for each country."""
    cells = []
    for code in COUNTRIES:
        state = f"Government of {BOUNDARIES.country_name(code)}"
        groups = [f"{code} {word}" for word in ("Front", "Army of the North", "Movement", "Militia", "Party (M-L)")]
        for number in range(30):
            others = groups[number % 5 :][: 1 + number % 4]
            cells.append("; ".join([state, *others] if number % 3 else others or [state]))
    return pa.array(cells).take(pa.array(country * 30 + choice))


def _notes(random: np.random.Generator, actors: Any, number: Any, breaks: bool) -> Any:
    count = len(actors)
    one, two = (pa.array(SENTENCES).take(pa.array(random.integers(0, len(SENTENCES), count))) for _ in range(2))
    between = pa.array(["\n" if breaks else " ", " ", " "]).take(pa.array(np.arange(count) % 3))
    record = _joined(pa.scalar("Record "), pc.cast(number, pa.string()), pa.scalar(" of "), actors, pa.scalar(". "))
    return pc.if_else(pa.array(random.random(count) < 0.1), "", _joined(record, one, between, two))


def _sources(random: np.random.Generator, headline: Any, day: Any, number: Any) -> Any:
    count = len(headline)
    agency, other = (pa.array(AGENCIES).take(pa.array(random.integers(0, len(AGENCIES), count))) for _ in range(2))
    own = _joined(
        agency, pa.scalar(", "), day, pa.scalar(", "), headline, pa.scalar(" no. "), pc.cast(number, pa.string())
    )
    linked = _joined(agency, pa.scalar(": https://example.org/"), pc.cast(number, pa.string()))
    kind = random.random(count)
    found = pc.if_else(pa.array(kind < 0.12), agency, own)
    found = pc.if_else(pa.array(kind > 0.97), linked, found)
    return pc.if_else(pa.array((kind > 0.2) & (kind < 0.28)), _joined(own, pa.scalar("; "), other), found)


def _pick(random: np.random.Generator, shares: dict[str, float], count: int) -> Any:
    return pa.array(list(shares)).take(pa.array(random.choice(len(shares), count, p=list(shares.values()))))


def _joined(*parts: Any) -> Any:
    return pc.binary_join_element_wise(*parts, pa.scalar(""))


def _text(days: Any) -> Any:
    return pc.cast(pa.array(days.astype("datetime64[D]")), pa.string())


def _decimals(values: Any) -> Any:
    return pa.array([format(value, ".6f").rstrip("0").rstrip(".") for value in values.tolist()])


def _quoted(cells: Any) -> Any:
    """As CSV has them: in quotes where they hold a comma, a quote or a line break."""
    within = _joined(pa.scalar('"'), pc.replace_substring(cells, '"', '""'), pa.scalar('"'))
    return pc.if_else(pc.match_substring_regex(cells, '[",\n]'), within, cells)
