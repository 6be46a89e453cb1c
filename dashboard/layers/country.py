"""What is known only for a country: a tag on its area with the outline lit, never a dot."""

from __future__ import annotations

from dashboard.canvas import Canvas, Legend, Pick
from dashboard.scene import CASUALTIES, Scene, say_range
from geodata.model import Event
from geodata.spatial import BUNDLED


def draw(canvas: Canvas, scene: Scene) -> None:
    """Light each country's outline and tag it with the count and the tolls of its country-wide events."""
    for code, events in scene.country_wide.items():
        at = BUNDLED.country_top(code)
        if at is None:
            continue
        name = BUNDLED.country_name(code)
        pick = Pick(tuple(event.event_id for event in events), (name, *(event.title for event in events)))
        canvas.country(code, canvas.palette.accent)
        count = "1 event" if len(events) == 1 else f"{len(events)} events"
        canvas.label(at, "\n".join((f"{name}, country-wide: {count}", *tolls(scene, events))), "tag", pick)
        canvas.legend(Legend("tag", "Known only for the country", canvas.palette.accent))


def tolls(scene: Scene, events: tuple[Event, ...]) -> list[str]:
    """A line for each measure of each event whose layer is shown: "deaths: hundreds (civilians), 3 (children)"."""
    layer_of_measure = {**dict.fromkeys(CASUALTIES, "casualties"), "detained": "detentions"}
    measures = tuple(measure for measure, layer in layer_of_measure.items() if layer in scene.layers)
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    lines = []
    for event in events:
        figures: dict[str, list[str]] = {}
        for found in scene.shown_ranges(event, measures):
            wide = found.scope in ("", BUNDLED.country_name(event.country))
            of = ", ".join(
                filter(None, ("" if found.population == "all" else found.population, "" if wide else found.scope))
            )
            figures.setdefault(found.measure, []).append(say_range(found, claims) + (f" ({of})" if of else ""))
        lines += [f"{measure}: {', '.join(words)}" for measure, words in figures.items()]
    return lines
