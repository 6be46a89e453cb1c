"""The catalogue of layers: one file a layer (or a family of them), drawn in this order, later above.

A layer is a function of a `Scene` that draws on either `Canvas`. To add one, write its file and add its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dashboard.layers import casualties, country, deployments, labels, marks, precision, selection
from dashboard.scene.canvas import Canvas
from dashboard.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of mark: its name on the page's switch and the function that draws it."""

    title: str
    draw: Callable[[Canvas, Scene], None]


LAYERS: dict[str, Layer] = {
    "country": Layer("Country-wide", country.draw),
    "precision": Layer("Place precision", precision.draw),
    # Names lie under the marks, so that they find the room that marks leave.
    "labels": Layer("Place names", labels.draw),
    "casualties": Layer("Casualties", casualties.draw),
    "deployments": Layer("Deployments", deployments.draw),
    "clashes": Layer("Clashes", partial(marks.draw, category="clash")),
    "protests": Layer("Protests", partial(marks.draw, category="protest")),
    "detentions": Layer("Detentions", partial(marks.draw, category="detention")),
    "political": Layer("Political", partial(marks.draw, category="political")),
    "other": Layer("Other", partial(marks.draw, category="other")),
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the scene's layers on a canvas, in the catalogue's order, and the selection above them."""
    for _ in steps(canvas, scene):
        pass


def steps(canvas: Canvas, scene: Scene) -> Iterator[str]:
    """Draw as `draw` does, and give the name of each layer when it is drawn."""
    for name, layer in LAYERS.items():
        if name in scene.layers:
            layer.draw(canvas, scene)
            yield name
    selection.draw(canvas, scene)
