"""A figure as an export makes it: what was asked, what there was to draw, the composed
sheet; one, or each of a series.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.choice.options import FigureOptions
from dashboard.choice.view import View
from dashboard.export.image import compose_report, one_at_a_time
from dashboard.report.series.values import values_of
from dashboard.scene.scene import Scene
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.store.store import Store

if TYPE_CHECKING:
    from dashboard.report.contents import Contents, Report


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


def page_of(store: Store, where: Filter, view: View, options: FigureOptions) -> Contents:
    """The page of a choice, with nothing drawn yet."""
    from dashboard.report.contents import Contents  # noqa: PLC0415 (loads matplotlib)

    scene = Scene(store, store.query(where), view.layers, view.event, view.chart, Language(options.lang))
    return Contents.of(scene, replace(options, theme=options.theme or view.theme))


def draw_each(
    store: Store, where: Filter, view: View, options: FigureOptions, only: Collection[str] | None = None
) -> Iterator[Drawn]:
    """The figures of an export in order, each composed when it is asked for; a single one without `options.each`.

    Those of a series have one extent, scale and place on the page for all; `only` leaves out those of other names.
    With `options.arrange` "page" they are one figure. Raises as `files_of`, and FilterError for too many on a page.
    """
    if not options.each:
        yield draw_one(store, where, view, options)
        return
    from dashboard.report.series.flipbook import bind  # noqa: PLC0415 (matplotlib)
    from dashboard.report.series.multiples import Sheet  # noqa: PLC0415

    values = values_of(store, where, options.each, Language(options.lang))
    options = replace(options, made_on=options.made_on or date.today())
    words = [value.words for value in values]
    whole = page_of(store, where, view, options)
    pages = [page_of(store, value.where, view, options) for value in values]
    if options.arrange == "page":
        sheet = Sheet.bind(whole, options.each, words, pages)
        yield Drawn("", where, view, whole.scene, compose_report(sheet))
        return
    with one_at_a_time:
        pages = bind(whole, options.title or store.title, words, pages)
    for value, page in zip(values, pages, strict=True):
        if only is None or value.name in only:
            yield Drawn(value.name, value.where, view, page.scene, compose_report(page))
