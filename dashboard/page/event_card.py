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
from dashboard.page.summary import PART, Children, around
from dashboard.scene.scene import Scene
from dashboard.scene.words import (
    MEASURE_WORDS,
    say_fate,
    say_population,
    say_range,
    say_said_on,
    say_unsettled,
)
from geodata.language.figure import say_figure
from geodata.language.language import Language
from geodata.phrases import phrase
from geodata.record.model import Claim, Event, Locator, Original, Source

PRECISION_WORDS = {
    "site": phrase("this very place"),
    "settlement": phrase("somewhere in the settlement"),
    "near": phrase("within 25 km of this place"),
    "district": phrase("somewhere in the district"),
    "region": phrase("somewhere in the region"),
    "fuzzy": phrase("an area without clear bounds"),
    "country": phrase("somewhere in the country"),
    "unknown": phrase("place not known"),
}
TIME_PRECISION_WORDS = {2: phrase("exact days not known"), 3: phrase("only roughly known")}
ROLE_WORDS = {"origin": phrase("from {place}"), "destination": phrase("to {place}")}
# What a claim is to another one, where that is known by the day that is looked at, and where it is not.
RELATIONS = {
    "echo_of": (phrase("echo of {figure} ({claimant}, {day})"), phrase("echo of a figure that is not known yet")),
    "part_of": (phrase("part of {figure} ({claimant}, {day})"), phrase("part of a figure that is not known yet")),
    "supersedes": (phrase("replaces {figure} ({claimant}, {day})"), phrase("replaces a figure that is not known yet")),
}

# Of the row that an event was read from, cells and their letters.
MOST_CELLS, MOST_TEXT = 100, 2_000


def nothing_selected(language: Language) -> Children:
    """What the panel says before a choice."""
    hint = language.say("Click a mark, a tag or a row to see the event, its claims and its source.")
    return [html.H2(language.say("No event selected")), html.P(hint, className="muted")]


def hidden_event(event: Event, language: Language) -> Children:
    """What the panel says of the selected event while the other choices hide it."""
    text = language.say("The choices at the left hide this event, its marks and its claims.")
    return [kicker(event, language), html.H2(event.title, className="event-title"), html.P(text, className="muted")]


def kicker(event: Event, language: Language) -> Component:
    """The event's category, and the button that closes the panel."""
    label = language.say("Close the event")
    close = html.Button("×", className="close", **ids.picks(""), **ids.attributes(aria_label=label))
    title = html.Span(category_title(event.category, language))
    return html.Div([glyph(event.category), title, close], className="kicker")


def event_card(scene: Scene, event: Event) -> Children:
    """The event, its places and dates, every claim with its voice and fate, its sources and the row it is from."""
    language, say = scene.language, scene.language.say
    dates = language.days(event.date_start, event.date_end)
    if event.time_precision in TIME_PRECISION_WORDS:
        dates = say("{text} ({note})", text=dates, note=say(TIME_PRECISION_WORDS[event.time_precision]))
    facts = [
        (say("When"), dates),
        (say("Where"), places_words(scene, event)),
        (say("Who"), language.listed(event.actors)),
        (say("What"), " · ".join(filter(None, (event.event_type, event.sub_event_type)))),
        (say("Note"), event.notes),
    ]
    listed = [[html.Dt(name), html.Dd(value)] for name, value in facts if value]
    claims, sources = scene.claims_of(event), scene.result.sources
    parts: Children = [
        kicker(event, language),
        html.H2(event.title, className="event-title"),
        html.Dl([part for pair in listed for part in pair]),
        html.H3(say("Claims")),
    ]
    if claims:
        located = any(pointer(claim, sources[claim.source_id]) for claim in claims)
        parts += [*([words_bar(language)] if located else []), *range_lines(scene, event)]
        said = said_of(scene, event)
        parts += [claim_row(scene, event, claim, said) for claim in claims]
    else:
        parts.append(html.P(say("No figure is claimed for this event."), className="muted"))
    used = dict.fromkeys((*event.source_ids, *(claim.source_id for claim in claims)))
    parts += [html.H3(say("Sources")), *(source_row(sources[source_id], language) for source_id in used)]
    original = scene.store.original(event.event_id)
    return [*parts, original_row(original, event, language)] if original else parts


