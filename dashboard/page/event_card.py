"""The selected event in words: its facts, its claims and its sources.

Texts of the data are children of plain elements, so they are shown as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.page.filters import category_title, glyph
from dashboard.page.summary import Children
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_range, say_unsettled
from geodata.dates import say_day, say_days
from geodata.language.figure import say_figure
from geodata.places.boundaries import BUNDLED
from geodata.record.model import Claim, Event, Locator, Source

PRECISION_WORDS = {
    "site": "this very place",
    "settlement": "somewhere in the settlement",
    "near": "within 25 km of this place",
    "district": "somewhere in the district",
    "region": "somewhere in the region",
    "fuzzy": "an area without clear bounds",
    "country": "somewhere in the country",
    "unknown": "place not known",
}
TIME_PRECISION_WORDS = {1: "", 2: "exact days not known", 3: "only roughly known"}


def nothing_selected() -> Children:
    """What the panel says before a choice."""
    return [
        html.H2("No event selected"),
        html.P("Click a mark, a tag or a row to see the event, its claims and its source.", className="muted"),
    ]


def hidden_event(event: Event) -> Children:
    """What the panel says of the selected event while the other choices hide it."""
    text = "The choices at the left hide this event, its marks and its claims."
    return [kicker(event), html.H2(event.title, className="event-title"), html.P(text, className="muted")]


def kicker(event: Event) -> Component:
    """The event's category, and the button that closes the panel."""
    close = html.Button(
        "×", id=ids.pick("", "close"), className="close", **ids.attributes(aria_label="Close the event")
    )
    return html.Div([glyph(event.category), html.Span(category_title(event.category)), close], className="kicker")


def event_card(scene: Scene, event: Event) -> Children:
    """The event, its places and dates, every claim with its voice and fate, and its sources."""
    dates = say_days(event.date_start, event.date_end)
    sure = TIME_PRECISION_WORDS.get(event.time_precision, "")
    kind = " · ".join(filter(None, (event.event_type, event.sub_event_type)))
    facts = [
        ("When", f"{dates}{f' ({sure})' if sure else ''}"),
        ("Where", places_words(scene, event)),
        ("Who", ", ".join(event.actors)),
        ("What", kind),
        ("Note", event.notes),
    ]
    listed = [[html.Dt(name), html.Dd(value)] for name, value in facts if value]
    claims = scene.claims_of(event)
    parts: Children = [
        kicker(event),
        html.H2(event.title, className="event-title"),
        html.Dl([part for pair in listed for part in pair]),
    ]
    if claims:
        located = any(pointer(claim, scene.result.sources[claim.source_id]) for claim in claims)
        parts += [html.H3("Claims"), *([words_bar()] if located else []), *range_lines(scene, event)]
        said = said_of(scene, event)
        parts += [claim_row(scene.result.sources[claim.source_id], claim, said) for claim in claims]
    else:
        parts += [html.H3("Claims"), html.P("No figure is claimed for this event.", className="muted")]
    used = dict.fromkeys((*event.source_ids, *(claim.source_id for claim in claims)))
    return [*parts, html.H3("Sources"), *(source_row(scene.result.sources[source_id]) for source_id in used)]


def places_words(scene: Scene, event: Event) -> str:
    """The places by their names of the time, each with how precisely it is known."""
    groups: dict[str, list[str]] = {}
    for site in event.sites:
        place = scene.result.places[site.place_id]
        name = " / ".join(filter(None, (place.name_on(event.date_start), place.local_name_on(event.date_start))))
        role = {"origin": "from ", "destination": "to "}.get(site.role, "")
        groups.setdefault(site.geo_precision, []).append(role + name)
    if groups or event.unsettled:
        known = [f"{', '.join(names)} ({PRECISION_WORDS[precision]})" for precision, names in groups.items()]
        country = "" if groups else BUNDLED.country_name(event.country)
        return "; ".join(filter(None, (*known, ", ".join(filter(None, (say_unsettled(event), country))))))
    return (
        f"{BUNDLED.country_name(event.country)}: {PRECISION_WORDS['country']}"
        if event.country
        else PRECISION_WORDS["unknown"]
    )


def range_lines(scene: Scene, event: Event) -> Children:
    """What the standing claims span, for each measure, scope and population; never added up."""
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    lines = []
    for found in scene.result.ranges:
        if found.event_id == event.event_id and len(found.claims) > 1:
            people = "" if found.population == "all" else f", {found.population}"
            text = f"{say_range(found, claims)} {found.measure}{people}"
            lines.append(html.P(["Standing claims span ", html.Strong(text)], className="range"))
    return lines


