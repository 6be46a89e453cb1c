"""A figure as an export makes it: what was asked, what there was to draw, the composed page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.options import FigureOptions
from dashboard.render import compose_report
from dashboard.scene import Scene
from dashboard.view import View
from geodata.filter import Filter
from geodata.language import Language
from geodata.store import Store

if TYPE_CHECKING:
    from dashboard.page import Page, Report


@dataclass(frozen=True, slots=True)
class Drawn:
    """One figure of an export: what was asked, what there was to draw, the page.

    `name` tells it from the others of a series ("2022-01-06") and can stand in the name of a file; that of a single
    figure is "".
    """

    name: str
    where: Filter
    view: View
    scene: Scene
    report: Report


def draw_one(store: Store, where: Filter, view: View, options: FigureOptions) -> Drawn:
    """The figure of a choice, in the options' theme or else the view's."""
    page = page_of(store, where, view, options)
    return Drawn("", where, view, page.scene, compose_report(page))


def page_of(store: Store, where: Filter, view: View, options: FigureOptions) -> Page:
    """The page of a choice, with nothing drawn yet."""
    from dashboard.page import Page  # noqa: PLC0415 (loads matplotlib)

    scene = Scene(store, store.query(where), view.layers, view.event, view.chart, Language(options.lang))
    return Page.of(scene, replace(options, theme=options.theme or view.theme))
