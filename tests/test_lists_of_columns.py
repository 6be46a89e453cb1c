"""Columns that others name in their own way: points beside those of areas, figures of some of the people, kinds of
events. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened

_PLACES = ("Almaty", "Astana", "Shymkent")


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


@pytest.mark.parametrize(
    "heading",
    ["Lat/Long of Location", "Lat/Lon", "Latitude/Longitude", "Coordinates of village", "GPS location", "Lat and long"],
)
def test_a_column_named_as_one_of_points_wins_over_degrees_without_a_heading(
    capsys: Any, tmp_path: Path, heading: str
) -> None:
    rows = [
        f'2022-01-0{n},A village,"4{n}.3812,7{n}.2519",4{n}.3812,{"" if n % 2 else 7}{n}.2519\n' for n in range(1, 9)
    ]
    found = _opened(capsys, tmp_path, f"date,village,{heading},,\n{''.join(rows)}")
    assert found.points() == [(70 + n + 0.2519, 40 + n + 0.3812) for n in range(1, 9)]


def test_a_point_as_r_writes_it_wins_over_the_interior_point_of_a_county(capsys: Any, tmp_path: Path) -> None:
    head = "date,location,internal_point_latitude,internal_point_longitude,geometry\n"
    rows = (
        '2019-03-01,"Reno, NV",40.734015,-119.66,"c(-119.813, 39.529)"\n2019-03-02,"Reno, NV",40.7,-119.6,"c(NA, NA)"\n'
    )
    found = _opened(capsys, tmp_path, head + rows)
    assert found.points()[0] == (-119.813, 39.529)
    assert found.events[0].sites[0].geo_precision == "settlement"
    assert abs(found.points()[1][1] - 39.53) < 0.1  # by its name


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("internal_point_latitude", "internal_point_longitude"),
        ("INTPTLAT", "INTPTLON"),
        ("county_lat", "county_lon"),
        ("centroid_y", "centroid_x"),
    ],
)
def test_the_middle_of_an_area_says_no_more_than_the_district(capsys: Any, tmp_path: Path, lat: str, lon: str) -> None:
    text = f"date,title,{lat},{lon}\n2019-03-01,A march,40.734015,-119.663\n2019-03-02,A rally,40.7,-119.6\n"
    found = _opened(capsys, tmp_path, text)
    assert [event.sites[0].geo_precision for event in found.events] == ["district", "district"]
    assert "middle of an area" in found.words


def test_the_point_of_an_event_wins_over_that_of_its_county(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,county_lat,county_lon,lat,lon\n2019-03-01,A march,40.734015,-119.663,39.529,-119.813\n"
    found = _opened(capsys, tmp_path, text)
    assert found.points() == [(-119.813, 39.529)]
    assert found.events[0].sites[0].geo_precision == "settlement"


def test_the_dead_of_whom_the_others_are_some_are_read_with_whom_they_count(capsys: Any, tmp_path: Path) -> None:
    head = "date,title,place,Aid Workers Killed,Female Aid Workers Killed,Aid Workers Killed in Captivity\n"
    found = _opened(capsys, tmp_path, head + "2022-01-05,An attack,Almaty,3,1,2\n2022-01-06,An ambush,Astana,2,0,0\n")
    assert [(claim.best, claim.population) for claim in found.claims] == [(3, "aid workers"), (2, "aid workers")]
    assert "'Female Aid Workers Killed' and 'Aid Workers Killed in Captivity' are of some of these" in found.words


@pytest.mark.parametrize(
    ("measure", "one", "other"),
    [
        ("deaths", "Educators Killed", "Students Killed"),
        ("injured", "Health Workers Injured", "Patients Injured"),
        ("detained", "Journalists Arrested", "Lawyers Arrested"),
    ],
)
def test_figures_of_two_kinds_of_people_are_not_added_up_and_the_import_says_how_one_is_read(
    capsys: Any, tmp_path: Path, measure: str, one: str, other: str
) -> None:
    text = f"date,title,place,{one},{other}\n2022-01-05,An attack,Almaty,3,1\n2022-01-06,An ambush,Astana,2,0\n"
    found = _opened(capsys, tmp_path, text)
    assert found.claims == ()
    assert f'{measure} = "{one}" under [columns] in a mapping reads one of them' in found.words
    (tmp_path / "list.mapping.toml").write_text(
        f'[columns]\ndate_start = "date"\ntitle = "title"\n{measure} = "{one}"\n'
    )
    found = opened(capsys, tmp_path, found.path, "--mapping", str(tmp_path / "list.mapping.toml"))
    whom = one.rpartition(" ")[0].casefold()
    assert [(claim.best, claim.population) for claim in found.claims] == [(3, whom), (2, whom)]


@pytest.mark.parametrize("heading", ["Wound", "Wounded_", "Nwound", "Injury", "Hurt"])
def test_the_injured_are_known_by_short_headings_too(capsys: Any, tmp_path: Path, heading: str) -> None:
    found = _opened(capsys, tmp_path, f"date,title,place,Killed,{heading}\n2022-01-05,An attack,Almaty,3,11\n")
    assert {claim.measure: claim.best for claim in found.claims} == {"deaths": 3, "injured": 11}


_SUMMARIES = {
    "arrest": "Police arrested two cadres in a village of the district",
    "murder": "A villager was found dead on the road to the market",
    "surrender": "Three members of the group gave up before officials",
}


@pytest.mark.parametrize("text", ["Summary", "Description", "Notes"])
def test_an_event_of_few_short_values_beside_a_text_is_its_kind_and_no_title(
    capsys: Any, tmp_path: Path, text: str
) -> None:
    rows = [
        f"2022-01-{n + 1:02},{_PLACES[n % 3]},{kind},{_SUMMARIES[kind]} number {n}\n"
        for n, kind in enumerate(["arrest", "murder", "arrest", "surrender", "arrest", "murder", "arrest", "arrest"])
    ]
    found = _opened(capsys, tmp_path, f"date,place,Event,{text}\n{''.join(rows)}", "violence.csv")
    kinds = {event.event_type: event.category for event in found.events}
    assert kinds == {"arrest": "detention", "murder": "clash", "surrender": "clash"}  # as the file is called
    assert found.events[0].title == f"{_SUMMARIES['arrest']} number 0"


def test_an_event_of_different_words_stays_the_title(capsys: Any, tmp_path: Path) -> None:
    rows = [f"2022-01-{n + 1:02},Almaty,Fair number {n},People came to the square and bought food\n" for n in range(8)]
    found = _opened(capsys, tmp_path, f"date,place,event,notes\n{''.join(rows)}")
    assert [event.title for event in found.events] == [f"Fair number {n}" for n in range(8)]


@pytest.mark.parametrize(
    ("heading", "kind", "category"),
    [
        *(("Attack", kind, "clash") for kind in ("Bombing/Explosion", "Armed Assault", "Hostage Taking (Kidnapping)")),
        *(("EventRootDescription", kind, "clash") for kind in ("Fight", "Assault", "Use conventional military force")),
        ("EventRootDescription", "Occupy territory", "clash"),
        ("EventRootDescription", "Exhibit Force Posture", "deployment"),
        *(("EventRootDescription", kind, "other") for kind in ("Consult", "Make a visit", "Coerce", "Threaten")),
        ("EventRootDescription", "Protest", "protest"),
    ],
)
def test_what_others_call_a_kind_is_read_as_one(
    capsys: Any, tmp_path: Path, heading: str, kind: str, category: str
) -> None:
    rows = f"2022-01-05,Almaty,{kind}\n2022-01-06,Astana,{kind}\n2022-01-07,Astana,Yield\n"
    found = _opened(capsys, tmp_path, f"date,place,{heading}\n{rows}")
    event = found.events[0]
    assert (event.event_type, event.category) == (kind, category)


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("A teacher was killed by gunmen", "clash"),
        ("A teacher was shot dead on her way", "clash"),
        ("A school was burned down by armed militants", "clash"),
        ("A convoy of the UN was ambushed on the road", "clash"),
        ("An aid convoy was attacked", "clash"),
        ("A convoy of six empty trucks on the way to the town was ambushed", "clash"),
        ("A shop was robbed by six men and the perpetrators were arrested", "clash"),
        ("A driver was beaten", "clash"),
        ("A political science teacher was arrested", "detention"),
        ("The military occupied two schools", "other"),
        ("A farmer was killed by lightning", "other"),
        ("An aid convoy arrived", "other"),
        ("Troops were deployed", "deployment"),
    ],
)
def test_who_did_it_and_with_what_say_the_kind_of_a_title(
    capsys: Any, tmp_path: Path, title: str, category: str
) -> None:
    assert [e.category for e in _opened(capsys, tmp_path, f"date,title\n2022-01-05,{title}\n").events] == [category]


@pytest.mark.parametrize(
    ("name", "tags", "category"),
    [
        ("list.csv", "arrest; journalist; protester", "detention"),
        ("list.csv", "journalist; protest; arrest", "protest"),
        ("protests.csv", "arrest; journalist; protester", "protest"),
        ("list.csv", "banner; caravan", "protest"),
    ],
)
def test_of_tags_in_several_categories_the_first_says_which_but_in_a_list_of_one_of_them(
    capsys: Any, tmp_path: Path, name: str, tags: str, category: str
) -> None:
    found = _opened(capsys, tmp_path, f"date,place,type\n2022-01-05,Almaty,{tags}\n", name)
    assert [event.category for event in found.events] == [category]


@pytest.mark.parametrize(
    "kind",
    [
        "mass meeting",
        "mass_meeting",
        "parade",
        "occupation",
        "walkout",
        "caravan",
        "boycott",
        "picket",
        "sit-in",
        "vigil",
    ],
)
def test_the_ways_in_which_people_protest_are_protests(capsys: Any, tmp_path: Path, kind: str) -> None:
    found = _opened(capsys, tmp_path, f"date,place,type\n2022-01-05,Almaty,{kind}\n")
    assert [event.category for event in found.events] == ["protest"]


@pytest.mark.parametrize("heading", ["susp_social_media_use", "suspect social media", "use of social media"])
def test_the_social_media_of_a_suspect_are_no_source(capsys: Any, tmp_path: Path, heading: str) -> None:
    found = _opened(capsys, tmp_path, f"date,title,place,killed,{heading}\n2022-01-05,An attack,Almaty,2,a forum\n")
    assert found.events[0].source_ids == ()
    assert [claim.claimant for claim in found.claims] == ["list.csv"]


def test_numbers_under_category_are_no_kinds_where_a_type_stands_beside_them(capsys: Any, tmp_path: Path) -> None:
    rows = ("2024-02-06,Protests,Jacmel,2024", "2025-02-07,Battles,Jacmel,2025", "2025-02-08,Battles,Jacmel,2025")
    found = _opened(capsys, tmp_path, "\n".join(["event_date,event_type,location,category", *rows]))
    assert sorted(event.category for event in found.events) == ["clash", "clash", "protest"]


@pytest.mark.parametrize("title", ["Ohio Fights Back", "Fight for 15", "Fighting for our future"])
def test_who_fights_in_a_figure_of_speech_is_in_no_clash(capsys: Any, tmp_path: Path, title: str) -> None:
    found = _opened(capsys, tmp_path, f"date,title,place\n2025-04-05,{title},Almaty\n2025-04-06,Fighting,Almaty\n")
    assert sorted(event.category for event in found.events) == ["clash", "other"]
