"""The report figure: what stands on the page, that it fits, and that it is true."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dashboard.choice.options import FigureOptions
from dashboard.choice.request import FigureRequest
from dashboard.choice.sizes import SIZES
from dashboard.choice.view import View
from dashboard.layers import LAYERS
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.places.spatial import distance_m
from geodata.store.store import Store
from tests.figures import bundled, composed, drawn, place, store_of, svg_words

ON_MAP = {"place", "figure", "tag", "country", "count"}


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("size", [*SIZES, "75x75mm", "160x100mm", "1200x500px", "500x1200px", "900x900mm"])
def test_every_text_is_on_the_page_and_of_six_and_a_half_points_or_more(store: Store, size: str) -> None:
    report = composed(store, size=size)
    width, height = report.options.size.points
    outside = [w for w in report.words if w.box[0] < 0 or w.box[1] < 0 or w.box[2] > width or w.box[3] > height]
    assert outside == []
    assert min(words.size for words in report.words) >= 6.5


@pytest.mark.parametrize("size", SIZES)
def test_no_two_labels_on_the_map_overlap(store: Store, size: str) -> None:
    labels = [words for words in composed(store, size=size).words if words.role in {"place", "country", "figure"}]
    assert len(labels) > 8
    assert [(a.text, b.text) for a, b in itertools.combinations(labels, 2) if overlap(a.box, b.box)] == []


@pytest.mark.parametrize("size", SIZES)
def test_texts_around_the_map_do_not_overlap_and_stay_off_it(store: Store, size: str) -> None:
    report = composed(store, Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09"}), size=size)
    around = [words for words in report.words if words.role in {"title", "lead", "panel", "note"}]
    assert [(a.text, b.text) for a, b in itertools.combinations(around, 2) if overlap(a.box, b.box)] == []
    assert [words.text for words in around if overlap(words.box, report.frame.box)] == []


def test_every_place_of_the_shown_events_is_named_once_on_the_map(store: Store) -> None:
    names = [words.text for words in composed(store).words if words.role == "place"]
    for name in (
        "Chkalovsky",
        "Zhetygen",
        "Almaty",
        "Nur-Sultan",
        "Aktobe",
        "Taldykorgan",
        "Geneva",
        "Vatican",
        "Zhanaozen",
        "Aktau",
    ):
        assert names.count(name) == 1


def test_ninety_places_in_one_town_are_named_or_said_to_be_left_out() -> None:
    crowd = [place(f"Place number {n}", 76.9 + n % 7 * 0.01, 43.2 + n // 7 * 0.01) for n in range(90)]
    report = composed(store_of(*crowd), size="column")
    named = {words.text for words in report.words if words.role == "place"}
    assert named | set(report.left_out) == {spot.name for spot in crowd}
    assert report.left_out
    assert f"No room on the map for {len(report.left_out)} labels" in " ".join(w.text for w in report.words)


@pytest.mark.parametrize(
    "spots",
    [
        [(76.9, 43.25)],  # a town
        [(71.4, 51.2), (57.2, 50.3), (38.1, 55.9)],  # a continent's middle latitudes
        [(-70.0, -33.4), (-58.4, -34.6)],  # the south
        [(178.5, 64.7), (-173.2, 64.4)],  # across the antimeridian
        [(15.6, 78.2), (30.0, 80.0)],  # near the pole
        [(-122.4, 37.8), (151.2, -33.9), (18.4, -33.9), (139.7, 35.7)],  # the world
    ],
)
def test_the_scale_bar_is_as_long_on_the_ground_as_it_says_within_one_per_cent(
    spots: list[tuple[float, float]],
) -> None:
    report = composed(store_of(*(place(f"P{n}", *spot) for n, spot in enumerate(spots))))
    bar = report.scale_bar
    assert bar
    ends = [
        (float(lon), float(lat))
        for lon, lat in report.frame.to_ground(np.array([(bar.left, bar.y), (bar.right, bar.y)]))
    ]
    assert distance_m(*ends) == pytest.approx(bar.length_m, rel=0.01)
    said = float(bar.label.split(" km")[0].replace(",", "")) * 1000 if " km" in bar.label else float(bar.label[:-2])
    assert said == bar.length_m
    # Every place is on the page, in the map.
    for spot in spots:
        assert report.frame.contains(report.frame.to_page(np.array([spot]))[0])


def test_a_map_is_never_narrower_than_forty_kilometres() -> None:
    report = composed(store_of(place("Almaty", 76.9, 43.25)))
    left, bottom, right, top = report.frame.box
    assert min(right - left, top - bottom) / report.frame.scale >= 40_000


def test_the_origin_of_a_flow_is_inside_the_map(store: Store) -> None:
    report = composed(store, Filter.parse(categories="deployment"))
    assert report.frame.contains(report.frame.to_page(np.array([(38.0617, 55.8783)]))[0])


def test_the_frame_option_sets_the_extent_and_what_lies_beyond_is_said(store: Store) -> None:
    report = composed(store, frame="46,40,88,56")
    assert {"E11", "E14"} <= set(report.beyond)
    assert f"Beyond the frame: {len(report.beyond)} events" in " ".join(w.text for w in report.words)
    assert "Geneva" not in {words.text for words in report.words}


def test_an_area_chosen_in_the_filter_is_the_extent(store: Store) -> None:
    report = composed(store, Filter.parse(bbox="66,42,82,53"))
    west, _, east, _ = report.frame.window
    assert west < 66
    assert east > 82
    assert east - west < 50


@pytest.mark.parametrize("layers", [tuple(LAYERS), ("clashes", "labels"), ("deployments",), ("country", "casualties")])
def test_the_legend_says_what_was_drawn_and_no_more(store: Store, layers: tuple[str, ...]) -> None:
    report = composed(store, view=View(layers=layers))
    assert len(set(report.legend)) == len(report.legend)
    panel = " ".join(words.text for words in report.words if words.role == "panel")
    for entry in report.legend:
        assert entry.text in panel
    glyphs = {entry.glyph for entry in report.legend if entry.kind == "glyph"}
    assert ("▲" in glyphs) == ("clashes" in layers)
    assert any(entry.kind == "tag" for entry in report.legend) == ("country" in layers)


def test_the_page_says_filter_count_reasons_sources_version_date_projection_and_licences(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09", "categories": "clash,detention"})
    words = svg_words(drawn(store, where=where, size="A4"))
    shown = len(store.query(where).events)
    assert where.describe() in words
    assert f"showing {shown} of 29" in words
    assert "Hidden: " in words
    assert "in other categories" in words
    assert "Il Giornale" in words
    assert f"Data version {store.version}" in words
    assert "Made on 2 January 2026" in words
    assert "Projection: " in words
    assert "Natural Earth" in words
    assert "GeoNames (CC BY 4.0)" in words


def test_events_without_a_point_are_counted_and_listed(store: Store) -> None:
    words = " ".join(w.text for w in composed(store, size="A4").words if w.role == "panel")
    assert "Not on the map: 15 events" in words
    for event in bundled().events:
        if not event.sites:
            assert event.title in words


def test_a_list_that_finds_no_room_says_how_many_are_missing() -> None:
    nowhere = [place(f"N{n}", None, None) for n in range(300)]
    words = [w.text for w in composed(store_of(*nowhere), size="column").words if w.role == "panel"]
    assert "Not on the map: 300 events without a point" in " ".join(words)
    listed = sum(text.startswith("Event (") for text in words)
    assert f"and {300 - listed} more" in words


def test_no_event_is_said_on_the_map(store: Store) -> None:
    report = composed(store, Filter.parse(**{"from": "1990-01-01", "to": "1990-01-02"}))
    assert [words.text for words in report.words if words.role == "empty"] == ["No events match"]
    assert "no event matches" in report.alt


def test_a_record_without_any_place_draws_the_world() -> None:
    assert "Equal Earth" in composed(store_of()).frame.projection.name


def test_a_country_across_the_antimeridian_is_one_piece() -> None:
    report = composed(store_of(place("Russia", None, None, "RU")))
    west, _, east, _ = report.frame.window
    assert west < 28
    assert east > 190


def test_the_alt_text_names_places_and_figures_in_at_most_150_words(store: Store) -> None:
    alt = composed(store).alt
    assert "Chkalovsky to Zhetygen (170 flights" in alt
    assert "Over 500 killed in Almaty, Nur-Sultan, Aktobe, Taldykorgan together" in alt
    assert "690" not in alt
    many = store_of(*(place(f"A place of several words number {n}", 60 + n / 10, 45) for n in range(200)))
    assert len(composed(many).alt.split()) <= 150


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"size": "A9"}, "size"), ({"size": "30000x100px"}, "size"), ({"size": "2001x100mm"}, "size"),
        ({"size": "10x10mm"}, "size"), ({"size": "nanxinfmm"}, "size"), ({"dpi": "0"}, "dpi"), ({"dpi": "1e9"}, "dpi"),
        ({"scale": "-1"}, "scale"), ({"scale": "nan"}, "scale"), ({"scale": "1,2"}, "scale"),
        ({"theme": "neon"}, "theme"), ({"lang": "xx"}, "lang"), ({"made_on": "2022-02-30"}, "made_on"),
        ({"frame": "1,2,3"}, "frame"), ({"title": "x" * 20_001}, "title"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_read_is_refused_by_its_name(values: dict[str, str], key: str) -> None:
    with pytest.raises(ChoiceError) as refused:
        FigureRequest.parse(values, "svg")
    assert refused.value.key == key


def test_options_that_are_not_set_are_the_defaults() -> None:
    assert FigureRequest.parse({"size": "", "dpi": None, "title": "", "theme": None}, "svg") == FigureRequest()


def test_sizes_are_read_by_name_millimetres_or_pixels() -> None:
    assert FigureOptions.parse(size="a4-LANDSCAPE").size == SIZES["A4-landscape"]
    assert FigureOptions.parse(size="160x120.5mm").size.css == ("160mm", "120.5mm")
    assert FigureOptions.parse(size="1200x800px").size.points == (900, 600)


def test_the_legend_of_a_frame_has_what_is_in_the_frame(store: Store) -> None:
    report = composed(store, frame="76,42.5,78.5,44.5")
    said = [words.text for words in report.words]
    assert "Clash" in said and "Political event" not in said
    assert "Political event" in [words.text for words in composed(store).words]
    assert [entry.text for entry in report.legend if entry.kind == "glyph"] == ["Forces present", "Clash"]
