"""The words of a figure: title, what is shown and hidden, what is not on the map, sources, alt text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from dashboard.scene.cells import Cells
from dashboard.scene.hovers import say_cells
from dashboard.scene.scene import Scene
from dashboard.scene.words import CATEGORY_WORDS, HARM_WORDS, say_claim, say_range, say_unsettled
from geodata.filter import FIELDS
from geodata.language.language import Language
from geodata.phrases import phrase
from geodata.record.model import Event, Source

ALT_WORDS = 150
LICENCES = phrase("Base map: Natural Earth (public domain). Places: GeoNames (CC BY 4.0).")


def default_title(scene: Scene) -> str:
    """The data set's title; with the days chosen, or those of the events shown where it names no year."""
    title, where = scene.store.title, scene.result.where
    language = scene.language
    if where.date_from or where.date_to:
        days = where.describe_dates(language)
    elif not (span := scene.result.span) or str(_first_year(scene, span[0])) in title:
        return title
    else:
        days = language.days(*span)
    return language.say("{title}: {days}", title=title, days=days)


def _first_year(scene: Scene, first: date) -> int:
    """That of the first event in the order of the record, where events are drawn one by one."""
    return next((event.date_start for event in scene.result.events), first).year


def say_shown(scene: Scene) -> str:
    """The filter in words and the count: "6–9 January 2022 · showing 9 of 14 events"."""
    result, language = scene.result, scene.language
    shown, total = language.number(result.count), language.number(result.total)
    shown = language.say("showing {shown} of {total} events", shown=shown, total=total)
    return f"{result.where.describe(language)} · {shown}"


def say_hidden(scene: Scene) -> str:
    """Why events are hidden: "Hidden: 3 outside the dates, 2 in other categories"; "" when none is."""
    hidden, language = scene.result.hidden, scene.language
    parts = [
        language.say(
            "{count} {reasons}",
            count=language.number(h.count),
            reasons=language.all_of(language.say(FIELDS[key].reason) for key in h.reasons),
        )
        for h in hidden
    ]
    return language.say("Hidden: {parts}", parts=language.listed(parts)) if hidden else ""


def say_off_map(event: Event, language: Language) -> str:
    """An event that has no point, in one line: title, what is known of its place, days."""
    country = language.country(event.country) if event.country else ""
    place = language.listed(filter(None, (say_unsettled(event, language), country))) or language.say("no place given")
    days = language.days(event.date_start, event.date_end)
    return language.say("{text} ({note})", text=event.title, note=language.listed((place, days)))


def sources_of(scene: Scene) -> tuple[Source, ...]:
    """The documents behind the shown events and their claims, each once, in the order of the events."""
    found: dict[str, Source] = {}
    for part in scene.result.parts():
        by_event: dict[str, list[str]] = {}
        for claim in part.claims:
            by_event.setdefault(claim.event_id, []).append(claim.source_id)
        for event in part.events:
            ids = (*event.source_ids, *by_event.get(event.event_id, ()))
            found |= {i: part.sources[i] for i in ids if i in part.sources and i not in found}
    return tuple(found.values())


def say_source(source: Source, language: Language) -> str:
    """A document as it is cited: publisher, title, day."""
    day = language.day(source.published_on) if source.published_on else ""
    title = language.say("“{title}”", title=source.title) if source.title else ""
    return language.listed(filter(None, (source.publisher, title, day)))


def say_sources(scene: Scene, most: int) -> str:
    """The source line, of at most `most` documents; the others are counted. Of cells, those of the most events."""
    language = scene.language
    if scene.cells is None:
        found = sources_of(scene)
        count, cited = len(found), [say_source(source, language) for source in found[:most]]
    else:
        where = scene.result.where
        cited = [option.label for option in scene.store.facet_counts(where, "sources", most, of_kept=True)]
        count = scene.store.facet_size(where, "sources")
    if not count:
        nothing = phrase("Source: none, as no event is shown.")
        return language.say(phrase("Source: the data names none.") if scene.result.count else nothing)
    if count > most:
        cited.append(language.count("and {count} more in the data", "and {count} more in the data", count - most))
    words = phrase("Source: {sources}.") if count == 1 else phrase("Sources: {sources}.")
    said = language.say(words, sources=language.listed_apart(cited))
    if without := _without_source(scene):
        said += " " + language.say("Without a source: {events}.", events=_events(without, language))
    return said


