"""The bundled data set says what its source says, no more, and in the published shapes."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.filter import Filter
from geodata.formats import text as formats
from geodata.formats.frame import EVENT_COLUMNS, event_geometry, events_frame
from geodata.importers import BUNDLED
from geodata.places.spatial import distance_m
from geodata.record.history import as_known_on
from geodata.record.model import Event, Place, Site
from geodata.store.store import Store
from tests.figures import dataset_of, place
from tests.records import Dataset, read_data, store_over
from tests.server import ROOT

ARTICLE_SHA256 = "57fa6f5c186150782f922bf762f1e1f77efa338585d8a7227f2068a282f9a986"
ARTICLE_LENGTH = 3889  # code points
ARTICLE = "article-2022-01-10"
GEOMETRIES = {
    "LineString": ["E1"],
    "MultiPoint": ["E6", "E15"],
    "Point": ["E2", "E3", "E10", "E11", "E14", "E18", "E19", "E20", "E21", "E26", "E27"],
    None: [f"E{n}" for n in (4, 5, 7, 8, 9, 12, 13, 16, 17, 22, 23, 24, 25, 28, 29)],
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return read_data(BUNDLED)


def loaded(pieces: Iterable[str]) -> Any:
    return json.loads("".join(pieces))


def features(store: Store, **choice: str) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]]
    found = loaded(formats.events_geojson(store.query(Filter.parse(**choice)), store.name))
    return found["features"]


def test_fourteen_events_of_the_article_come_before_those_of_the_days_around_it(data: Dataset) -> None:
    assert [event.event_id for event in data.events] == [f"E{n}" for n in range(1, 30)]
    first, others = data.events[:14], data.events[14:]
    counts = {"deployment": 3, "clash": 3, "detention": 2, "political": 5, "other": 1}
    assert Counter(event.category for event in first) == counts
    assert {event.source_ids for event in first} == {(ARTICLE,)}
    assert Counter(event.category for event in others) == {"deployment": 6, "political": 4, "clash": 3, "protest": 2}
    assert [event.date_start for event in others] == sorted(event.date_start for event in others)


def test_the_source_of_the_article_gives_its_events_and_claims_and_no_others(store: Store) -> None:
    found = store.query(Filter.parse(sources=ARTICLE))
    assert [event.event_id for event in found.events] == [f"E{n}" for n in range(1, 15)]
    assert [claim.claim_id for claim in found.claims] == [f"C{n}" for n in range(1, 9)]


def test_titles_are_short_and_inferred_days_are_marked(data: Dataset) -> None:
    assert all(len(event.title) <= 70 for event in data.events)
    inferred = {event.event_id for event in data.events if "inferred" in event.notes}
    assert inferred >= {"E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E12"}
    assert "inferred" in next(claim.notes for claim in data.claims if claim.claim_id == "C4")


def test_the_claims_are_the_eight_of_the_article(data: Dataset) -> None:
    found = [
        (
            c.claim_id,
            c.event_id,
            c.measure,
            c.low,
            c.high,
            c.qualifier,
            c.population,
            str(c.said_on),
            c.status,
        )
        for c in data.claims
        if c.source_id == ARTICLE
    ]
    assert found == [
        ("C1", "E1", "flights", 170, 170, "exact", "all", "2022-01-10", "standing"),
        ("C2", "E4", "attacks", 6, 6, "exact", "all", "2022-01-10", "standing"),
        ("C3", "E6", "deaths", 500, None, "over", "all", "2022-01-08", "standing"),
        ("C4", "E7", "deaths", 26, 26, "exact", "all", "2022-01-07", "superseded"),
        ("C5", "E7", "deaths", 164, 164, "exact", "all", "2022-01-09", "retracted"),
        ("C6", "E7", "deaths", 100, None, "hundreds", "civilians", "2022-01-10", "standing"),
        ("C7", "E7", "deaths", 3, 3, "exact", "children", "2022-01-10", "standing"),
        ("C8", "E8", "detained", 6000, None, "over", "all", "2022-01-10", "standing"),
    ]
    related = {c.claim_id: (c.part_of, c.supersedes, c.echo_of) for c in data.claims if c.source_id == ARTICLE}
    assert {claim_id: found for claim_id, found in related.items() if any(found)} == {
        "C2": ("", "", "C9"), "C5": ("", "", "C17"), "C7": ("C6", "", ""),
    }  # fmt: skip


def test_every_claim_of_the_article_points_into_it_in_order_and_apart(data: Dataset) -> None:
    (source,) = [source for source in data.sources if source.sha256]
    assert (source.source_id, source.sha256, source.url, source.reliability) == (ARTICLE, ARTICLE_SHA256, "", "D")
    spans = sorted((c.locator.start, c.locator.end, c.locator.paragraph) for c in data.claims if c.locator)
    assert len(spans) == 8
    assert all(0 <= start < end <= ARTICLE_LENGTH for start, end, _ in spans)
    assert all(a[1] <= b[0] and a[2] <= b[2] for a, b in pairwise(spans))
    assert {paragraph for *_, paragraph in spans} == {1, 2, 3}


def test_164_is_one_claim_with_an_echo_on_the_whole_country_and_nowhere_else(data: Dataset) -> None:
    heard, echo = sorted((claim for claim in data.claims if claim.low == 164), key=lambda claim: claim.echo_of)
    assert (heard.claim_id, echo.claim_id, echo.echo_of) == ("C17", "C5", "C17")
    for claim in (heard, echo):
        assert (claim.event_id, claim.scope, claim.status) == ("E7", "Kazakhstan", "retracted")
        assert (str(claim.said_on), str(claim.status_on)) == ("2022-01-09", "2022-01-10")
    (event,) = [event for event in data.events if event.event_id == "E7"]
    assert (event.sites, event.country, event.geo_precision) == ((), "KZ", "country")


def figures(data: Dataset, claimant: str, measure: str, scope: str = "Kazakhstan") -> list[tuple[Any, ...]]:
    return [
        (c.low, str(c.said_on), c.status, str(c.status_on or ""))
        for c in data.claims
        if (c.claimant, c.measure, c.scope, c.population) == (claimant, measure, scope, "all")
    ]


def test_the_later_figures_of_an_office_supersede_its_earlier_ones_to_the_last(data: Dataset) -> None:
    assert figures(data, "Prosecutor General's Office", "deaths") == [
        (225, "2022-01-15", "superseded", "2022-03-14"),
        (230, "2022-03-14", "superseded", "2022-05-05"),
        (232, "2022-05-05", "superseded", "2022-08-31"),
        (238, "2022-08", "superseded", "2023-01-05"),
        (238, "2023-01-05", "standing", ""),
    ]
    assert figures(data, "Ministry of the Interior", "detained") == [
        (6000, "2022-01-10", "standing", ""),
        (2298, "2022-01-06", "superseded", "2022-01-07"),
        (3000, "2022-01-07", "superseded", "2022-01-09"),
        (5135, "2022-01-09", "superseded", "2022-01-09"),
        (5969, "2022-01-09", "superseded", "2022-01-10"),
    ]


def test_the_parts_that_are_itemised_leave_open_what_nobody_itemised(data: Dataset) -> None:
    parts: dict[str, dict[str, int | None]] = {}
    for claim in data.claims:
        if claim.part_of and claim.population == "all":
            parts.setdefault(claim.part_of, {})[claim.scope] = claim.low
    assert parts == {
        "C17": {"Almaty": 103, "Kyzylorda Region": 21, "Zhambyl Region": 10, "Almaty Region": 8},  # 142 of 164
        "C35": {"Almaty": 139},  # of 230
        "C40": {"Almaty": 151, "Kyzylorda": 26, "Shymkent": 20, "Taraz": 17},  # 214 of 238
    }


def test_the_recorded_fates_are_those_that_the_arithmetic_derives(data: Dataset) -> None:
    unrecorded = [
        replace(claim, status="standing", status_on=None) if claim.status == "superseded" else claim
        for claim in data.claims
    ]
    assert as_known_on(unrecorded, None) == as_known_on(data.claims, None) == data.claims


def test_a_source_without_a_recorded_document_says_that_it_cannot_be_judged(data: Dataset) -> None:
    (source,) = [source for source in data.sources if source.source_id == "public-reporting-2022"]
    assert (source.reliability, source.url, source.published_on) == ("F", "", None)
    assert {event.source_ids for event in data.events[14:]} == {("public-reporting-2022",)}
    assert all(source.reliability and source.notes for source in data.sources)
    assert all(source.url or "address" in source.title + source.notes for source in data.sources)


def test_astana_and_nur_sultan_are_one_place_with_the_name_of_the_day(data: Dataset, store: Store) -> None:
    (capital,) = [place for place in data.places if {"Astana", "Nur-Sultan"} & set(place.all_names())]
    assert {event.event_id for event in data.events if capital.place_id in {s.place_id for s in event.sites}} == {
        "E2",
        "E6",
        "E10",
    }
    six = features(store)[5]["properties"]
    assert six["places"] == "Almaty; Nur-Sultan; Aktobe; Taldykorgan"


def test_no_place_is_the_shrine_and_every_place_has_a_cyrillic_name(data: Dataset) -> None:
    assert sorted(place.place_id for place in data.places) == [
        *("aktau", "aktobe", "almaty", "chkalovsky", "geneva", "nur-sultan", "taldykorgan", "vatican"),
        *("zhanaozen", "zhetygen"),
    ]
    assert all(any("а" <= letter <= "я" for letter in " ".join(place.all_names())) for place in data.places)


def test_the_data_package_is_valid_by_the_frictionless_library() -> None:
    from frictionless import Package  # noqa: PLC0415 (heavy, and one test's)

    report = Package(str((BUNDLED / "datapackage.json").relative_to(ROOT))).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])


def test_the_data_package_names_licence_source_and_day_and_every_column() -> None:
    package = json.loads((BUNDLED / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert package["sources"]
    assert package["created"]
    for resource in package["resources"]:
        header = (BUNDLED / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
        assert not {"hash", "bytes"} & resource.keys()


def test_each_event_has_the_geometry_of_its_sites(store: Store) -> None:
    found: dict[str | None, list[str]] = {}
    for feature in features(store):
        kind = feature["geometry"] and feature["geometry"]["type"]
        found.setdefault(kind, []).append(feature["properties"]["event_id"])
    assert found == GEOMETRIES


def test_the_flight_is_a_great_circle_of_about_3060_km_in_short_steps(store: Store) -> None:
    line = [tuple(point) for point in features(store)[0]["geometry"]["coordinates"]]
    assert (line[0], line[-1]) == ((38.0617, 55.8783), (77.1168, 43.733))
    steps = [distance_m(a, b) for a, b in pairwise(line)]
    # 3,057 km on a sphere of the mean radius, 3,065 km on the ellipsoid
    assert sum(steps) == pytest.approx(3_061_000, abs=5_000)
    assert max(steps) < 26_000


def test_geojson_has_the_published_properties_in_order_and_six_decimals(store: Store) -> None:
    collection = loaded(formats.events_geojson(store.query(Filter()), store.name))
    assert collection.keys() == {"type", "name", "features", "sites", "places", "claims", "sources"}
    for feature in collection["features"]:
        assert tuple(feature["properties"]) == EVENT_COLUMNS
    line = collection["features"][0]["geometry"]["coordinates"]
    assert all(round(number, 6) == number for point in line for number in point)
    properties = collection["features"][0]["properties"]
    assert (properties["country"], properties["places"]) == ("RU; KZ", "Chkalovsky; Zhetygen")
    assert [feature["properties"]["country"] for feature in collection["features"]][3] == "KZ"


def test_a_flow_over_the_antimeridian_is_cut_in_two() -> None:
    places = (Place("a", "A", 179.0, 10.0, "city", "FJ"), Place("b", "B", -179.0, 20.0, "city", "FJ"))
    (event,) = [event for event in read_data(BUNDLED).events if event.event_id == "E1"]
    sites = (Site("a", "origin", "site"), Site("b", "destination", "site"))
    values = {name: getattr(event, name) for name in Event.__slots__} | {"sites": sites, "source_ids": ()}
    store = store_over(Dataset("x", "X", (Event(**values),), (), (), places))
    found = store.query(Filter())
    geometry = event_geometry(found.events[0], found)
    store.close()
    assert geometry is not None
    assert geometry["type"] == "MultiLineString"
    west, east = geometry["coordinates"]
    assert (west[0], west[-1][0], east[0][0], east[-1]) == ((179.0, 10.0), 180, -180, (-179.0, 20.0))
    assert west[-1][1] == east[0][1]
    assert all(-180 <= lon <= 180 for piece in geometry["coordinates"] for lon, _ in piece)


def test_the_frame_has_the_same_rows_and_geometries_as_the_geojson(store: Store) -> None:
    frame = events_frame(store.query(Filter()))
    assert list(frame.columns) == [*EVENT_COLUMNS, "geometry"]
    assert frame.crs == "EPSG:4326"
    kinds = [geometry and geometry.geom_type for geometry in frame.geometry]
    assert kinds == [feature["geometry"] and feature["geometry"]["type"] for feature in features(store)]
    assert str(frame.date_start.iloc[0].date()) == "2022-01-06"
    assert len(events_frame(store.query(Filter.parse(q="no such text")))) == 0


@pytest.mark.parametrize(("lon", "to"), [(180.0, 170.0), (180.0, -170.0), (-180.0, 170.0), (170.0, 180.0)])
def test_a_flow_to_or_from_the_antimeridian_itself_has_no_piece_without_length(lon: float, to: float) -> None:
    places = (place("a", lon, 10.0, "FJ"), place("b", to, 20.0, "FJ"))
    data = dataset_of(*places)
    flow = replace(data.events[0], sites=(Site("a", "origin", "site"), Site("b", "destination", "site")))
    geometry = event_geometry(flow, store_over(replace(data, events=(flow,))).query(Filter())) or {}
    assert geometry["type"] == "LineString"
    assert all(a != b for a, b in pairwise(geometry["coordinates"]))
    assert all(-180 <= lon <= 180 for lon, _ in geometry["coordinates"])


def test_the_claims_json_has_the_published_shape(store: Store) -> None:
    found = json.loads(
        "".join(formats.claims_json(store.query(Filter.parse(as_of="2022-01-10", sources=ARTICLE)), "deaths"))
    )
    assert found.keys() == {"as_of", "claims", "ranges"}
    assert found["as_of"] == "2022-01-10"
    assert [claim["claim_id"] for claim in found["claims"]] == ["C3", "C4", "C5", "C6", "C7"]
    assert found["claims"][0] == {
        **{"claim_id": "C3", "event_id": "E6", "measure": "deaths", "low": 500, "best": None, "high": None},
        **{"qualifier": "over", "claimant": "free voices in the country", "via": "Il Giornale"},
        **{"said_on": "2022-01-08", "scope": "Almaty, Nur-Sultan, Aktobe and Taldykorgan together"},
        **{"population": "all", "part_of": None, "supersedes": None, "echo_of": None},
        **{"status": "standing", "status_on": None},
        **{"source_id": "article-2022-01-10", "locator": {"paragraph": 2, "start": 2357, "end": 2372}},
    }
    assert [(span["population"], span["low"], span["high"], span["claims"]) for span in found["ranges"]] == [
        ("all", 500, None, ["C3"]),
        ("civilians", 100, None, ["C6"]),
        ("children", 3, 3, ["C7"]),
    ]
    assert loaded(formats.claims_json(store.query(Filter())))["as_of"] is None


def test_csv_tables_begin_with_the_published_columns(store: Store) -> None:
    result = store.query(Filter())
    events, claims = "".join(formats.events_csv(result)), "".join(formats.claims_csv(result))
    assert events.startswith(",".join(EVENT_COLUMNS) + "\nE1,deployment,")
    assert claims.splitlines()[0] == ",".join(formats.CLAIM_COLUMNS + formats.LOCATOR_COLUMNS)
    assert claims.splitlines()[1].startswith("C1,E1,flights,170,170,170,exact,the article,,2022-01-10,")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", ";=1", "＝1", "＋1", "－1", "＠A", "'=1"]
)
def test_no_text_cell_begins_like_a_formula(text: str) -> None:
    assert read_csv(formats.csv_text([["a", "b"], [text, "x"]])) == [["a", "b"], [f"'{text}", "x"]]


def test_numbers_stay_numbers_and_none_is_empty() -> None:
    assert formats.csv_text([["a"], [-5], [-1.5], [None], ["5-6"]]) == "a\n-5\n-1.5\n\n5-6\n"


@given(st.lists(st.text(st.sampled_from("a'=-+@;,\"\t\n\r＝ "), max_size=6), min_size=2, max_size=2))
def test_taking_one_apostrophe_off_a_guarded_cell_gives_back_every_text(texts: list[str]) -> None:
    (_, cells) = read_csv(formats.csv_text([["a", "b"], texts]))
    guarded = [cell.startswith("'") and cell.lstrip("'")[:1] in set("=+-@;\t\r\n＝") - {""} for cell in cells]
    assert [cell[1:] if guard else cell for cell, guard in zip(cells, guarded, strict=True)] == texts


def read_csv(text: str) -> list[list[str]]:
    """A second opinion on our own writer."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_folder_carries_no_sentence_of_its_source() -> None:
    files = [path for path in Path(BUNDLED).iterdir() if path.is_file()]
    assert {path.name for path in files} == {
        *("README.md", "datapackage.json", "events.csv", "claims.csv", "sources.csv", "places.csv"),
    }
    assert not any(
        phrase in path.read_text("utf-8") for path in files for phrase in ("losses", "eye level", "multiple shots")
    )
