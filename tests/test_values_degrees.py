"""Coordinates as people write them: in any notation, in one cell or two, exchanged, or in metres."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.angles import Axis
from geodata.importers.values.degrees import (
    are_exchanged,
    looks_projected,
    plain_numbers,
    read_degrees,
    read_points,
)

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("33.5", "lat", 33.5),
        (" 33.5 ", "lat", 33.5),
        ("+33.5", "lat", 33.5),
        ("−33.5", "lat", -33.5),
        ("-33.5°", "lat", -33.5),
        ("33,5", "lat", 33.5),
        ("٣٣٫٥", "lat", 33.5),
        ("3.35E1", "lat", 33.5),
        ("33.5 N", "lat", 33.5),
        ("33.5 S", "lat", -33.5),
        ("33.5° S", "lat", -33.5),
        ("Süd 33.5", "lat", -33.5),
        ("33.5 с.ш.", "lat", 33.5),
        ("33.5 в.д.", "lon", 33.5),
        ("33°30'N", "lat", 33.5),
        ("33º30’S", "lat", -33.5),
        ("33°30′00″N", "lat", 33.5),
        ("N33 30 00", "lat", 33.5),
        ("33:30", "lat", 33.5),
        ("33deg30min W", "lon", -33.5),
        ("33° 29' 60.0\" E", "lon", None),
        ("190", "lon", -170.0),
        ("360", "lon", 0.0),
        ("-180", "lon", -180.0),
    ],
)
def test_degrees_are_read_in_any_notation(text: str, axis: Axis, degrees: float | None) -> None:
    assert read_degrees([text], axis).found == [degrees]


@pytest.mark.parametrize(
    ("text", "axis", "rule"),
    [
        ("91", "lat", "degrees-range"),
        ("-200", "lon", "degrees-range"),
        ("361", "lon", "degrees-range"),
        ("795609", "lon", "degrees-range"),
        ("1e999", "lat", "degrees-range"),
        ("inf", "lat", "degrees"),
        ("-Infinity", "lat", "degrees"),
        ("33 30", "lat", "degrees"),
        ("52 5200", "lat", "degrees"),
        ("33°61'N", "lat", "degrees"),
        ("33.5°20'N", "lat", "degrees"),
        ("33°20'10s", "lat", "degrees"),
        ("1,234.5", "lat", "degrees"),
        ("9" * 400, "lat", "degrees"),
        ("Kyiv", "lat", "degrees"),
        ("33.5 E", "lat", "degrees-letter"),
        ("33.5 N", "lon", "degrees-letter"),
        ("-33.5 S", "lat", "degrees-letter"),
        ("10 O", "lon", "degrees-letter"),
    ],
)
def test_what_is_no_coordinate_is_refused_by_name(text: str, axis: Axis, rule: str) -> None:
    answers = read_degrees([text], axis)
    assert answers.found == [None]
    assert answers.refusals[0].rule == rule
    assert answers.refusals[0].message.startswith(repr(text)[:30])
    assert "expected" in answers.refusals[0].message


@pytest.mark.parametrize("text", ["n/a", "unknown", "-", "NaN", "неизвестно"])
def test_a_word_for_no_number_is_none_without_a_refusal(text: str) -> None:
    answers = read_degrees([text, ""], "lat")
    assert answers.found == [None, None]
    assert not answers.refusals
    assert answers.repairs == {0: f"{text!r} is no number; the cell counts as empty."}


def test_what_is_read_otherwise_than_it_stands_is_told() -> None:
    assert read_degrees(["52,5200", "48,1371"], "lat").told == ("Commas are decimal commas, as in '48,1371'.",)
    assert read_degrees(["33°20'N"], "lat").repairs == {0: '"33°20\'N" is read as 33.33333333 degrees.'}
    assert read_degrees(["190"], "lon").repairs == {
        0: "'190' is read as -170 degrees (longitudes count from -180 to 180)."
    }
    plain = read_degrees(["33.3", "-170"], "lon")
    assert (plain.told, plain.repairs) == ((), {})


def test_the_letter_o_is_east_beside_west_and_west_beside_east() -> None:
    assert read_degrees(["10 O", "5 W"], "lon").found == [10, -5]
    assert read_degrees(["10 O", "5 E"], "lon").found == [-10, 5]
    assert read_degrees(["10 O", "5 E"], "lon").told == ("The letter O is west (ouest, oeste), as E stands for east.",)
    assert read_degrees(["10 O", "5 E", "5 W"], "lon").found == [None, 5, -5]
    assert read_degrees(["10 Ost", "10 ouest"], "lon").found == [10, -10]


@pytest.mark.parametrize(
    "text",
    [
        "50.45, 30.52",
        "50.45,30.52",
        "50.45; 30.52",
        "50.45 30.52",
        "50.45/30.52",
        "(50.45, 30.52)",
        "[50.45, 30.52]",
        "50,45 30,52",
        "50,45; 30,52",
        "50,45, 30,52",
        "50.45N, 30.52E",
        "N 50.45 E 30.52",
        "30.52E 50.45N",
        "50°27′N 30°31′12″E",
        "lat: 50.45, lon: 30.52",
        "lon 30.52 lat 50.45",
        "POINT (30.52 50.45)",
        "POINT Z (30.52 50.45 0)",
        "SRID=4326;POINT(30.52 50.45)",
        '{"type":"Point","coordinates":[30.52,50.45]}',
        "geo:50.45,30.52",
        "https://www.google.com/maps/@50.45,30.52,15z",
        "https://www.openstreetmap.org/?mlat=50.45&mlon=30.52#map=12/50/30",
        "https://yandex.ru/maps/?ll=30.52%2C50.45&z=12",
        "https://yandex.ru/maps/?ll=30%2C50&pt=30.52,50.45&z=12",
        '{"lat": 50.45, "lng": 30.52}',
        "{'longitude': '30.52', 'latitude': '50.45'}",
        "50.45, 30.52 (approx)",
        "~50.45, 30.52",
        "https://www.google.com/maps?q=50.45,30.52",
        "https://www.openstreetmap.org/#map=12/50.45/30.52",
        "50.45 30.52 0 0",
    ],
)
def test_a_point_in_one_cell_is_read(text: str) -> None:
    (point,) = read_points([text]).found
    assert point == pytest.approx((30.52, 50.45))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Kyiv", "degrees"),
        ("50.45", "degrees"),
        ("50,4512,30,5213", "degrees"),
        ("50 N, 30 N", "degrees"),
        ("91.5, 191.5", "degrees-range"),
        ("50.45, 400", "degrees-range"),
        ("795609, 618963", "degrees-range"),
        ("1e999, 0.5", "degrees-range"),
    ],
)
def test_what_is_no_point_is_refused_by_name(text: str, rule: str) -> None:
    answers = read_points([text, "unknown", ""])
    assert answers.found == [None, None, None]
    assert {i: refusal.rule for i, refusal in answers.refusals.items()} == {0: rule}


def test_points_of_the_case_files() -> None:
    answers = read_points(["50.45, 30.52", "49.99; 36.23", "48°51′24″N 2°21′8″E"])
    assert answers.found[:2] == [(30.52, 50.45), (36.23, 49.99)]
    assert answers.found[2] == pytest.approx((2.3522, 48.8567), abs=1e-4)
    assert answers.told == ("The latitude comes first, as in '49.99; 36.23'.",)
    assert list(answers.repairs) == [2]


def test_a_number_beyond_90_says_for_the_column_that_the_longitude_comes_first() -> None:
    answers = read_points(["130.52, 50.45", "30.5, 50.4"])
    assert answers.found == [(130.52, 50.45), (30.5, 50.4)]
    assert answers.told == ("The longitude comes first, as in '130.52, 50.45'.",)
    assert read_points(["795609, 50.45", "30.5, 50.4"]).found == [None, (50.4, 30.5)]
    contradicting = read_points(["130.52, 50.45", "30.5, 150.4"])
    assert contradicting.found == [None, (150.4, 30.5)]


def test_metres_of_a_projection_are_seen() -> None:
    assert looks_projected(plain_numbers(["795609", "x"]), plain_numbers(["618963", ""]))
    assert not looks_projected(plain_numbers(["190", "76,9"]), plain_numbers(["43.2", "0"]))
    assert not looks_projected([], [])


def test_exchanged_columns_are_seen_by_the_countries() -> None:
    lon, lat = np.linspace(30.5, 30.85, 8), np.linspace(50.4, 50.63, 8)
    assert are_exchanged(lat, lon, np.array(["UA"] * 8)) == 1.0
    assert are_exchanged(lon, lat, np.array(["UA"] * 8)) == 0.0
    assert are_exchanged([50.4, 30.5], [30.5, 50.4], ["UA", "UA"]) == 0.5
    assert are_exchanged(lat, lon, [""] * 8) == 0.0


def test_exchanged_columns_are_seen_without_countries_where_a_latitude_is_beyond_90() -> None:
    assert are_exchanged([43.2, 43.3], [76.9, 143.3]) == 0.5
    assert are_exchanged([43.2, math.nan], [143.3, 1]) == 1.0
    assert are_exchanged([], []) == 0.0


@given(LATS)
def test_each_latitude_reads_back(degrees: float) -> None:
    text = f"{degrees:.6f}"
    assert read_degrees([text], "lat").found == [float(text)]
    assert read_degrees([text.replace(".", ",")], "lat").found == [float(text)]


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS"))
def test_each_degree_minute_and_second_reads_back(degree: int, minute: int, second: int, letter: str) -> None:
    expected = (degree + minute / 60 + second / 3600) * (-1 if letter == "S" else 1)
    for text in (f"{degree}°{minute}′{second}″{letter}", f"{letter} {degree} {minute} {second}"):
        assert read_degrees([text], "lat").found == [pytest.approx(expected)]


@given(LONS, LATS)
def test_each_point_reads_back(lon: float, lat: float) -> None:
    x, y = f"{lon:.5f}", f"{lat:.5f}"
    for text in (f"{y}, {x}", f"POINT ({x} {y})", f"{y.replace('.', ',')}; {x.replace('.', ',')}"):
        (point,) = read_points([text]).found
        # Where the longitude alone lies beyond 90 degrees, only one order is possible, and it is this one.
        assert point == (float(x), float(y))


@given(st.permutations(["33.3", "52,5", "33°20'N", "x", "n/a", "", "91"]))
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    one, other = read_degrees(texts, "lat"), read_degrees(sorted(texts), "lat")
    assert dict(zip(texts, one.found, strict=True)) == dict(zip(sorted(texts), other.found, strict=True))
    assert one.told == other.told
    assert one == read_degrees(texts, "lat")


@given(st.text(max_size=40) | st.text("0123456789.,-+°'\"NSEWO ();einf", max_size=20))
def test_any_text_is_in_range_or_refused_or_empty(text: str) -> None:
    for axis, limit in (("lat", 90), ("lon", 180)):
        found = read_degrees([text], "lat" if axis == "lat" else "lon").found[0]
        assert found is None or abs(found) <= limit
    point = read_points([text]).found[0]
    assert point is None or (abs(point[0]) <= 180 and abs(point[1]) <= 90)
