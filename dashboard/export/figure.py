"""A figure as an export makes it: what was asked, what there was to draw, the composed
sheet; one, or each of a series.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.choice.request import FigureRequest
from dashboard.export.image import compose_report, one_at_a_time
from dashboard.report.series.values import values_of
from dashboard.scene.scene import Scene
from geodata.store.store import Store

if TYPE_CHECKING:
    from dashboard.report.contents import Contents, Report


@dataclass(frozen=True, slots=True)
class Drawn:
    """One figure of an export: what there was to draw, and the composed sheet.

    `name` tells it from the others of a series ("2022-01-06") and can stand in the name of a file; that of a single
    figure is "".
    """

    name: str
    scene: Scene
    report: Report


def draw_one(store: Store, request: FigureRequest) -> Drawn:
    """The figure of a request, whatever series it asks for."""
    contents = contents_of(store, request)
    return Drawn("", contents.scene, compose_report(contents))


def contents_of(store: Store, request: FigureRequest) -> Contents:
    """What goes on the sheet of a request, with nothing drawn yet."""
    from dashboard.report.contents import Contents  # noqa: PLC0415 (loads matplotlib)
    from dashboard.report.crowd import scene_of  # noqa: PLC0415

    return Contents.of(scene_of(store, request), request.options, request.view.theme or "light")


def draw_each(store: Store, request: FigureRequest, only: Collection[str] | None = None) -> Iterator[Drawn]:
    """The figures of an export in order, each composed when it is asked for; a single one without `options.each`.

    Those of a series have one extent, scale and place on the page for all; `only` leaves out those of other names.
    With `options.arrange` "page" they are one figure. Raises as `files_of`, and ChoiceError for too many on a page.
    """
    options = request.options
    if not options.each:
        yield draw_one(store, request)
        return
    from dashboard.report.series.flipbook import bind  # noqa: PLC0415 (matplotlib)
    from dashboard.report.series.multiples import Sheet  # noqa: PLC0415

    values = values_of(store, request.where, options.each, request.view.language)
    request = replace(request, options=replace(options, made_on=options.made_on or date.today()))
    words = [value.words for value in values]
    whole = contents_of(store, request)
    sheets = [contents_of(store, replace(request, where=value.where)) for value in values]
    if options.arrange == "page":
        yield Drawn("", whole.scene, compose_report(Sheet.bind(whole, options.each, words, sheets)))
        return
    with one_at_a_time:
        sheets = bind(whole, options.title or store.title, words, sheets)
    for value, sheet in zip(values, sheets, strict=True):
        if only is None or value.name in only:
            yield Drawn(value.name, sheet.scene, compose_report(sheet))
