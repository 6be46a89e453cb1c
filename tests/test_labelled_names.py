"""Names with what they mean, written down by hand: how many the geocoder settles, and how many of them rightly."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from geodata.places.folding import fold
from geodata.places.gazetteer import AREAS, BUNDLED, Gazetteer
from geodata.places.geocoder import Candidate, geocode
from geodata.places.spatial import distance_m

LIST = Path(__file__).with_name("labelled_names.csv")
DAY = date(2022, 1, 6)
SETTLED_FROM = 0.8  # what an importer takes
KM = 1000


@dataclass(frozen=True)
class Label:
    """A row of the list. `expected` is "at:LON LAT KM", "airfield:LON LAT KM", "region:NAME/CC" (any area),
    "country:CC", "ambiguous" or "unknown"."""

    name: str
    country: str
    on: str
    region: str
    expected: str
    kind: str

    def settled(self, gazetteer: Gazetteer) -> Candidate | None:
        on = date.fromisoformat(self.on) if self.on else DAY
        result = geocode(
            self.name, country=self.country or None, region=self.region or None, on=on, gazetteer=gazetteer
        )
        best = next(iter(result.candidates), None)
        return None if best is None or result.ambiguous or best.score < SETTLED_FROM else best

    def is_met_by(self, found: Candidate) -> bool:
        kind, _, what = self.expected.partition(":")
        if kind == "country":
            return (found.feature, found.country) == ("country", what)
        if kind == "region":
            name, _, country = what.rpartition("/")
            names = map(fold, (found.name, *found.other_names))
            return found.feature in AREAS and found.country == country and fold(name) in names
        if kind not in ("at", "airfield") or found.lon is None or found.lat is None:
            return False
        lon, lat, km = map(float, what.split())
        is_kind = (found.feature == "airfield") == (kind == "airfield") and found.feature not in AREAS
        return is_kind and distance_m((lon, lat), (found.lon, found.lat)) <= km * KM


@dataclass(frozen=True)
class Answer:
    label: Label
    found: Candidate | None

    @property
    def is_right(self) -> bool:
        return self.found is not None and self.label.is_met_by(self.found)

    @property
    def is_to_be_settled(self) -> bool:
        return ":" in self.label.expected

    def __str__(self) -> str:
        found = self.found and f"{self.found.name} ({self.found.feature}, {self.found.country}, {self.found.score})"
        context = ", ".join(filter(None, (self.label.country, self.label.region)))
        return f"{self.label.name!r} {context}: {found or 'not settled'}, not {self.label.expected}"


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    gazetteer = Gazetteer(BUNDLED.folder)
    with LIST.open(encoding="utf-8", newline="") as file:
        labels = [Label(**row) for row in csv.DictReader(file)]
    return [Answer(label, label.settled(gazetteer)) for label in labels]


def wrong(answers: Iterable[Answer]) -> str:
    """What is wrong, a line each, to be shown when a share is missed."""
    return "\n".join(str(a) for a in answers if not a.is_right and (a.found or a.is_to_be_settled))


def test_the_list_has_names_of_all_kinds(answers: list[Answer]) -> None:
    kinds = {answer.label.kind for answer in answers}
    assert {"towns", "old names", "scripts", "ambiguous", "airfields", "regions", "demonyms", "unknown"} <= kinds
    assert len(answers) >= 600


def test_what_is_settled_is_right(answers: list[Answer]) -> None:
    settled = [answer for answer in answers if answer.found]
    right = sum(answer.is_right for answer in settled)
    assert right >= 0.97 * len(settled), f"{right} of {len(settled)}:\n{wrong(settled)}"


def test_most_names_are_settled(answers: list[Answer]) -> None:
    wanted = [answer for answer in answers if answer.is_to_be_settled]
    right = sum(answer.is_right for answer in wanted)
    assert right >= 0.9 * len(wanted), f"{right} of {len(wanted)}:\n{wrong(wanted)}"


def test_countries_and_regions_are_found(answers: list[Answer]) -> None:
    wanted = [answer for answer in answers if answer.label.kind in ("countries", "regions")]
    right = sum(answer.is_right for answer in wanted)
    assert right >= 0.97 * len(wanted), f"{right} of {len(wanted)}:\n{wrong(wanted)}"


@pytest.mark.parametrize("kind", ["ambiguous", "demonyms", "unknown"])
def test_what_nobody_could_know_is_not_guessed(answers: list[Answer], kind: str) -> None:
    guessed = [answer for answer in answers if answer.label.kind == kind and answer.found]
    assert len(guessed) <= 0.1 * sum(answer.label.kind == kind for answer in answers), wrong(guessed)
