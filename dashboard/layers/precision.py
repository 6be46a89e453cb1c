"""How precisely a place is known: a disc of 25 km for "near", the region's area for "region", never a bare dot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.scene.canvas import Canvas, Legend, Pick, Point, Stroke
from dashboard.scene.hovers import say_somewhere, say_within
from dashboard.scene.scene import Scene, layer_of
from geodata.places.boundaries import BUNDLED, is_bundled
from geodata.places.spatial import disc
from geodata.record.model import NEAR_RADIUS_M, Event, Place, Site

COARSE = ("district", "region")


# Of an area alone, and of all that may lie over each other: what is under them stays to be seen. Of more than so many
# the outlines say it, fainter as they are more: together they would be a carpet.
ALPHA, MOST_ALPHA, MOST_FILLED = 0.14, 0.24, 12
LEAST_EDGE = 0.25


@dataclass(frozen=True, slots=True)
class Extent:
    """Where events were that are not known to a point: within `radius_m` of a point, `near` a place there or somewhere
    in the place itself; without a point in the region of an id."""

    point: Point | None
    radius_m: float = 0.0
    near: bool = False
    region_id: str = ""


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the area of every site that is not a point, once for all the events that it has."""
    extents = {
        (site.geo_precision, site.place_id): extent_of(site, scene.result.places[site.place_id])
        for event in scene.marked
        for site in event.sites
    }
    found: dict[Extent, list[tuple[Event, Place]]] = {}
    for event in scene.marked:
        for site in event.sites if layer_of(event.category) in scene.layers else ():
            if extent := extents[site.geo_precision, site.place_id]:
                found.setdefault(extent, []).append((event, scene.result.places[site.place_id]))
    count = max(len(found), 1)
    alphas = (min(ALPHA, MOST_ALPHA / count) if count <= MOST_FILLED else 0.0,
              min(1.0, max(LEAST_EDGE, MOST_FILLED / count)))  # fmt: skip
    kinds = Counter(event.category for events in found.values() for event, _ in events)
    entry = scene.language.say("Place known to within the dashed area")
    for extent, events in found.items():
        if draw_extent(canvas, scene, extent, events, *alphas):
            canvas.legend(Legend("area", entry, canvas.palette.categories[kinds.most_common(1)[0][0]]))


def extent_of(site: Site, place: Place) -> Extent | None:
    """The area in which a site lies, when it is known as an area or with a radius."""
    if place.point is None:
        return None
    if site.geo_precision in COARSE and not has_own_extent(place):
        region = BUNDLED.region_of(*place.point, place.country)
        return Extent(None, region_id=region.region_id) if region else None
    near = site.geo_precision == "near"
    radius_m = NEAR_RADIUS_M if near else place.radius_m
    return Extent(place.point, radius_m, near) if radius_m else None


def draw_extent(
    canvas: Canvas, scene: Scene, extent: Extent, events: list[tuple[Event, Place]], alpha: float, edge: float
) -> bool:
    """Draw an area in the colour of most of its events, its edge as opaque as `edge`; False where it has no outline."""
    event, place = events[0]
    if extent.point:
        shape: BaseGeometry | None = Polygon(disc(*extent.point, extent.radius_m))
        note = say_within(place, event.date_start, extent.radius_m, near=extent.near, language=scene.language)
    else:
        shape = BUNDLED.shape_of(place.country, extent.region_id)
        note = say_somewhere(place.region or scene.language.place(place, event.date_start), scene.language)
    if shape is None:
        return False
    ((category, _),) = Counter(each.category for each, _ in events).most_common(1)
    color = canvas.palette.categories[category]
    titles = (event.title,) if len(events) == 1 else ()
    pick = Pick(tuple(dict.fromkeys(each.event_id for each, _ in events)), (*titles, note))
    canvas.polygon(shape, color, alpha, Stroke(color, 1.25, alpha=edge, dashed=True), pick)
    return True


def has_own_extent(place: Place) -> bool:
    """Whether a place is an area that is no bundled region, but several or a part of one: its radius says more."""
    return place.feature in ("region", "district") and not is_bundled(place.place_id) and place.radius_m > 0
