"""Fates as spans agree with the history that they are made from, on every day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from geodata.dates import PartialDay
from geodata.record.history import as_known_on
from geodata.record.spans import spans_of
from tests.figures import bundled
from tests.records import Dataset, columns_of, dataset_of
from tests.tangles import DAYS, FIRST, record


def fates(dataset: Dataset, day: date) -> dict[str, tuple[str, bool]]:
    """The fate of each claim said by a day, as the spans tell it, and whether its event is tangled."""
    claims = columns_of(dataset)["claims"]
    spans = {name: values.to_pylist() for name, values in spans_of(claims).items()}
    found = {}
    for row, claim in enumerate(dataset.claims):
        if claim.said_on.last > day:
            continue
        recorded = claim.status != "standing" and (claim.status_on is None or claim.status_on <= day)
        superseded = spans["superseded_from"][row]
        fate = claim.status if recorded else "superseded" if superseded and superseded <= day else "standing"
        until = spans["stands_until"][row]
        assert (fate == "standing") == (until is None or day < until)
        found[claim.claim_id] = fate, spans["tangled"][row]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_on_every_day_a_claim_of_no_tangle_has_the_fate_that_history_tells(seed: int) -> None:
    dataset = record(seed, 60)
    for number in range(0, DAYS + 90, 7):
        day = FIRST + timedelta(number)
        told = {claim.claim_id: claim.status for claim in as_known_on(dataset.claims, day)}
        spanned = fates(dataset, day)
        assert spanned.keys() == told.keys()
        untangled = {claim_id: fate for claim_id, (fate, tangled) in spanned.items() if not tangled}
        assert untangled.items() <= told.items()


def test_tangled_are_the_events_with_echoes_or_parts_and_no_others() -> None:
    dataset = record(7, 100)
    tangled = {claim.event_id for claim in dataset.claims if claim.part_of or claim.echo_of}
    spans = spans_of(columns_of(dataset)["claims"])["tangled"].to_pylist()
    assert {claim.event_id for claim, yes in zip(dataset.claims, spans, strict=True) if yes} == tangled != set()


def test_alone_are_the_claims_whose_event_has_no_other_of_their_measure() -> None:
    dataset = record(7, 100)
    counts = Counter((claim.event_id, claim.measure) for claim in dataset.claims)
    alone = spans_of(columns_of(dataset)["claims"])["alone"].to_pylist()
    assert alone == [counts[claim.event_id, claim.measure] == 1 for claim in dataset.claims]
    assert 0 < sum(alone) < len(alone)


def test_a_figure_said_on_an_unknown_day_of_a_month_is_only_replaced_by_what_is_surely_later() -> None:
    first, *others = record(3, 40).claims
    month = PartialDay.parse("2020-05")
    pair = tuple(
        type(first)(**{
            **{name: getattr(first, name) for name in first.__slots__}, "claim_id": name, "said_on": said,
            "supersedes": "", "part_of": "", "echo_of": "", "status": "standing", "status_on": None,
        })
        for name, said in (("a", month), ("b", PartialDay.parse("2020-05-20")), ("c", PartialDay.parse("2020-06-02")))
    )  # fmt: skip
    dataset = record(3, 40)
    dataset = Dataset("x", "X", dataset.events, pair, dataset.sources, dataset.places)
    assert spans_of(columns_of(dataset)["claims"])["superseded_from"].to_pylist() == [
        date(2020, 6, 2), date(2020, 6, 2), None,
    ]  # fmt: skip
    assert others


@pytest.mark.parametrize("seed", range(3))
def test_a_record_comes_out_of_its_columns_as_it_went_in(seed: int) -> None:
    for dataset in (record(seed, 80), bundled(), Dataset("x", "X", (), (), (), ())):
        assert dataset_of(columns_of(dataset)) == dataset