def say_credits(scene: Scene) -> str:
    """Whose data it is, as they ask to be named wherever it is shown; "" where nobody does."""
    named = scene.result.credits if scene.cells is None else scene.store.credits
    return scene.language.say("Data: {credits}.", credits=scene.language.listed_apart(named)) if named else ""


def _without_source(scene: Scene) -> int:
    """How many of the shown events name no document, and no claim on them does."""
    claimed = {claim.event_id for claim in scene.result.claims}
    return sum(not event.source_ids and event.event_id not in claimed for event in scene.result.events)


def alt_text(scene: Scene, title: str, panels: Iterable[str] = ()) -> str:
    """What the map shows for those who cannot see it, out of the data, in at most 150 words.

    The sentences of its panels end it, however much there is to say of the map.
    """
    beside = shortened(" ".join(panels), ALT_WORDS // 2)
    about = _alt_of_map(scene, title, ALT_WORDS - len(beside.split()))
    return f"{about} {beside}" if beside else about


def _alt_of_map(scene: Scene, title: str, most: int) -> str:
    events, language = scene.result.events, scene.language
    say = language.say
    if scene.cells is not None:
        return _alt_of_cells(scene, scene.cells, title, most)
    if not events:
        described = scene.result.where.describe(language)
        words = say("{title}. Map without marks: no event matches {filter}.", title=title, filter=described)
        return shortened(words, most)
    counts = Counter(event.category for event in events)
    kinds = language.listed(language.count(*CATEGORY_WORDS[category], n) for category, n in counts.items())
    parts = [say("{title}. Map of {shown}: {kinds}", title=title, shown=say_shown(scene), kinds=kinds)]
    for event in scene.flows:
        origin, destination = scene.place_names(event)
        flow = say("Flow {origin} to {destination}", origin=origin, destination=destination)
        claim = next(iter(scene.claims_of(event)), None)
        parts.append(say("{text} ({note})", text=flow, note=say_claim(claim, language)) if claim else flow)
    places = dict.fromkeys(language.place(spot.place, spot.events[0].date_start) for spot in scene.spots)
    if places:
        parts.append(say("Marks at {places}", places=language.listed(places)))
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    for toll in scene.tolls:
        figure = say(HARM_WORDS[toll.range.measure], figure=say_range(toll.range, claims, language))
        words = phrase("{toll} in {places} together") if toll.spokes else phrase("{toll} in {places}")
        toll_words = f"{figure[:1].upper()}{figure[1:]}"
        parts.append(say(words, toll=toll_words, places=language.listed(scene.place_names(toll.event))))
    parts += [
        say("Known only for {country}: {events}", country=language.country(code), events=_events(len(found), language))
        for code, found in scene.country_wide.items()
    ]
    unsettled = sum(bool(event.unsettled) for event in scene.off_map())
    parts += [say("Place not settled: {events}", events=_events(unsettled, language))] if unsettled else []
    without = sum(not event.country and not event.unsettled for event in scene.off_map())
    parts += [say("Without a place: {events}", events=_events(without, language))] if without else []
    return shortened(language.sentences(parts), most)


def _alt_of_cells(scene: Scene, cells: Cells, title: str, most: int) -> str:
    language, say = scene.language, scene.language.say
    counts = {name: count for name, count in scene.result.category_counts.items() if name in scene.result.categories}
    kinds = language.listed(language.count(*CATEGORY_WORDS[name], n) for name, n in counts.items() if n)
    parts = [say("{title}. Map of {shown}: {kinds}", title=title, shown=say_shown(scene), kinds=kinds)]
    parts.append(say_cells(cells, language))
    return shortened(language.sentences(parts), most)


def _events(count: int, language: Language) -> str:
    return language.count("{count} event", "{count} events", count)


def shortened(text: str, most: int = ALT_WORDS) -> str:
    """A text of at most `most` words."""
    words = text.split()
    return text if len(words) <= most else " ".join(words[: most - 1]) + " …"


def joined(parts: Iterable[str]) -> str:
    """Parts of a line with middle dots between them; empty ones left out."""
    return " · ".join(part for part in parts if part)
