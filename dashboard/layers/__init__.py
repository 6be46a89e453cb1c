"""The catalogue of layers: one file a layer (or a family of them), drawn in this order, later above.

A layer is a function of a `Scene` that draws on either `Canvas`. To add one, write its file and add its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dashboard.layers import area, casualties, cells, country, deployments, labels, marks, precision, selection
from dashboard.scene.canvas import Canvas
from dashboard.scene.scene import Scene
from geodata.phrases import page_phrase


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of mark: its title, its name within a sentence, and the function that draws it."""

    title: str
    name: str
    draw: Callable[[Canvas, Scene], None]


LAYERS: dict[str, Layer] = {
    "country": Layer(page_phrase("Country-wide"), page_phrase("country-wide"), country.draw),
    "precision": Layer(page_phrase("Place precision"), page_phrase("place precision"), precision.draw),
    # Names lie under the marks, so that they find the room that marks leave.
    "labels": Layer(page_phrase("Place names"), page_phrase("place names"), labels.draw),
    "casualties": Layer(page_phrase("Casualties"), page_phrase("casualties"), casualties.draw),
    "deployments": Layer(page_phrase("Deployments"), page_phrase("deployments"), deployments.draw),
    "clashes": Layer(page_phrase("Clashes"), page_phrase("clashes"), partial(marks.draw, category="clash")),
    "protests": Layer(page_phrase("Protests"), page_phrase("protests"), partial(marks.draw, category="protest")),
    "detentions": Layer(
        page_phrase("Detentions"), page_phrase("detentions"), partial(marks.draw, category="detention")
    ),
    "political": Layer(page_phrase("Political"), page_phrase("political"), partial(marks.draw, category="political")),
    "other": Layer(page_phrase("Other"), page_phrase("other"), partial(marks.draw, category="other")),
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the scene's cells and layers on a canvas, in the catalogue's order, chosen area and selection above."""
    for _ in steps(canvas, scene):
        pass


def steps(canvas: Canvas, scene: Scene) -> Iterator[str]:
    """Draw as `draw` does, and give the name of each layer when it is drawn."""
    cells.draw(canvas, scene)
    for name, layer in LAYERS.items():
        if name in scene.layers:
            layer.draw(canvas, scene)
            yield name
    area.draw(canvas, scene)
    selection.draw(canvas, scene)
