"""What is said beside a figure, in full: for the caption file, the document's text and the speaker's notes.

All is plain text in single lines, with `lettering.clean` behind it: nothing in it runs, links or turns the text around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.export.figure import Drawn
from dashboard.layers.country import tag_measures
from dashboard.paper.lettering import ELLIPSIS, clean
from dashboard.report import caption
from dashboard.report.plan import MOST_LISTED
from dashboard.scene.scene import Scene
from dashboard.scene.words import MEASURE_WORDS, say_claim, say_population, say_range
from geodata.language.language import Language
from geodata.record.model import Event
from geodata.record.ranges import Range

MAX_ITEM = 2_000  # characters
FLOW_MEASURES = ("flights", "personnel")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; a source's has its address apart, which is shown and never a link."""

    text: str
    address: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.address}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what is listed under it."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The title, the lines of the caption (what is shown, what is hidden and why) and the lists, in a language."""

    title: str
    caption: tuple[str, ...]
    parts: tuple[Part, ...]
    language: Language

    def first(self, part: Part, most: int) -> Iterator[Item]:
        """At most `most` items of a list; the others are counted."""
        yield from part.items[:most]
        rest = len(part.items) - most
        if rest > 0:
            yield Item(self.language.count("and {count} more in the data", "and {count} more in the data", rest))


def account_of(drawn: Drawn) -> Account:
    """What there is to say of a figure; lists without an entry are left out."""
    scene, report = drawn.scene, drawn.report
    language, say = scene.language, scene.language.say
    lines = (language.sentences([line]) for line in (caption.say_shown(scene), caption.say_hidden(scene)) if line)
    cited = ((caption.say_source(source, language), source.url) for source in caption.sources_of(scene))
    facts = (
        say("Projection: {name}", name=report.frame.projection.name),
        say("Data version {version}", version=scene.store.version),
        say("Made on {day}", day=language.day(report.made_on)),
        *filter(None, [caption.say_credits(scene)]),
        say(caption.LICENCES),
    )
    lists = {
        say("Not on the map"): [(text, "") for text in _off_map(drawn)],
        say("Figures on the map"): [(text, "") for text in _figures(scene)],
        say("Sources"): list(cited),
        say("About this figure"): [(text, "") for text in facts],
    }

    def plain(text: str) -> str:
        cleaned = clean(text, language.right_to_left)
        return cleaned if len(cleaned) <= MAX_ITEM else cleaned[: MAX_ITEM - 1] + ELLIPSIS

    parts = (
        Part(heading, tuple(Item(plain(text), plain(address)) for text, address in found))
        for heading, found in lists.items()
        if found
    )
    return Account(plain(report.title), tuple(map(plain, lines)), tuple(parts), language)


def merged(accounts: Iterable[Account]) -> tuple[Part, ...]:
    """The lists of several figures as one of each heading; what several of them say stands as often as in one."""
    lists: dict[str, Counter[Item]] = {}
    for account in accounts:
        for part in account.parts:
            lists.setdefault(part.heading, Counter())
            lists[part.heading] |= Counter(part.items)
    return tuple(Part(heading, tuple(items.elements())) for heading, items in lists.items())


def _off_map(drawn: Drawn) -> Iterator[str]:
    language, kept = drawn.scene.language, {event.event_id: event for event in drawn.scene.result.events}
    count, first = drawn.scene.off_map_first(MOST_LISTED)
    for event in first:
        yield caption.say_off_map(event, language)
    if more := count - len(first):
        yield language.count("and {count} more", "and {count} more", more)
    for event_id in drawn.report.beyond:
        beyond = language.say("beyond the frame")
        yield language.say("{text} ({note})", text=kept[event_id].title, note=beyond)
    for label in drawn.report.left_out:
        yield language.say("{text} ({note})", text=label, note=language.say("no room for the label"))


def _figures(scene: Scene) -> Iterator[str]:
    """Each number that the map shows, with who said it and when."""
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    language, say = scene.language, scene.language.say
    for event, found in _ranges(scene):
        said = language.listed_apart(say_claim(claims[claim_id], language) for claim_id in found.claims)
        if len(found.claims) > 1:
            figure = say(MEASURE_WORDS[found.measure], figure=say_range(found, claims, language))
            people = [] if found.population == "all" else [say_population(found.population, language)]
            said = say("{text} ({note})", text=language.listed([figure, *people]), note=said)
        yield say("{event}: {figures}", event=event.title, figures=said)
    for event in scene.flows:
        voices = [say_claim(claim, language) for claim in scene.claims_of(event) if claim.measure in FLOW_MEASURES]
        if voices:
            yield say("{event}: {figures}", event=event.title, figures=language.listed_apart(voices))


def _ranges(scene: Scene) -> Iterator[tuple[Event, Range]]:
    if "casualties" in scene.layers:
        yield from ((toll.event, toll.range) for toll in scene.tolls)
    if "country" in scene.layers:
        for events in scene.country_wide.values():
            for event in events:
                yield from ((event, found) for found in scene.shown_ranges(event, tag_measures(scene)))
