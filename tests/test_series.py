"""A figure for every day, week, category or place: the same events, one extent and scale, names that fit a file."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.choice.options import SERIES
from dashboard.export.figure import Drawn, draw_each
from dashboard.export.files import files_of
from geodata.errors import ChoiceError, NothingFound
from geodata.filter import Filter
from geodata.language.language import CODES
from geodata.record.model import CATEGORIES, Event, Site
from geodata.store.opening import open_data
from geodata.store.result import MOST_AT_ONCE
from geodata.store.store import Store
from tests.figures import MADE_ON, asked, dataset_of, drawn, place, store_of, svg_words
from tests.records import Dataset, store_over
from tests.test_report import overlap

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.conftest import RunCli

SPOTS = [place("Almaty", 76.9, 43.25), place("Aktau", 51.2, 43.7), place("Москва", 37.6, 55.8, "RU")]
DAYS = st.integers(0, 60).map(lambda n: date(2021, 12, 20) + timedelta(n))


def series(store: Store, where: Filter | None = None, **options: object) -> list[Drawn]:
    return list(draw_each(store, asked(where, **{"size": "column", **options})))


def names(store: Store, each: str, **where: object) -> tuple[str, ...]:
    return files_of(store, asked(Filter.parse(**where), each=each))


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    first = draw(DAYS)
    sites = draw(st.lists(st.sampled_from(SPOTS), max_size=2, unique=True))
    return Event(
        event_id=f"E{number}", category=draw(st.sampled_from(CATEGORIES)), event_type="", sub_event_type="", title="",
        date_start=first, date_end=first + timedelta(draw(st.integers(0, 9))), time_precision=1,
        sites=tuple(Site(spot.place_id, "at", "settlement") for spot in sites),
        country="" if sites else draw(st.sampled_from(("", "KZ"))), actors=(), notes="", source_ids=(),
    )  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_events_of_all_values_are_those_of_the_choice(data: st.DataObject) -> None:
    record = tuple(data.draw(events(number)) for number in range(data.draw(st.integers(1, 6))))
    store = store_over(Dataset("d", "Title", record, (), (), tuple(SPOTS)))
    days = sorted(data.draw(st.lists(DAYS, max_size=2)))
    where = Filter(
        date_from=days[0] if days else None,
        date_to=days[1] if len(days) == 2 else None,
        lists=data.draw(st.sampled_from(((), (("places", ("KZ",)),), (("places", ("almaty", "RU")),)))),
    )
    whole = {event.event_id for event in store.query(where).events}
    for each in SERIES:
        try:
            figures = drawn_values(store, where, each)
        except NothingFound:
            assert whole == set()
        else:
            assert set().union(*figures) == whole
    store.close()


def drawn_values(store: Store, where: Filter, each: str) -> list[set[str]]:
    """The ids of each value's events, by the filter that its figure is drawn with."""
    from dashboard.report.series.values import values_of  # noqa: PLC0415

    return [{event.event_id for event in store.query(value.where).events} for value in values_of(store, where, each)]


def test_days_run_from_the_first_to_the_last_on_which_something_may_have_happened(store: Store) -> None:
    assert names(store, "day", **{"from": "2022-01-11"}) == tuple(f"2022-01-{day}" for day in range(13, 20))
    assert names(store, "day", **{"from": "2022-01-06", "to": "2022-01-07"}) == ("2022-01-06", "2022-01-07")


