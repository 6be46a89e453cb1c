"""Names of places as others write them: each settles, or stays a question that is told."""

from __future__ import annotations

from typing import Any

from tests.opened import opened


def test_spellings_old_names_and_tails_settle_and_namesakes_stay_questions(capsys: Any, tmp_path: Any) -> None:
    found = opened(capsys, tmp_path, "c22_names.csv")
    assert {name for event in found.events for name in event.unsettled} == {"Springfield", "Tripoli"}


def test_regions_by_their_names_are_areas_and_no_towns(capsys: Any, tmp_path: Any) -> None:
    found = opened(capsys, tmp_path, "c28_admin.csv")
    assert [event.unsettled for event in found.events if event.unsettled] == []
    towns = {"New York, NY", "Hammond, IN"}
    precisions = {"region", "district", "fuzzy"}
    assert len(found.events) == 19
    for event, written in zip(found.events, found.written("place"), strict=True):
        assert event.geo_precision in ({"settlement"} if written in towns else precisions), written
