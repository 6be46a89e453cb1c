"""What is known only for a country: a tag on its area with the outline lit, never a dot."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Legend, Pick
from dashboard.scene.scene import CASUALTIES, Scene
from dashboard.scene.words import TAG_WORDS, say_population, say_range
from geodata.places.boundaries import BUNDLED
from geodata.record.model import Event


def draw(canvas: Canvas, scene: Scene) -> None:
    """Light each country's outline and tag it with the count and the tolls of its country-wide events."""
    for code, events in scene.country_wide.items():
        at = BUNDLED.country_top(code)
        if at is None:
            continue
        language = scene.language
        name = language.country(code)
        pick = Pick(tuple(event.event_id for event in events), (name, *(event.title for event in events)))
        canvas.country(code, canvas.palette.accent)
        count = language.count("{count} event", "{count} events", len(events))
        head = language.say("{country}, country-wide: {count}", country=name, count=count)
        canvas.label(at, "\n".join((head, *tolls(scene, events))), "tag", pick)
        canvas.legend(Legend("tag", language.say("Known only for the country"), canvas.palette.accent))


def tag_measures(scene: Scene) -> tuple[str, ...]:
    """The measures whose figures stand on the tags: those whose layer is shown."""
    layer_of_measure = {**dict.fromkeys(CASUALTIES, "casualties"), "detained": "detentions"}
    return tuple(measure for measure, layer in layer_of_measure.items() if layer in scene.layers)


def tolls(scene: Scene, events: tuple[Event, ...]) -> list[str]:
    """A line for each measure of each event whose layer is shown: "deaths: hundreds (civilians), 3 (children)"."""
    measures = tag_measures(scene)
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    language = scene.language
    lines = []
    for event in events:
        figures: dict[str, list[str]] = {}
        for found in scene.shown_ranges(event, measures):
            if found.low == found.high == 0:  # nobody was hurt, as where there is no disc
                continue
            wide = found.scope in ("", BUNDLED.country_name(event.country))
            people = "" if found.population == "all" else say_population(found.population, language)
            of = language.listed(filter(None, (people, "" if wide else scene.scope_name(found.scope, event))))
            figure = say_range(found, claims, language)
            said = language.say("{text} ({note})", text=figure, note=of) if of else figure
            figures.setdefault(found.measure, []).append(said)
        lines += [
            language.say(TAG_WORDS[measure], figures=language.listed(words)) for measure, words in figures.items()
        ]
    return lines