def test_weeks_run_from_monday_to_sunday_within_the_dates_asked_for(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-12"})
    found = [(d.name, d.scene.result.where.describe_dates()) for d in series(store, where, each="week")]
    assert found == [("2022-W01", "6–9 January 2022"), ("2022-W02", "10–12 January 2022")]


def test_categories_stand_in_the_order_of_the_catalogue_and_places_by_name(store: Store) -> None:
    assert names(store, "category", categories="other,clash,protest") == ("clash", "protest", "other")
    assert names(store, "place", places="Almaty,aktobe,Taldykorgan,nur-sultan", categories="clash") == (
        "aktobe", "almaty", "nur-sultan", "taldykorgan",
    )  # fmt: skip
    assert names(store, "place", categories="political")[-2:] == ("kazakhstan-country-wide", "without-a-place")


def test_a_series_of_places_is_drawn_however_many_events_each_has(tmp_path: Path) -> None:
    rows = [f"Event {n},clash,2022-01-05,Town {n % 2},{70 + n % 2},44,KZ" for n in range(MOST_AT_ONCE + 1)]
    rows.append("Wide,protest,2022-01-05,,,,KZ")
    (tmp_path / "many.csv").write_text("\n".join(["title,category,date_start,place,lon,lat,country", *rows]))
    many = open_data([tmp_path / "many.csv"], None)
    found = {figure.name: figure.scene.result.count for figure in series(many, each="place")}
    assert found == {"town-0": MOST_AT_ONCE // 2 + 1, "town-1": MOST_AT_ONCE // 2, "kazakhstan-country-wide": 1}


def test_certain_dates_keep_in_a_day_only_what_happened_on_it_for_certain(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-10", "dates": "must"})
    for figure in series(store, where, each="day"):
        assert {(e.date_start, e.date_end) for e in figure.scene.result.events} <= {
            (figure.scene.result.where.date_from,) * 2
        }


@pytest.mark.parametrize("size", ["A4", "A4-landscape", "column", "square"])
@pytest.mark.parametrize("each", ["week", "category"])
def test_all_figures_have_one_frame_and_nothing_stands_on_it_or_on_other_texts(
    store: Store, each: str, size: str
) -> None:
    figures = series(store, each=each, size=size)
    assert len(figures) > 2
    assert len({(f.report.frame, f.report.scale_bar) for f in figures}) == 1
    width, height = figures[0].report.options.size.points
    for figure in figures:
        around = [words for words in figure.report.words if words.role in {"title", "lead", "panel", "note"}]
        assert [(a.text, b.text) for a, b in itertools.combinations(around, 2) if overlap(a.box, b.box)] == []
        assert [words.text for words in around if overlap(words.box, figure.report.frame.box)] == []
        boxes = [words.box for words in figure.report.words]
        assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= width and b[3] <= height for b in boxes)


def test_the_days_of_a_week_have_the_extent_and_scale_of_the_week(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-03", "to": "2022-01-09"})
    figures = series(store, where, each="day")
    assert len(figures) == 7
    assert len({figure.report.frame for figure in figures}) == 1


def test_a_chosen_frame_is_the_extent_of_all_and_what_lies_beyond_is_said_where_it_does(store: Store) -> None:
    figures = series(store, Filter.parse(categories="deployment,political"), each="category", frame="46,40,88,56")
    assert len({figure.report.frame for figure in figures}) == 1
    for figure in figures:
        said = " ".join(words.text for words in figure.report.words if words.role == "note")
        assert ("Beyond the frame" in said) == bool(figure.report.beyond)
        notes = [words.box for words in figure.report.words if words.role == "note"]
        assert not any(overlap(box, figure.report.frame.box) for box in notes)
    assert any(figure.report.beyond for figure in figures)


def test_the_inset_and_the_north_arrow_of_a_small_area_stand_still(store: Store) -> None:
    where = Filter.parse(
        **{"from": "2022-01-03", "to": "2022-01-08", "places": "almaty,taldykorgan", "categories": "clash"}
    )
    figures = series(store, where, each="day", frame="75,42,80,46", size="A4-landscape")
    (inset,) = {figure.report.locator.box for figure in figures if figure.report.locator}
    assert len({figure.report.north for figure in figures}) == 1
    assert not overlap(inset, figures[0].report.north or (0, 0, 0, 0))
    for figure in figures:
        labels = [words.text for words in figure.report.words if words.role in {"place", "figure", "count"}
                  and overlap(words.box, inset)]  # fmt: skip
        assert labels == []


@pytest.mark.parametrize("each", ["week", "category"])
def test_panels_stand_beside_the_maps_of_a_series_and_leave_them_alike(store: Store, each: str) -> None:
    figures = series(store, each=each, panels="timeline,table", size="A4")
    assert len({figure.report.frame for figure in figures}) == 1
    for figure in figures:
        words = [words for words in figure.report.words if words.role in {"title", "lead", "panel", "note", "timeline"}]
        assert [each.text for each in words if overlap(each.box, figure.report.frame.box)] == []
    assert any(figure.report.panels for figure in figures)


def test_a_value_without_events_is_drawn_and_says_so(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-10", "to": "2022-01-13"})
    empty = next(figure for figure in series(store, where, each="day") if figure.name == "2022-01-11")
    assert "No events match" in {words.text for words in empty.report.words}
    assert "Legend" not in {words.text for words in empty.report.words}


@pytest.mark.parametrize(
    ("each", "title"),
    [("day", "5 January 2022"), ("week", "3–9 January 2022"), ("category", "clashes"), ("place", "Almaty")],
)
def test_the_title_says_the_value_even_after_a_very_long_one(each: str, title: str) -> None:
    (figure,) = series(store_of(place("Almaty", 76.9, 43.25)), each=each)
    assert figure.report.title == f"Title: {title}"
    for size in ("A4", "column"):
        (figure,) = series(store_of(place("Almaty", 76.9, 43.25)), each=each, title="word " * 3000, size=size)
        assert title in " ".join(words.text for words in figure.report.words if words.role == "title")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
def test_names_are_unique_and_fit_a_file_of_any_system(texts: list[str]) -> None:
    spots = [replace(place(text, 70, 45), place_id=f"p{n}") for n, text in enumerate(texts)]
    store = store_of(*spots)
    found = names(store, "place")
    store.close()
    assert len({name.casefold() for name in found}) == len(texts)
    for name in found:
        assert name and not set(name) & set('<>:"/\\|?*. ') and name.isprintable()
        assert name.split("-")[0] not in {"con", "nul", "aux", "prn"} or "-" in name
        assert len(name.encode()) <= 100


def test_too_many_figures_are_refused_with_the_way_to_fewer() -> None:
    data = dataset_of(place("Almaty", 76.9, 43.25))
    event = replace(data.events[0], date_end=date(2024, 1, 5))
    with pytest.raises(ChoiceError, match=r"731 .*expected at most 366.*each=week"):
        names(store_over(replace(data, events=(event,))), "day")


def test_a_series_of_nothing_is_told_and_not_drawn(store: Store) -> None:
    with pytest.raises(NothingFound, match="No events match"):
        names(store, "day", q="no event says this")


def test_the_command_writes_a_file_for_each_value_beside_the_name(
    run_cli: RunCli, call_cli: RunCli, tmp_path: Path
) -> None:
    words = [
        "--from",
        "2022-01-06",
        "--to",
        "2022-01-07",
        "--each",
        "day",
        "--size",
        "column",
        "--made-on",
        "2026-01-02",
    ]
    done = run_cli("dashboard", "export", tmp_path / "map.svg", *words)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["made map-2022-01-06.svg", "made map-2022-01-07.svg"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["map-2022-01-06.svg", "map-2022-01-07.svg"]
    again = tmp_path / "again.svg"
    assert call_cli("dashboard", "export", again, *words).returncode == 0
    assert (tmp_path / "again-2022-01-06.svg").read_bytes() == (tmp_path / "map-2022-01-06.svg").read_bytes()


def test_a_series_of_nothing_leaves_with_status_1_and_no_file(call_cli: RunCli, tmp_path: Path) -> None:
    done = call_cli("dashboard", "export", tmp_path / "map.svg", "--each", "day", "--q", "no event says this")
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "No events match" in done.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/export/map.svg?each=day", "arrange=page"),
        ("/export/map.png?each=week&arrange=files", "gif"),
        ("/export/map.svg?arrange=page", "each"),
        ("/export/map.gif", "each"),
        ("/export/map.webp?each=day&arrange=page", "arrange"),
        ("/export/map.svg?each=month", "month"),
    ],
)
def test_an_address_that_is_not_one_file_is_refused_with_what_to_ask_instead(
    client: FlaskClient, address: str, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert said in answer.text
    assert "Traceback" not in answer.text


# Small multiples: all values on one page.


@pytest.mark.parametrize(
    ("size", "each"), [("A4", "week"), ("A4-landscape", "day"), ("slide", "day"), ("square", "category"), ("A4", "day")]
)
def test_a_page_of_small_maps_has_one_for_each_value_with_heading_and_count(store: Store, size: str, each: str) -> None:
    where = Filter.parse(**{"from": "2022-01-02", "to": "2022-01-13"})
    values = series(store, where, each=each)
    (figure,) = series(store, where, each=each, arrange="page", size=size)
    headings = [words for words in figure.report.words if words.role == "heading"]
    assert len(headings) == 2 * len(values)
    for value, title, count in zip(values, headings[::2], headings[1::2], strict=True):
        shown = len(value.scene.result.events)
        assert title.text.split()[0].casefold() in value.report.title.casefold()
        assert count.text.split(" event")[0] == (str(shown) if shown else "no")
    assert figure.report.scale_bar
    panel = " ".join(words.text for words in figure.report.words if words.role == "panel")
    assert panel.count("Legend") == 1
    for entry in figure.report.legend:
        assert entry.text in panel


@pytest.mark.parametrize("size", ["A4", "A4-landscape", "slide", "portrait"])
def test_no_texts_of_a_page_of_small_maps_overlap_or_are_too_small(store: Store, size: str) -> None:
    where = Filter.parse(**{"from": "2022-01-02", "to": "2022-01-13"})
    (figure,) = series(store, where, each="day", arrange="page", size=size)
    words = [w for w in figure.report.words if w.role not in {"tag", "count"}]
    assert [(a.text, b.text) for a, b in itertools.combinations(words, 2) if overlap(a.box, b.box)] == []
    width, height = figure.report.options.size.points
    assert all(w.box[0] >= 0 and w.box[1] >= 0 and w.box[2] <= width and w.box[3] <= height for w in words)
    assert min(w.size for w in words) >= 6.5


def test_events_that_lie_for_certain_in_no_day_are_counted_under_the_small_maps(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-10", "dates": "must"})
    (figure,) = series(store, where, each="day", arrange="page", size="A4")
    shown = store.query(where).events
    longer = sum(event.date_start < event.date_end for event in shown)
    notes = " ".join(words.text for words in figure.report.words if words.role == "note")
    assert 0 < longer < len(shown)
    assert f"On none of the maps: {longer} events that lie in no one day for certain." in notes


def test_more_small_maps_than_find_room_are_refused_with_how_many_do(store: Store) -> None:
    with pytest.raises(ChoiceError, match=r"25 maps.*at most \d+.*each week"):
        series(store, each="day", arrange="page", size="75x75mm")


def test_a_page_of_small_maps_is_the_same_bytes_twice_and_over_http(store: Store, client: FlaskClient) -> None:
    options = {"each": "week", "arrange": "page", "size": "A4"}
    one = drawn(store, **options)
    assert one == drawn(store, **options)
    answer = client.get(f"/export/map.svg?each=week&arrange=page&size=A4&made_on={MADE_ON}")
    assert answer.data == one
    assert "3–9 January 2022" in svg_words(one)


def test_the_files_of_a_series_have_the_same_names_in_every_language(store: Store) -> None:
    names = {lang: files_of(store, asked(each="place", lang=lang)) for lang in CODES}
    assert set(map(frozenset, names.values())) == {frozenset(names["en"])}
    assert {"almaty", "kazakhstan-country-wide", "without-a-place"} <= set(names["en"])
