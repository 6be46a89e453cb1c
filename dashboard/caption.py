"""The words of a figure: title, what is shown and hidden, what is not on the map, sources, alt text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.layers.casualties import MEASURE_WORDS
from dashboard.scene import Scene, say_claim, say_range
from geodata.dates import say_day, say_days
from geodata.filter import REASONS
from geodata.model import Event, Source
from geodata.spatial import BUNDLED

ALT_WORDS = 150
LICENCES = "Base map: Natural Earth (public domain). Places: GeoNames (CC BY 4.0)."
CATEGORY_WORDS = {
    "deployment": ("deployment", "deployments"),
    "clash": ("clash", "clashes"),
    "protest": ("protest", "protests"),
    "detention": ("detention", "detentions"),
    "political": ("political event", "political events"),
    "other": ("other event", "other events"),
}


def default_title(scene: Scene) -> str:
    """The data set's title; with the days chosen, or those of the events shown where it names no year."""
    title, where, events = scene.store.dataset.title, scene.result.where, scene.result.events
    if where.date_from or where.date_to:
        return f"{title}: {where.describe_dates()}"
    if not events or str(events[0].date_start.year) in title:
        return title
    return f"{title}: {say_days(min(e.date_start for e in events), max(e.date_end for e in events))}"


def say_shown(scene: Scene) -> str:
    """The filter in words and the count: "6–9 January 2022 · showing 9 of 14 events"."""
    result = scene.result
    return f"{result.where.describe()} · showing {len(result.events)} of {result.total} events"


def say_hidden(scene: Scene) -> str:
    """Why events are hidden: "Hidden: 3 outside the dates, 2 in other categories"; "" when none is."""
    hidden = scene.result.hidden
    parts = (f"{h.count} {' and '.join(REASONS[reason] for reason in h.reasons)}" for h in hidden)
    return f"Hidden: {', '.join(parts)}" if hidden else ""


def say_off_map(event: Event) -> str:
    """An event that has no point, in one line: title, what is known of its place, days."""
    place = BUNDLED.country_name(event.country) if event.country else "no place given"
    return f"{event.title} ({place}, {say_days(event.date_start, event.date_end)})"


def sources_of(scene: Scene) -> tuple[Source, ...]:
    """The documents behind the shown events and their claims, each once, in the order of the events."""
    ids: dict[str, None] = {}
    claims = scene.result.claims
    for event in scene.result.events:
        ids.update(dict.fromkeys(event.source_ids))
        ids.update(dict.fromkeys(claim.source_id for claim in claims if claim.event_id == event.event_id))
    return tuple(scene.store.sources[i] for i in ids if i in scene.store.sources)


def say_source(source: Source) -> str:
    """A document as it is cited: publisher, title, day."""
    day = say_day(source.published_on) if source.published_on else ""
    return ", ".join(filter(None, (source.publisher, f"“{source.title}”" if source.title else "", day)))


def say_sources(scene: Scene, most: int) -> str:
    """The source line, of at most `most` documents; the others are counted."""
    found = sources_of(scene)
    if not found:
        return "Source: none, as no event is shown."
    cited = [say_source(source) for source in found[:most]]
    if len(found) > most:
        cited.append(f"and {len(found) - most} more in the data")
    return f"{'Source' if len(found) == 1 else 'Sources'}: {'; '.join(cited)}."


def alt_text(scene: Scene, title: str) -> str:
    """What the map shows for those who cannot see it, out of the data, in at most 150 words."""
    events = scene.result.events
    if not events:
        return _shortened(f"{title}. Map without marks: no event matches {scene.result.where.describe()}.")
    counts = Counter(event.category for event in events)
    kinds = ", ".join(f"{n} {CATEGORY_WORDS[category][n > 1]}" for category, n in counts.items())
    parts = [f"{title}. Map of {say_shown(scene)}: {kinds}"]
    parts += [f"Flow {' to '.join(scene.store.event_place_names(e))}{_figures(scene, e)}" for e in scene.flows]
    places: dict[str, None] = {}
    for spot in scene.spots:
        places[spot.place.name_on(spot.events[0].date_start)] = None
    if places:
        parts.append(f"Marks at {', '.join(places)}")
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    for toll in scene.tolls:
        where = ", ".join(scene.store.event_place_names(toll.event))
        together = " together" if toll.spokes else ""
        figure = f"{say_range(toll.range, claims)} {MEASURE_WORDS[toll.range.measure]}"
        parts.append(f"{figure[:1].upper()}{figure[1:]} in {where}{together}")
    parts += [
        f"Known only for {BUNDLED.country_name(code)}: {_events(len(found))}"
        for code, found in scene.country_wide.items()
    ]
    without = sum(not event.country for event in scene.off_map())
    parts += [f"Without a place: {_events(without)}"] if without else []
    return _shortened(". ".join(parts) + ".")


def _figures(scene: Scene, event: Event) -> str:
    claim = next(iter(scene.claims_of(event)), None)
    return f" ({say_claim(claim)})" if claim else ""


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count} events"


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= ALT_WORDS else " ".join(words[: ALT_WORDS - 1]) + " …"


def joined(parts: Iterable[str]) -> str:
    """Parts of a line with middle dots between them; empty ones left out."""
    return " · ".join(part for part in parts if part)
