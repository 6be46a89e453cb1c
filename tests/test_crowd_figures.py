"""Figures of more events than a reader can tell apart: cells as vectors, with true numbers, at any number of events."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.export.figure import Drawn, draw_each, draw_one
from dashboard.export.image import render
from geodata.filter import Filter
from geodata.store.opening import open_data
from geodata.store.store import Store
from tests.figures import asked
from tests.generated import flat_csv

EVENTS = 25_000  # more than are ever made objects at once


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("crowd") / "events.csv"
    flat_csv(path, EVENTS)
    return open_data([path], None)


@pytest.fixture(scope="module")
def drawn(store: Store) -> Drawn:
    return draw_one(store, asked(Filter(), size="A4-landscape", panels=("timeline", "table")))


def _texts(drawn: Drawn) -> str:
    return " ".join(words.text for words in drawn.report.words)


def test_the_cells_and_what_is_not_on_the_map_are_all_events(store: Store, drawn: Drawn) -> None:
    cells = drawn.scene.cells
    assert cells
    heading, *classes = drawn.report.legend
    found = re.fullmatch(r"([\d,]+) events in (\d+) cells with sides of [\d.,]+ km", heading.text)
    assert found and int(found[1].replace(",", "")) == cells.events and int(found[2]) == len(cells.units)
    off = re.search(r"Not on the map: ([\d,]+) events", _texts(drawn))
    assert off and int(off[1].replace(",", "")) == store.off_map(Filter(), 1)[0]
    assert cells.events + store.off_map(Filter(), 1)[0] == EVENTS
    assert [entry.kind for entry in classes] == ["cell"] * len(cells.classes)


def test_the_words_count_what_the_filter_keeps(drawn: Drawn) -> None:
    assert "showing 25,000 of 25,000 events" in _texts(drawn)
    assert re.search(r"Sources: .*; and [\d,]+ more in the data\.", _texts(drawn))
    assert re.search(r"Map of all events.*25,000 of 25,000 events: .*clashes", drawn.report.alt)
    assert "cells with sides of" in drawn.report.alt


def test_the_sources_are_those_of_the_events_that_are_shown(store: Store) -> None:
    commonest = store.facet_counts(Filter(), "sources", 8)
    where = Filter.parse(sources=",".join(option.value for option in commonest[4:]))
    shown = draw_one(store, asked(where, size="A4-landscape"))
    assert shown.scene.cells
    said = re.search(r"Sources: (.*); and [\d,]+ more in the data", _texts(shown))
    assert said
    named = set(said[1].split("; "))
    assert {option.label for option in commonest[4:]} <= named
    by_events = {source.title for part in store.query(where).parts() for source in part.sources.values()}
    assert named <= by_events


def test_cells_are_shapes_of_a_vector_file(drawn: Drawn) -> None:
    cells = drawn.scene.cells
    assert cells
    svg = render(drawn.report, "svg").decode()
    colors = {entry.color for entry in drawn.report.legend if entry.kind == "cell"}
    filled = [color for color in re.findall(r"fill: ?(#[0-9a-f]{6})", svg) if color in colors]
    assert len(filled) >= len(cells.units)
    assert "<image" not in svg


def test_what_tells_of_events_one_by_one_says_that_it_is_left_out(drawn: Drawn) -> None:
    assert drawn.report.panels == ("timeline",)
    assert "No room on this page: table of marks." in _texts(drawn)


def test_some_hundred_events_on_a_heap_are_cells_and_the_panels_tell_of_them_one_by_one(tmp_path: Path) -> None:
    rows = [f"Event {n},clash,2022-01-05,{70 + n % 20 / 500},{44 + n // 20 / 500},{n}" for n in range(150)]
    rows.append("Far away,protest,2022-01-06,120,10,")
    (tmp_path / "heap.csv").write_text("\n".join(["title,category,date_start,lon,lat,deaths", *rows]), encoding="utf-8")
    heap = open_data([tmp_path / "heap.csv"], None)
    found = draw_one(heap, asked(Filter(), size="A4", panels=("timeline", "claims", "table")))
    assert found.scene.cells and found.scene.cells.events == 151
    assert {entry.kind for entry in found.report.legend} <= {"heading", "cell"}
    assert set(found.report.panels) == {"timeline", "claims", "table"}
    assert "The events on the map" in _texts(found) and "Event 0" in _texts(found)
    closer = draw_one(heap, asked(Filter(), size="A4", frame=(69.999, 43.999, 70.004, 44.004)))
    assert closer.scene.cells is None


def test_many_events_at_few_places_are_drawn_one_by_one(tmp_path: Path) -> None:
    rows = [f"Event {n},protest,2022-01-05,{70 + n % 3},44" for n in range(900)]
    (tmp_path / "few.csv").write_text("\n".join(["title,category,date_start,lon,lat", *rows]), encoding="utf-8")
    found = draw_one(open_data([tmp_path / "few.csv"], None), asked(Filter(), size="A4"))
    assert found.scene.cells is None
    assert [words.text for words in found.report.words if words.role == "count"] == ["300"] * 3


def test_on_both_sides_of_180_degrees_no_event_is_lost(tmp_path: Path) -> None:
    at = [(sign * (176 + n % 30 / 10), -20 + n // 30 / 5) for n in range(600) for sign in (1, -1)]
    rows = [f"Event {n},protest,2022-01-05,{lon:.1f},{lat:.1f}" for n, (lon, lat) in enumerate(at)]
    (tmp_path / "fiji.csv").write_text("\n".join(["title,category,date_start,lon,lat", *rows]), encoding="utf-8")
    found = draw_one(open_data([tmp_path / "fiji.csv"], None), asked(Filter(), size="A4"))
    assert found.scene.cells and found.scene.cells.events == 1_200
    assert found.report.legend[0].text.startswith("1,200 events in")


def test_finer_cells_where_the_frame_is_smaller(store: Store, drawn: Drawn) -> None:
    closer = draw_one(store, asked(Filter(), size="A4-landscape", frame=(-20.0, -10.0, 60.0, 40.0))).scene.cells
    assert closer and drawn.scene.cells
    assert closer.grid > drawn.scene.cells.grid


def test_each_figure_of_a_series_has_its_own_cells(store: Store) -> None:
    where = Filter.parse(categories="clash,other")
    figures = [*draw_each(store, asked(where, size="A4", each="category"))]
    for figure in figures:
        off, _ = figure.scene.off_map_first(1)
        assert figure.scene.cells
        assert figure.scene.cells.events + off == figure.scene.result.count
    assert len(figures) == 2


def test_the_years_under_a_long_timeline_are_named_as_far_as_they_fit(store: Store) -> None:
    narrow = draw_one(store, asked(Filter(), size="A4", panels=("timeline",)))
    years = {int(text) for text in re.findall(r"\b(?:19|20)\d\d\b", _texts(narrow))}
    assert {1990, 2000, 2010} <= years
