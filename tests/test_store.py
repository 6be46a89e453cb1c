"""A question to the store keeps what the filter says, and counts what it hides and why."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.formats.frame import event_points
from geodata.importers import BUNDLED
from geodata.record.model import CATEGORIES, GEO_PRECISIONS, Event, Place, Site
from geodata.store.engines import duckdb
from geodata.store.engines.duckdb import DuckDB
from geodata.store.engines.queries import Written, written
from geodata.store.store import Store
from tests.areas import areas, covers
from tests.figures import bundled, place, places_by_id, sources_by_id, store_of
from tests.records import Dataset, read_data, store_over


def ids(store: Store, **choice: Any) -> list[str]:
    return [event.event_id for event in store.query(Filter.parse(**choice)).events]


ARTICLE = "article-2022-01-10"


# Worked out by hand from the first and last possible days of the events, and the first days on which they were told.
@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"from": "2022-01-06", "to": "2022-01-07"}, "E1 E2 E3 E4 E6 E7 E8 E9 E12 E21 E22 E23"),
        ({"from": "2022-01-06", "to": "2022-01-07", "sources": ARTICLE}, "E1 E2 E3 E4 E6 E7 E8 E9 E12"),
        ({"from": "2022-01-06", "to": "2022-01-07", "dates": "must"}, "E21 E22 E23"),
        ({"from": "2022-01-06", "to": "2022-01-09", "dates": "must"}, "E1 E10 E14 E21 E22 E23"),
        ({"to": "2022-01-01"}, "E5"),
        ({"from": "2022-01-10"}, "E2 E3 E4 E7 E8 E9 E11 E12 E13 E24 E25 E26 E27 E28 E29"),
        ({"categories": "deployment"}, "E1 E2 E3 E21 E22 E25 E26 E27 E28"),
        ({"categories": "deployment,other", "sources": ARTICLE}, "E1 E2 E3 E5"),
        ({"categories": "protest"}, "E15 E16"),
        ({"categories": "protest", "sources": ARTICLE}, ""),
        ({"claimants": "igor panarin"}, "E4"),
        ({"claimants": "President Tokayev,the article"}, "E1 E4 E7"),
        ({"claimants": "Prosecutor General's Office"}, "E7"),
        ({"sources": ARTICLE}, " ".join(f"E{n}" for n in range(1, 15))),
        ({"sources": "novinite-213108,vpk-570850"}, "E1 E7 E8"),
        ({"actors": "CSTO"}, "E2 E3 E4 E13 E22 E25 E26 E27 E28"),
        ({"places": "Astana"}, "E2 E6 E10"),
        ({"places": "Nur-Sultan"}, "E2 E6 E10"),
        ({"places": "Алматы"}, "E3 E6 E18 E19 E21 E27"),
        ({"places": "Mangystau Region"}, "E15"),
        ({"places": "CH,vatican"}, "E11 E14"),
        ({"precision": "near"}, "E2"),
        ({"precision": "country,unknown"}, "E4 E5 E7 E8 E9 E12 E13 E16 E17 E22 E23 E24 E25 E28 E29"),
        ({"q": "ANGELUS"}, "E14"),
        ({"q": "Актобе"}, "E6 E20"),
        ({"bbox": "76,43,78,44"}, "E1 E3 E6 E18 E19 E21 E26 E27"),
        ({"bbox": "6,46,7,47"}, "E11"),
        ({"bbox": "170,-90,13,90"}, "E11 E14"),
        ({"as_of": "2022-01-07"}, "E4 E7 E8 E15 E16 E17 E18 E19 E20 E21 E22 E23"),
        ({"as_of": "2022-01-07", "sources": ARTICLE}, "E4 E7 E8"),
        ({"as_of": "2022-01-08", "sources": ARTICLE}, "E4 E6 E7 E8"),
        ({"as_of": "2022-01-06"}, "E7 E8 E15 E16 E17 E18 E19 E20 E21 E22"),
        ({"as_of": "2022-01-05", "sources": ARTICLE}, ""),
        ({"as_of": "2022-01-01"}, ""),
        ({"categories": "clash", "places": "KZ", "from": "2022-01-09"}, "E4 E7"),
    ],
)
def test_a_filter_keeps_exactly_the_events_worked_out_by_hand(store: Store, choice: dict[str, str], kept: str) -> None:
    assert ids(store, **choice) == kept.split()


def test_164_stands_on_9_january_and_is_retracted_the_day_after(store: Store) -> None:
    fates = {
        day: {claim.claim_id: claim.status for claim in store.query(Filter.parse(as_of=day, sources=ARTICLE)).claims}
        for day in ("2022-01-08", "2022-01-09", "2022-01-10")
    }
    assert fates["2022-01-08"] == {"C3": "standing", "C4": "standing"}
    assert fates["2022-01-09"] == {"C3": "standing", "C4": "superseded", "C5": "standing"}
    assert fates["2022-01-10"]["C5"] == "retracted"
    assert fates["2022-01-10"]["C4"] == "superseded"


@pytest.mark.parametrize(
    ("day", "figure", "claim_id"),
    [
        ("2022-01-09", 164, "C17"),
        ("2022-01-15", 225, "C32"),
        ("2022-03-14", 230, "C35"),
        ("2022-08-30", 232, "C38"),
        ("2022-08-31", 238, "C39"),
        ("2023-01-05", 238, "C40"),
    ],
)
def test_the_toll_of_the_country_is_the_one_figure_that_stood_on_the_day(
    store: Store, day: str, figure: int, claim_id: str
) -> None:
    spans = store.query(Filter.parse(as_of=day)).ranges
    whole = [
        s for s in spans if (s.event_id, s.measure, s.scope, s.population) == ("E7", "deaths", "Kazakhstan", "all")
    ]
    assert [(span.low, span.high, span.claims) for span in whole] == [(figure, figure, (claim_id,))]


def test_hiding_a_voice_does_not_revive_what_it_superseded(store: Store) -> None:
    result = store.query(Filter.parse(as_of="2022-01-09", claimants="President Tokayev", sources=ARTICLE))
    assert [(claim.claim_id, claim.status) for claim in result.claims] == [
        ("C4", "superseded"),
        ("C5", "standing"),
    ]
    assert [(span.low, span.high) for span in result.ranges] == [(164, 164)]


def test_the_counts_of_the_categories_are_those_under_all_other_choices(store: Store) -> None:
    result = store.query(Filter.parse(categories="clash", precision="country"))
    expected = {"deployment": 3, "clash": 2, "protest": 1, "detention": 2, "political": 4, "other": 1}
    assert result.category_counts == expected
    assert list(result.category_counts) == list(CATEGORIES)


def test_the_events_of_any_date_are_those_kept_when_the_dates_are_lifted(store: Store) -> None:
    where = Filter.parse(categories="clash", **{"from": "2023-01-01"})
    result = store.query(where)
    assert result.events == ()
    assert result.any_date.events == store.query(where.lift("dates")).events != ()


def test_another_version_of_the_data_is_refused(store: Store) -> None:
    assert store.query(Filter.parse(v=store.version)).total == 29
    with pytest.raises(ChoiceError, match="The data was updated: version 'old' is asked for"):
        store.query(Filter.parse(v="old"))


def test_the_same_data_has_the_same_version_and_other_data_another() -> None:
    data = read_data(BUNDLED)
    changed = dataclasses.replace(data, claims=data.claims[1:])
    stores = [store_over(one) for one in (data, read_data(BUNDLED), changed)]
    versions = [one.version for one in stores]
    for one in stores:
        one.close()
    assert versions[0] == versions[1] != versions[2]


def test_an_empty_data_set_can_be_asked() -> None:
    store = store_over(Dataset("none", "None", (), (), (), ()))
    result = store.query(Filter.parse(q="x", places="KZ", bbox="0,0,1,1"))
    assert (result.events, result.total, result.hidden) == ((), 0, ())
    store.close()


def test_the_names_of_a_place_are_those_of_the_day() -> None:
    capital = next(place for place in read_data(BUNDLED).places if place.place_id == "nur-sultan")
    days = [date(1995, 1, 1), date(2019, 3, 22), date(2019, 3, 23), date(2022, 9, 16), date(2022, 9, 17)]
    assert [capital.name_on(day) for day in days] == [
        "Akmola",
        "Astana",
        "Nur-Sultan",
        "Nur-Sultan",
        "Astana",
    ]
    assert [capital.local_name_on(day) for day in days[1:]] == [
        "Астана",
        "Нұр-Сұлтан",
        "Нұр-Сұлтан",
        "Астана",
    ]


def may_lie(event: Event, first: date | None, last: date | None) -> bool:
    return not (first and event.date_end < first) and not (last and event.date_start > last)


def failing(store: Store, event: Event, where: Filter) -> tuple[str, ...]:
    """The reasons to hide an event, worked out without the store's tables."""
    claims = [claim for claim in bundled().claims if claim.event_id == event.event_id]
    places = [places_by_id()[site.place_id] for site in event.sites]
    named = {
        event.country,
        *(p.country for p in places),
        *(p.region for p in places),
        *(p.place_id for p in places),
    }
    named |= {name for place in places for name in place.all_names()}
    said = [claim.said_on.last for claim in claims]
    told = min(
        [*said, *(day for i in event.source_ids if (day := sources_by_id()[i].published_on))], default=event.date_end
    )
    west, south, east, north = where.bbox or (0, 0, 0, 0)
    checks = {
        "as_of": where.as_of is None or told <= where.as_of,
        "dates": may_lie(event, where.date_from, where.date_to)
        if where.dates == "may"
        else (where.date_from or date.min) <= event.date_start and event.date_end <= (where.date_to or date.max),
        "categories": not where.categories or event.category in where.categories,
        "claimants": not where.chosen("claimants")
        or bool({c.claimant for c in claims} & set(where.chosen("claimants"))),
        "actors": not where.chosen("actors") or bool(set(event.actors) & set(where.chosen("actors"))),
        "places": not where.chosen("places") or bool(named & set(where.chosen("places"))),
        "precision": not where.chosen("precision")
        or bool(
            {s.geo_precision for s in event.sites or (Site("", "", event.geo_precision),)}
            & set(where.chosen("precision"))
        ),
        "bbox": not where.bbox
        or any(
            south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)
            for lon, lat in event_points(event, places_by_id())
        ),
        "area": not where.area or any(covers(where.area, point) for point in event_points(event, places_by_id())),
    }
    return tuple(reason for reason, passed in checks.items() if not passed)


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    days = st.integers(1, 12).map(lambda n: f"2022-01-{n:02}")
    first, last = sorted([draw(days), draw(days)])
    south, north = sorted([draw(st.integers(30, 60)), draw(st.integers(30, 60))])
    everything: dict[str, st.SearchStrategy[Any]] = {
        "from": st.just(first),
        "to": st.just(last),
        "dates": st.sampled_from(["may", "must"]),
        "as_of": days,
        "categories": st.lists(st.sampled_from(CATEGORIES)),
        "claimants": st.lists(st.sampled_from(["President Tokayev", "the article", "Igor Panarin", "nobody"])),
        "actors": st.lists(st.sampled_from(["CSTO", "GRU", "nobody"])),
        "places": st.lists(st.sampled_from(["almaty", "Astana", "KZ", "RU", "Женева", "nowhere"])),
        "precision": st.lists(st.sampled_from(GEO_PRECISIONS)),
        "bbox": st.tuples(st.integers(0, 90), st.just(south), st.integers(0, 90), st.just(north)).map(list),
        "area": areas((72.0, 47.0), 25.0),
    }
    return {key: draw(everything[key]) for key in draw(st.sets(st.sampled_from(list(everything))))}


