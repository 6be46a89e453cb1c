"""The sources of a flat table are documents: a name, an address, or several of both in one cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import rows


def test_sources_are_documents_with_their_addresses_and_ids_that_can_stand_in_a_list(tmp_path: Path) -> None:
    cell = "The Paper (p. 3, <1>): https://example.org/a?b=1; https://example.org/c; reuters; Reuters; A.B; A B"
    data = rows(tmp_path, "title,date_start,source", f'x,2022-01-05,"{cell}"', "y,2022-01-06,Reuters")
    assert [(source.title, source.url) for source in data.sources] == [
        ("The Paper (p. 3, <1>)", "https://example.org/a?b=1"),
        ("https://example.org/c", "https://example.org/c"),
        ("reuters", ""), ("Reuters", ""), ("A.B", ""), ("A B", ""),
    ]  # fmt: skip
    ids = [source.source_id for source in data.sources]
    assert list(data.events[0].source_ids) == ids
    assert ids[2:4] == ["reuters", "Reuters"]
    assert [len(found) for found in ids[4:]] == [len("A-B-123456")] * 2
    assert not any(mark in source_id for source_id in ids for mark in " ,;<>[]()")
    assert data.events[1].source_ids == ("Reuters",)


@pytest.mark.parametrize("between", [" ", ", ", ",", "; ", ";", "\n", " | ", " and "])
def test_several_addresses_in_one_cell_are_several_sources(tmp_path: Path, between: str) -> None:
    cell = between.join(("https://a.org/1?b=2,3", "http://b.org/2", "https://web.archive.org/web/2022/https://c.org/3"))
    data = rows(tmp_path, "title,date_start,source", f'x,2022-01-05,"{cell}"')
    assert [source.url for source in data.sources] == [source.title for source in data.sources] == [
        "https://a.org/1?b=2,3", "http://b.org/2", "https://web.archive.org/web/2022/https://c.org/3",
    ]  # fmt: skip
    assert data.events[0].source_ids == tuple(source.source_id for source in data.sources)


@pytest.mark.parametrize(
    "cell", ["Reuters: https://a.org/1, AP (https://b.org/2)", "https://a.org/1 - Reuters, https://b.org/2 (AP)"]
)
def test_the_words_beside_each_address_of_a_cell_stay_with_it(tmp_path: Path, cell: str) -> None:
    data = rows(tmp_path, "title,date_start,source,deaths", f'x,2022-01-05,"{cell}",5')
    found = [(source.title.strip("()"), source.url) for source in data.sources]
    assert found == [("Reuters", "https://a.org/1"), ("AP", "https://b.org/2")]
    assert "several sources" in data.claims[0].notes


def test_the_order_of_the_rows_changes_no_id_of_a_source(tmp_path: Path) -> None:
    lines = ("x,2022-01-05,A.B", "y,2022-01-06,A B")
    one, two = (rows(tmp_path, "title,date_start,source", *found) for found in (lines, lines[::-1]))
    assert {s.title: s.source_id for s in one.sources} == {s.title: s.source_id for s in two.sources}
