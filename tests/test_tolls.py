"""Claims are kept apart: they span ranges, they are never added up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import PartialDay
from geodata.filter import Filter
from geodata.language.figure import say_figure
from geodata.record.history import as_known_on, changes
from geodata.record.model import Claim
from geodata.record.ranges import key_of, ranges
from geodata.store.store import Store
from tests.figures import bundled

FIRST = date(2022, 1, 1)


def day_of(number: int) -> PartialDay:
    """The n-th of January 2022."""
    day = FIRST + timedelta(number - 1)
    return PartialDay(day, day)


def claim(claim_id: str, low: int | None, high: int | None, said: int = 1, **others: Any) -> Claim:
    """A claim on E1 said on the n-th of January 2022."""
    values: dict[str, Any] = {
        **{"event_id": "E1", "measure": "deaths", "best": None, "qualifier": "exact", "claimant": claim_id},
        **{
            "via": "",
            "scope": "KZ",
            "population": "all",
            "part_of": "",
            "status": "standing",
            "status_on": None,
        },
        **{"source_id": "S1", "locator": None, **others},
    }
    return Claim(claim_id=claim_id, low=low, high=high, said_on=day_of(said), **values)


@st.composite
def record(draw: st.DrawFn) -> list[Claim]:
    """Some claims of few voices, scopes and populations, so that they meet."""
    claims: list[Claim] = []
    for number in range(draw(st.integers(0, 8))):
        low = draw(st.none() | st.integers(0, 300))
        high = draw(st.none() | st.integers(low or 0, 400))
        status = draw(st.sampled_from(["standing", "superseded", "retracted"]))
        said = draw(st.integers(1, 9))
        heard = draw(st.sampled_from([None, None, *claims]))
        if heard:  # an echo says what it heard, no earlier
            said = max(said, (heard.said_on.last - FIRST).days + 1)
            claims.append(replace(heard, claim_id=f"C{number}", claimant="press", echo_of=heard.claim_id, part_of="",
                                  supersedes="", said_on=day_of(said), status="standing", status_on=None))  # fmt: skip
            continue
        claims.append(
            claim(
                f"C{number}",
                *(low, high, said),
                claimant=draw(st.sampled_from(["ministry", "president"])),
                scope=draw(st.sampled_from(["KZ", "Almaty"])),
                population=draw(st.sampled_from(["all", "children"])),
                part_of=draw(st.sampled_from(["", *(c.claim_id for c in claims)])),
                supersedes=draw(st.sampled_from(["", *(c.claim_id for c in claims)])),
                status=status,
                status_on=None if status == "standing" else FIRST + timedelta(said + draw(st.integers(0, 3))),
            )
        )
    return claims


days = st.none() | st.integers(0, 14).map(lambda n: FIRST + timedelta(n))


@given(record(), days, st.randoms())
def test_the_order_of_claims_changes_no_range(claims: list[Claim], day: date | None, random: Any) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)

    def spans(claims: list[Claim]) -> set[object]:
        found = ranges(as_known_on(claims, day))
        return {(r.event_id, r.scope, r.population, r.low, r.high, frozenset(r.claims)) for r in found}

    assert spans(claims) == spans(shuffled)


@given(record(), days)
def test_a_range_never_goes_beyond_its_claims(claims: list[Claim], day: date | None) -> None:
    known = {claim.claim_id: claim for claim in as_known_on(claims, day)}
    for span in ranges(known.values()):
        members = [known[claim_id] for claim_id in span.claims]
        assert span.low in {claim.low for claim in members}
        assert span.high in {claim.high for claim in members}
        assert all(claim.status == "standing" for claim in members)
        assert {key_of(claim) for claim in members} == {(span.event_id, span.measure, span.scope, span.population)}


@given(record(), days)
def test_a_claim_stands_in_at_most_one_range(claims: list[Claim], day: date | None) -> None:
    used = [claim_id for span in ranges(as_known_on(claims, day)) for claim_id in span.claims]
    assert len(used) == len(set(used))


@given(record(), days)
def test_nothing_said_after_the_day_is_known_on_it(claims: list[Claim], day: date | None) -> None:
    known = [claim.claim_id for claim in as_known_on(claims, day)]
    assert known == [claim.claim_id for claim in claims if day is None or claim.said_on.last <= day]


@given(record(), days, st.data())
def test_hiding_a_claim_never_widens_a_range(claims: list[Claim], day: date | None, data: st.DataObject) -> None:
    known = as_known_on(claims, day)
    hidden = data.draw(st.sets(st.sampled_from([c.claim_id for c in claims]))) if claims else set()
    whole = {(r.scope, r.population): r for r in ranges(known)}
    for part in ranges([c for c in known if c.claim_id not in hidden], known):
        span = whole[part.scope, part.population]
        assert span.low is None or (part.low is not None and part.low >= span.low)
        assert span.high is None or (part.high is not None and part.high <= span.high)


def test_an_echo_of_a_part_stays_inside_the_whole_when_the_part_is_hidden() -> None:
    whole, part = claim("C1", 100, 100, claimant="ministry"), claim("C2", 3, 3, part_of="C1")
    echo = replace(part, claim_id="C3", claimant="press", part_of="", echo_of="C2")
    known = (whole, part, echo)
    assert ranges(known) == ranges([whole, echo], known)
    assert ranges([echo], known) == ()


@given(record(), st.integers(0, 14), st.integers(0, 14))
def test_what_fell_by_a_day_never_stands_again(claims: list[Claim], one: int, other: int) -> None:
    early, late = (FIRST + timedelta(n) for n in sorted((one, other)))
    then = {c.claim_id: c.status for c in as_known_on(claims, early)}
    now = {c.claim_id: c.status for c in as_known_on(claims, late)}
    assert then.keys() <= now.keys()
    assert all(now[claim_id] != "standing" for claim_id, status in then.items() if status != "standing")


@given(record(), st.integers(0, 14), st.integers(0, 14))
def test_the_changes_between_two_days_lead_from_one_to_the_other(claims: list[Claim], one: int, other: int) -> None:
    early, late = (FIRST + timedelta(n) for n in sorted((one, other)))
    standing = {c.claim_id for c in as_known_on(claims, early) if c.status == "standing"}
    found = changes(claims, early, late)
    standing |= {c.claim_id for c in found.added if c.status == "standing"}
    standing -= {c.claim_id for c in (*found.superseded, *found.retracted)}
    assert standing == {c.claim_id for c in as_known_on(claims, late) if c.status == "standing"}


def test_an_echo_shares_the_fate_of_what_it_repeats_and_counts_once() -> None:
    fate = {"status": "retracted", "status_on": date(2022, 1, 10)}
    claims = [claim("C1", 164, 164, 9, **fate), claim("C2", 164, 164, 9, echo_of="C1")]
    assert [span.claims for span in ranges(as_known_on(claims, date(2022, 1, 9)))] == [("C1",)]
    later = as_known_on(claims, date(2022, 1, 10))
    assert [(c.status, c.status_on) for c in later] == [("retracted", date(2022, 1, 10))] * 2
    assert ranges(later) == ()


def test_a_voice_that_moves_on_leaves_the_claim_that_it_had_repeated_standing() -> None:
    claims = [claim("C1", 26, 26, 7), claim("C2", 26, 26, 8, echo_of="C1"), claim("C3", 30, 30, 9, claimant="C2")]
    assert [c.status for c in as_known_on(claims, None)] == ["standing", "superseded", "standing"]


def test_a_recorded_replacement_supersedes_another_voice_from_its_day_on() -> None:
    claims = [claim("C1", 26, 26, 7), claim("C2", 30, 30, 9, supersedes="C1")]
    assert [c.status for c in as_known_on(claims, date(2022, 1, 8))] == ["standing"]
    assert [c.status for c in as_known_on(claims, date(2022, 1, 9))] == ["superseded", "standing"]


def test_a_part_with_a_scope_of_its_own_has_a_range_of_its_own() -> None:
    claims = [claim("C1", 164, 164), claim("C2", 103, 103, scope="Almaty", part_of="C1")]
    assert [(span.scope, span.low) for span in ranges(claims)] == [("KZ", 164), ("Almaty", 103)]


def test_a_later_claim_of_the_same_voice_supersedes_the_earlier_one_from_its_day_on() -> None:
    claims = [claim("C1", 26, 26, 7, claimant="ministry"), claim("C2", 164, 164, 9, claimant="ministry")]
    assert [c.status for c in as_known_on(claims, date(2022, 1, 8))] == ["standing"]
    first, second = as_known_on(claims, date(2022, 1, 9))
    assert (first.status, first.status_on, second.status) == ("superseded", date(2022, 1, 9), "standing")


@pytest.mark.parametrize("other", ["claimant", "scope", "population", "measure", "event_id"])
def test_a_claim_that_differs_in_what_it_counts_supersedes_nothing(other: str) -> None:
    claims = [
        claim("C1", 26, 26, 7, claimant="ministry"),
        claim("C2", 164, 164, 9, **{"claimant": "ministry", other: "x"}),
    ]
    assert [c.status for c in as_known_on(claims, None)] == ["standing", "standing"]


def test_a_retraction_takes_a_claim_out_from_its_day_and_revives_nothing() -> None:
    fate = {"claimant": "ministry", "status": "retracted", "status_on": date(2022, 1, 10)}
    claims = [claim("C1", 26, 26, 7, claimant="ministry"), claim("C2", 164, 164, 9, **fate)]
    assert [span.claims for span in ranges(as_known_on(claims, date(2022, 1, 9)))] == [("C2",)]
    assert ranges(as_known_on(claims, date(2022, 1, 10))) == ()


def test_a_part_of_a_claim_counts_in_its_own_population_only() -> None:
    claims = [
        claim("C1", 100, None, population="civilians"),
        claim("C2", 3, 3, population="children", part_of="C1"),
        claim("C3", 40, 40, population="civilians", part_of="C1"),
    ]
    found = [(span.population, span.low, span.high, span.claims) for span in ranges(claims)]
    assert found == [("civilians", 100, None, ("C1",)), ("children", 3, 3, ("C2",))]


def test_one_open_top_opens_the_range_and_unknown_is_not_zero() -> None:
    (span,) = ranges([claim("C1", 18, 18), claim("C3", 12, None)])
    assert (span.low, span.high) == (12, None)
    (span,) = ranges([claim("C1", 18, 18), claim("C2", None, 30)])
    assert (span.low, span.high) == (None, 30), "up to 30 may be any number below 18"
    (span,) = ranges([claim("C1", None, 30)])
    assert (span.low, span.high) == (None, 30)


def test_no_day_and_no_filter_makes_690_of_26_and_164_and_500_or_puts_164_on_a_city(store: Store) -> None:
    said = {figure for c in bundled().claims for figure in (c.low, c.high)}
    figures = set()
    for as_of in (None, *(FIRST + timedelta(n) for n in range(20))):
        for text in ("", "E6", "E7"):
            found = store.query(Filter.parse(as_of=as_of and str(as_of), q=text)).ranges
            figures |= {figure for span in found for figure in (span.low, span.high)}
            country_wide = {(s.event_id, s.scope) for s in found if s.measure == "deaths" and 164 in (s.low, s.high)}
            assert country_wide <= {("E7", "Kazakhstan")}
    assert {26, 164, 500} <= figures <= said
    assert not {690, 664, 526, 190} & figures


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (164, 164, "exact", "164"),
        (26, 164, "", "26–164"),
        (500, None, "over", "over 500"),
        (30, None, "at least", "at least 30"),
        (100, None, "hundreds", "hundreds"),
        (None, 30, "", "up to 30"),
        (None, None, "", "no figure"),
        (6000, 6000, "about", "about 6,000"),
    ],
)
def test_a_figure_is_said_as_it_was_said(low: int | None, high: int | None, qualifier: str, words: str) -> None:
    assert say_figure(low, high, qualifier) == words


def test_a_long_chain_of_echoes_has_the_fate_of_its_first_voice() -> None:
    fate = {"status": "retracted", "status_on": date(2022, 1, 10)}
    claims = [claim("C0", 5, 5, 1, **fate)]
    claims += [claim(f"C{n}", 5, 5, 1, echo_of=f"C{n - 1}") for n in range(1, 1_500)]
    assert {c.status for c in as_known_on(claims, date(2022, 1, 10))} == {"retracted"}