@given(choice=choices())
@settings(deadline=None)
def test_shown_and_hidden_make_the_total_with_the_reasons_of_a_count_by_hand(
    store: Store, choice: dict[str, Any]
) -> None:
    where = Filter.parse(**choice)
    result = store.query(where)
    by_hand = {event.event_id: failing(store, event, where) for event in bundled().events}
    assert [event.event_id for event in result.events] == [i for i, reasons in by_hand.items() if not reasons]
    assert result.total == len(result.events) + sum(hidden.count for hidden in result.hidden) == 29
    assert {hidden.reasons: hidden.count for hidden in result.hidden} == {
        reasons: list(by_hand.values()).count(reasons) for reasons in by_hand.values() if reasons
    }
    assert {claim.event_id for claim in result.claims} <= {event.event_id for event in result.events}


def test_a_flow_is_found_by_the_area_it_crosses(store: Store) -> None:
    assert ids(store, bbox="55,50,60,56") == ["E1", "E6", "E20"]


def test_a_place_without_a_point_gives_an_event_no_points() -> None:
    country = Place("kz", "Kazakhstan", None, None, "country", "KZ")
    event = dataclasses.replace(read_data(BUNDLED).events[3], sites=(Site("kz", "at", "country"),))
    assert event_points(event, {"kz": country}) == []