def places_words(scene: Scene, event: Event) -> str:
    """The places by their names of the time, each with how precisely it is known."""
    language, say = scene.language, scene.language.say
    groups: dict[str, list[str]] = {}
    for site in event.sites:
        name = " / ".join(language.places(scene.result.places[site.place_id], event.date_start).split("\n"))
        if site.role in ROLE_WORDS:
            name = say(ROLE_WORDS[site.role], place=name)
        groups.setdefault(site.geo_precision, []).append(name)
    country = language.country(event.country) if event.country else ""
    if groups or event.unsettled:
        known = [
            say("{text} ({note})", text=language.listed(names), note=say(PRECISION_WORDS[precision]))
            for precision, names in groups.items()
        ]
        rest = language.listed(filter(None, (say_unsettled(event, language), "" if groups else country)))
        return language.listed_apart(filter(None, (*known, rest)))
    return say("{country}: somewhere in the country", country=country) if country else say(PRECISION_WORDS["unknown"])


def range_lines(scene: Scene, event: Event) -> Children:
    """What the standing claims span, for each measure, scope and population; never added up."""
    claims, language = {claim.claim_id: claim for claim in scene.result.claims}, scene.language
    lines = []
    for found in scene.result.ranges:
        if found.event_id == event.event_id and len(found.claims) > 1:
            figure = language.say(MEASURE_WORDS[found.measure], figure=say_range(found, claims, language))
            people = "" if found.population == "all" else say_population(found.population, language)
            text = html.Strong(language.listed(filter(None, (figure, people))))
            lines.append(
                html.P(around(language.say("Standing claims span {figure}", figure=PART), text), className="range")
            )
    return lines


def said_of(scene: Scene, event: Event) -> Mapping[str, Claim]:
    """All claims about an event by the filter's day, by id: also of voices and sources that are not chosen."""
    claims = scene.store.claims_about(event.event_id, scene.result.where.as_of)
    return {claim.claim_id: claim for claim in claims}


def claim_row(scene: Scene, event: Event, claim: Claim, said: Mapping[str, Claim]) -> Component:
    """One claim: the figure as said, the voice, the day, what became of it, and where it stands.

    `said` are the event's claims by id. The last part is empty: passages.js puts the very words there, once the
    reader gives the source's text.
    """
    source, language, say = scene.result.sources[claim.source_id], scene.language, scene.language.say
    figure = html.Span(say_figure(claim.low, claim.high, claim.qualifier, language), className="figure")
    counted = say(MEASURE_WORDS[claim.measure], figure=PART)
    if claim.population != "all":
        counted = say("{text} ({note})", text=counted, note=say_population(claim.population, language))
    voice = say("{claimant}, via {voice}", claimant=claim.claimant, voice=claim.via) if claim.via else claim.claimant
    scope = say("for {scope}", scope=scene.scope_name(claim.scope, event)) if claim.scope else ""
    rest = [scope, *relations(claim, said, language)]
    day = say("{claimant}, {day}", claimant=PART, day=say_said_on(claim, language))
    # Few parts: Dash takes half a millisecond for each, and an event may have dozens of claims.
    return html.Div(
        [
            html.Div(around(counted, figure), className="said"),
            html.Div(around(day, html.Span(voice, className="voice"))),
            html.Div(
                [html.Span(say_fate(claim, language), className="fate"), *(f" · {text}" for text in rest if text)]
            ),
            *([html.Div(claim.notes, className="muted")] if claim.notes else []),
            claim_source(source, claim.locator, language),
            *([html.Div(className="passage")] if pointer(claim, source) else []),
        ],
        key=claim.claim_id,
        className=f"claim {claim.status}{' echo' if claim.echo_of else ''}",
        **pointer(claim, source),
    )


