"""The one way in to a figure for the command, the address and the page: what is asked, as files' bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dashboard.choice.request import FigureRequest
from dashboard.export.figure import draw_each
from dashboard.export.formats import FORMATS, formats_that_make
from dashboard.report.series.values import values_of
from geodata.errors import ChoiceError
from geodata.store.store import Store


def draw_file(store: Store, request: FigureRequest) -> bytes:
    """Query, compose, render: the bytes of one file. Raises ChoiceError for what cannot be made."""
    names = files_of(store, request)
    if names != ("",):
        many = ", ".join(formats_that_make("film", "document"))
        raise ChoiceError(
            "arrange", f"A file .{request.format} holds one figure: choose arrange=page for one page, or one of {many}."
        )
    ((_, content),) = draw_files(store, request)
    return content


def files_of(store: Store, request: FigureRequest) -> tuple[str, ...]:
    """The names of the files that an export makes, ("",) for a single one, and the check that it can be made.

    Raises ChoiceError, and NothingFound for a series of nothing.
    """
    options, format = request.options, FORMATS.get(request.format)
    if format is None:
        raise ChoiceError("format", f"Cannot draw a {request.format[:20]!r} figure (expected {', '.join(FORMATS)}).")
    format.check(request)
    if options.arrange == "page" and not options.each:
        raise ChoiceError("arrange", "Only a series shares a page: say of what by each (day, week, category or place).")
    if not options.each:
        return ("",)
    values = values_of(store, request.where, options.each, request.view.language)
    format.limit(request, len(values))
    several = format.makes == "figure" and options.arrange == "files"
    return tuple(value.name for value in values) if several else ("",)


def draw_files(
    store: Store, request: FigureRequest, only: Collection[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of an export one by one: name (as `files_of` has them) and bytes; `only` some of them if so asked."""
    format, drawn = FORMATS[request.format], draw_each(store, request, only)
    if format.makes == "figure":
        for each in drawn:
            yield each.name, format.write(store, request, (each,))
    else:
        yield "", format.write(store, request, drawn)