def test_a_search_finds_the_same_in_memory_and_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "MOST_SEARCHED", 0)
    of_file = store_over(read_data(BUNDLED))
    monkeypatch.undo()
    in_memory = store_over(read_data(BUNDLED))
    for words in ("almaty", "RUSSIAN TROOPS", "airport"):
        assert ids(of_file, q=words) == ids(in_memory, q=words) != []


def test_what_is_asked_again_is_not_asked_of_the_engine_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = store_of(place("Almaty", 76.9, 43.25))
    where = Filter.parse(categories="clash", q="almaty")
    first = asked.query(where)

    def broken(*_: object) -> object:
        raise AssertionError("the engine is asked")

    monkeypatch.setattr(DuckDB, "read", broken)
    again = asked.query(where)
    assert (again.count, again.hidden, again.category_counts) == (first.count, first.hidden, first.category_counts)
    with pytest.raises(AssertionError, match="the engine is asked"):
        asked.query(Filter.parse(categories="clash", q="aktau"))


@pytest.mark.parametrize("days", [("06", "06"), ("06", "09"), ("09", "09"), ("05", "11"), ("06", "06")])
def test_a_question_is_answered_by_its_own_values_whatever_was_asked_before(
    store: Store, days: tuple[str, str]
) -> None:
    first, last = (date.fromisoformat(f"2022-01-{day}") for day in days)
    kept = [e.event_id for e in read_data(BUNDLED).events if e.date_end >= first and e.date_start <= last]
    assert ids(store, **{"from": str(first), "to": str(last)}) == kept


def test_a_question_is_answered_by_the_record_that_is_asked() -> None:
    stores = [store_of(place("Almaty", 76.9, 43.25), event_title=title) for title in ("Bridge", "School", "Bridge")]
    assert [asked.query(Filter.parse(q="bridge")).count for asked in stores] == [1, 0, 1]


def test_no_word_of_a_reader_is_in_the_text_of_a_query_which_is_the_same_for_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Written] = []
    read = DuckDB.read
    monkeypatch.setattr(DuckDB, "read", lambda engine, each: asked.append(written(each)) or read(engine, each))
    texts = []
    for word, actor, day in (
        ("o'reilly'; drop table claims", "police", "2022-01-06"),
        ("almaty of nobody else's", "national guard", "2022-01-09"),
    ):
        asked.clear()
        store.query(Filter.parse(q=word, actors=[actor], **{"from": day}))
        assert {word, actor, date.fromisoformat(day)} <= {each.value for query in asked for each in query.values}
        texts.append([query.text for query in asked])
    assert texts[0] == texts[1]
    assert not any(word in text for text in texts[0] for word in ("reilly", "almaty", "police", "guard", "2022"))
