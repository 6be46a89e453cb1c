"""The one way in to a figure for the command, the address and the page: what is asked, as files' bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dashboard.choice.options import FigureOptions
from dashboard.choice.request import FigureRequest
from dashboard.export.figure import Drawn, contents_of, draw_each
from dashboard.export.formats import FILMS, FORMATS, PAGES
from dashboard.export.image import render
from dashboard.report.caption import shortened
from dashboard.report.series.values import values_of
from geodata.errors import FilterError
from geodata.language.language import Language
from geodata.store.store import Store


def draw_file(store: Store, request: FigureRequest) -> bytes:
    """Query, compose, render: the bytes of one file. Raises FilterError for what cannot be made."""
    names = files_of(store, request)
    if names != ("",):
        many = ", ".join(name for name in FORMATS if name not in PAGES)
        raise FilterError(
            "arrange", f"A file .{request.format} holds one figure: choose arrange=page for one page, or one of {many}."
        )
    ((_, content),) = draw_files(store, request)
    return content


def files_of(store: Store, request: FigureRequest) -> tuple[str, ...]:
    """The names of the files that an export makes, ("",) for a single one, and the check that it can be made.

    Raises FilterError, and NothingFound for a series of nothing.
    """
    options, format = request.options, request.format
    if format not in FORMATS:
        raise FilterError("format", f"Cannot draw a {format[:20]!r} figure (expected {', '.join(FORMATS)}).")
    if format == "html":
        from dashboard.export import html_file  # noqa: PLC0415 (what only it needs)

        html_file.check(request)
        return ("",)
    if options.arrange == "page" and not options.each:
        raise FilterError("arrange", "Only a series shares a page: say of what by each (day, week, category or place).")
    if format in FILMS and (not options.each or options.arrange == "page"):
        raise FilterError(
            "each", f"A .{format} shows one figure after another: say of what by each (day, week, category or place), "
            "and leave out arrange=page."
        )  # fmt: skip
    _check_pixels(options, format)
    if not options.each:
        return ("",)
    values = values_of(store, request.where, options.each, Language(options.lang))
    if format in FILMS:
        from dashboard.export.film import check  # noqa: PLC0415 (Pillow)

        check(options, len(values))
    return tuple(value.name for value in values) if format in PAGES and options.arrange == "files" else ("",)


def _check_pixels(options: FigureOptions, format: str) -> None:
    """Refuse a picture of too many pixels before anything is drawn."""
    if format in (*FILMS, "png", "zip"):
        options.size.png_dpi(options.dpi, options.scale)
    elif format in ("docx", "pptx"):
        from dashboard.export.office import SLIDE, paper, picture_dpi, within  # noqa: PLC0415 (matplotlib)

        picture_dpi(options, within(paper(options.size)) if format == "docx" else SLIDE)


def draw_files(
    store: Store, request: FigureRequest, only: Collection[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of an export one by one: name (as `files_of` has them) and bytes; `only` some of them if so asked."""
    format, drawn = request.format, draw_each(store, request, only)
    if format == "html":
        from dashboard.export.html_file import html_file  # noqa: PLC0415 (and plotly)

        yield "", html_file(store, request)
    elif format in FILMS:
        from dashboard.export.film import FRAMES, film  # noqa: PLC0415 (Pillow)

        whole = contents_of(store, request)
        alt = shortened(f"{whole.language.say(FRAMES[request.options.each])} {whole.alt_text()}")
        yield "", film((each.report for each in drawn), format, whole.title, alt, whole.language)
    elif format in PAGES:
        for each in drawn:
            yield each.name, render(each.report, format)
    else:
        yield "", file_of(store, request, drawn)


def file_of(store: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    """Composed figures as one file, taken one at a time: a bundle ("zip"), a document ("docx") or slides ("pptx").

    The request is that of all of them together. Nothing is composed again.
    """
    if request.format == "zip":
        from dashboard.export.bundle import bundle  # noqa: PLC0415 (matplotlib, as all below)

        return bundle(store, request, figures)
    if request.format == "docx":
        from dashboard.export.word import document  # noqa: PLC0415 (and python-docx)

        return document(request.options, figures)
    from dashboard.export.slides import presentation  # noqa: PLC0415 (and python-pptx)

    return presentation(figures)