def said_of(scene: Scene, event: Event) -> Mapping[str, Claim]:
    """All claims about an event by the filter's day, by id: also of voices and sources that are not chosen."""
    claims = scene.store.claims_about(event.event_id, scene.result.where.as_of)
    return {claim.claim_id: claim for claim in claims}


def claim_row(source: Source, claim: Claim, said: Mapping[str, Claim]) -> Component:
    """One claim: the figure as said, the voice, the day, what became of it, and where it stands.

    `said` are the event's claims by id. The last part is empty: passages.js puts the very words there, once the
    reader gives the source's text.
    """
    people = "" if claim.population == "all" else f" ({claim.population})"
    figure = html.Span(say_figure(claim.low, claim.high, claim.qualifier), className="figure")
    voice = claim.claimant + (f", via {claim.via}" if claim.via else "")
    fate = claim.status + (f" on {say_day(claim.status_on)}" if claim.status_on else "")
    rest = [f"for {claim.scope}" if claim.scope else "", *relations(claim, said)]
    # Few parts: Dash takes half a millisecond for each, and an event may have dozens of claims.
    return html.Div(
        [
            html.Div([figure, f" {claim.measure}{people}"], className="said"),
            html.Div([html.Span(voice, className="voice"), f", {claim.said_on.in_words()}"]),
            html.Div([html.Span(fate, className="fate"), *(f" · {text}" for text in rest if text)]),
            *([html.Div(claim.notes, className="muted")] if claim.notes else []),
            claim_source(source, claim.locator),
            *([html.Div(className="passage")] if pointer(claim, source) else []),
        ],
        key=claim.claim_id,
        className=f"claim {claim.status}{' echo' if claim.echo_of else ''}",
        **pointer(claim, source),
    )


def relations(claim: Claim, said: Mapping[str, Claim]) -> list[str]:
    """What the claim repeats, is part of or replaces, and who repeats it, in the words of those claims."""
    found = []
    for words, claim_id in (("echo of", claim.echo_of), ("part of", claim.part_of), ("replaces", claim.supersedes)):
        if other := said.get(claim_id):
            figure = say_figure(other.low, other.high, other.qualifier)
            found.append(f"{words} {figure} ({other.claimant}, {other.said_on.in_words()})")
        elif claim_id:
            found.append(f"{words} a figure that is not known yet")
    voices = [f"{c.claimant}, {c.said_on.in_words()}" for c in said.values() if c.echo_of == claim.claim_id]
    return [*found, f"echoed by {'; '.join(voices)}"] if voices else found


def claim_source(source: Source, locator: Locator | None) -> Component:
    """Which document a claim stands in and at which paragraph; opened, all that is known of the document."""
    day = say_day(source.published_on) if source.published_on else ""
    place = f"paragraph {locator.paragraph}" if locator else ""
    span = f"characters {locator.start}–{locator.end} of the text" if locator else ""
    name = source.publisher or source.title
    return html.Details(
        [
            html.Summary(", ".join(filter(None, (name, day, place)))),
            html.Div("\n".join(filter(None, (*source_lines(source), span)))),
        ],
        className="claim-source muted",
    )


def pointer(claim: Claim, source: Source) -> dict[str, Any]:
    """What passages.js needs to find the claim's words in a text; nothing where there is no text to point into."""
    if not claim.locator or not source.sha256:
        return {}
    spot = claim.locator
    return ids.attributes(
        data_claim=claim.claim_id, data_source=source.publisher, data_sha256=source.sha256,
        data_paragraph=str(spot.paragraph), data_start=str(spot.start), data_end=str(spot.end),
    )  # fmt: skip


def words_bar() -> Component:
    """Asks for a source's text and puts its words away again (passages.js does both, and fills the empty parts)."""
    return html.Div(
        [
            html.Button("Show the words …", className="text-button show-words"),
            html.Button("Hide the words", className="text-button hide-words"),
            html.Span("Choose or drop a source’s text; it stays in this page.", className="muted words-hint"),
            html.Span(className="muted words-from", role="status"),
            html.P(className="words-told", role="alert"),
        ],
        className="words-bar",
    )


def source_row(source: Source) -> Component:
    """One source in words; its address is text to copy: the page opens nothing outside the machine."""
    title, *rest = source_lines(source)
    return html.Div([html.Div(title), html.Div("\n".join(rest), className="muted")], className="source")


def source_lines(source: Source) -> list[str]:
    """What is known of a source: its title, who published it and when, its address, the hash of its text."""
    day = say_day(source.published_on) if source.published_on else ""
    grade = f"reliability {source.reliability}" if source.reliability else ""
    detail = " · ".join(filter(None, (source.publisher, day, source.language, grade)))
    text = f"text sha256 {source.sha256[:12]}…" if source.sha256 else ""
    return [source.title, *filter(None, (detail, source.url, text))]
