"""How precisely a place is known: a disc of 25 km for "near", the region's area for "region", never a bare dot."""

from __future__ import annotations

from shapely import Polygon

from dashboard.scene.canvas import Canvas, Legend, Pick, Stroke
from dashboard.scene.hovers import say_somewhere, say_within
from dashboard.scene.scene import Scene, layer_of
from geodata.places.boundaries import BUNDLED, is_bundled
from geodata.places.spatial import disc
from geodata.record.model import NEAR_RADIUS_M, Event, Place, Site

COARSE = ("district", "region")


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the area of every site that is not a point."""
    for event in scene.result.events:
        if layer_of(event.category) in scene.layers:
            for site in event.sites:
                draw_site(canvas, scene, event, site)


def draw_site(canvas: Canvas, scene: Scene, event: Event, site: Site) -> None:
    """Draw the area in which one site lies, when it is known as an area or with a radius."""
    place = scene.result.places[site.place_id]
    color = canvas.palette.categories[event.category]
    if place.point is None:
        return
    if site.geo_precision in COARSE and not has_own_extent(place):
        draw_region(canvas, scene, event, place, color)
        return
    radius_m = NEAR_RADIUS_M if site.geo_precision == "near" else place.radius_m
    if radius_m:
        near = site.geo_precision == "near"
        note = say_within(place, event.date_start, radius_m, near=near, language=scene.language)
        pick = Pick((event.event_id,), (event.title, note))
        canvas.polygon(Polygon(disc(*place.point, radius_m)), color, 0.14, Stroke(color, 1.25, dashed=True), pick)
        canvas.legend(Legend("area", scene.language.say("Place known to within the dashed area"), color))


def has_own_extent(place: Place) -> bool:
    """Whether a place is an area that is no bundled region, but several or a part of one: its radius says more."""
    return place.feature in ("region", "district") and not is_bundled(place.place_id) and place.radius_m > 0


def draw_region(canvas: Canvas, scene: Scene, event: Event, place: Place, color: str) -> None:
    """Fill the region around a place that stands for the whole of it."""
    assert place.point
    shape = BUNDLED.region_shape(*place.point, place.country)
    if shape is not None:
        note = say_somewhere(place.region or scene.language.place(place, event.date_start), scene.language)
        pick = Pick((event.event_id,), (event.title, note))
        canvas.polygon(shape, color, 0.12, Stroke(color, 1, dashed=True), pick)
        canvas.legend(Legend("area", scene.language.say("Place known to within the dashed area"), color))