def relations(claim: Claim, said: Mapping[str, Claim], language: Language) -> list[str]:
    """What the claim repeats, is part of or replaces, and who repeats it, in the words of those claims."""
    found = []
    for relation, (known, unknown) in RELATIONS.items():
        claim_id = getattr(claim, relation)
        if other := said.get(claim_id):
            figure = say_figure(other.low, other.high, other.qualifier, language)
            day = say_said_on(other, language)
            found.append(language.say(known, figure=figure, claimant=other.claimant, day=day))
        elif claim_id:
            found.append(language.say(unknown))
    echoes = [c for c in said.values() if c.echo_of == claim.claim_id]
    if not echoes:
        return found
    voices = (language.say("{claimant}, {day}", claimant=c.claimant, day=say_said_on(c, language)) for c in echoes)
    return [*found, language.say("echoed by {voices}", voices=language.listed_apart(voices))]


def claim_source(source: Source, locator: Locator | None, language: Language) -> Component:
    """Which document a claim stands in and at which paragraph; opened, all that is known of the document."""
    day = language.day(source.published_on) if source.published_on else ""
    place = span = ""
    if locator:
        place = language.say("paragraph {number}", number=locator.paragraph)
        span = language.say("characters {start}–{end} of the text", start=locator.start, end=locator.end)
    name = source.publisher or source.title
    return html.Details(
        [
            html.Summary(language.listed(filter(None, (name, day, place)))),
            html.Div("\n".join(filter(None, (*source_lines(source, language), span)))),
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


def words_bar(language: Language) -> Component:
    """Asks for a source's text and puts its words away again (passages.js does both, and fills the empty parts)."""
    say = language.say
    return html.Div(
        [
            html.Button(say("Show the words …"), className="text-button show-words"),
            html.Button(say("Hide the words"), className="text-button hide-words"),
            html.Span(say("Choose or drop a source’s text; it stays in this page."), className="muted words-hint"),
            html.Span(className="muted words-from", role="status"),
            html.P(className="words-told", role="alert"),
        ],
        className="words-bar",
    )


def source_row(source: Source, language: Language) -> Component:
    """One source in words; its address is text to copy: the page opens nothing outside the machine."""
    title, *rest = source_lines(source, language)
    return html.Div([html.Div(title), html.Div("\n".join(rest), className="muted")], className="source")


def original_row(original: Original, event: Event, language: Language) -> Component:
    """The row of a table that the event was read from, closed: where it stands, and its cells that are filled.

    Of many or long ones only a beginning is shown, since all of it is sent with each answer of the page.
    """
    say = language.say
    filled = [(heading, text) for heading, text in original.cells.items() if text]
    shown = [(_beginning(heading, 200), _beginning(text, MOST_TEXT)) for heading, text in filled[:MOST_CELLS]]
    file = say("{file}, sheet {sheet}", file=original.file, sheet=original.sheet) if original.sheet else original.file
    place = say("{file}, line {line}", file=file, line=str(original.line))
    whole = say("Shortened. All of it: {command}", command=f"python -m geodata original {event.event_id}")
    return html.Details(
        [
            html.Summary(say("As it stands in the file")),
            html.P(place),
            html.Dl([part for heading, text in shown for part in (html.Dt(heading), html.Dd(text))]),
            *([] if shown == filled else [html.P(whole)]),
        ],
        className="original",
    )


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def source_lines(source: Source, language: Language) -> list[str]:
    """What is known of a source: its title, who published it and when, its address, the hash of its text."""
    day = language.day(source.published_on) if source.published_on else ""
    grade = language.say("reliability {grade}", grade=source.reliability) if source.reliability else ""
    detail = " · ".join(filter(None, (source.publisher, day, source.language, grade)))
    text = language.say("text sha256 {hash}…", hash=source.sha256[:12]) if source.sha256 else ""
    return [source.title, *filter(None, (detail, source.url, text))]
