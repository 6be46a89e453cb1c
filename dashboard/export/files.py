"""The one way in to a figure for the command, the address and the page: what is asked, as files' bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dashboard.choice.options import FigureOptions
from dashboard.choice.view import View
from dashboard.export.figure import Drawn, draw_each, page_of
from dashboard.export.formats import FILMS, FORMATS, PAGES
from dashboard.export.image import render
from dashboard.report.caption import shortened
from dashboard.report.series.values import values_of
from geodata.errors import FilterError
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.store.store import Store


def draw_file(store: Store, where: Filter, view: View, options: FigureOptions, format: str) -> bytes:
    """Query, compose, render: the bytes of one file. Raises FilterError for what cannot be made.

    `format` is a key of `FORMATS`.
    """
    names = files_of(store, where, options, format)
    if names != ("",):
        many = ", ".join(name for name in FORMATS if name not in PAGES)
        raise FilterError(
            "arrange", f"A file .{format} holds one figure: choose arrange=page for one page, or one of {many}."
        )
    ((_, content),) = draw_files(store, where, view, options, format)
    return content


def files_of(store: Store, where: Filter, options: FigureOptions, format: str) -> tuple[str, ...]:
    """The names of the files that an export makes, ("",) for a single one, and the check that it can be made.

    Raises FilterError, and NothingFound for a series of nothing.
    """
    if format not in FORMATS:
        raise FilterError("format", f"Cannot draw a {format[:20]!r} figure (expected {', '.join(FORMATS)}).")
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
    values = values_of(store, where, options.each, Language(options.lang))
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
    store: Store, where: Filter, view: View, options: FigureOptions, format: str, only: Collection[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of an export one by one: name (as `files_of` has them) and bytes; `only` some of them if so asked."""
    drawn = draw_each(store, where, view, options, only)
    if format in FILMS:
        from dashboard.export.film import FRAMES, film  # noqa: PLC0415 (Pillow)

        whole = page_of(store, where, view, options)
        alt = shortened(f"{whole.language.say(FRAMES[options.each])} {whole.alt_text()}")
        yield "", film((each.report for each in drawn), format, whole.title, alt, whole.language)
    elif format in PAGES:
        for each in drawn:
            yield each.name, render(each.report, format)
    else:
        yield "", file_of(store, where, view, options, drawn, format)


def file_of(
    store: Store, where: Filter, view: View, options: FigureOptions, figures: Iterable[Drawn], format: str
) -> bytes:
    """Composed figures as one file, taken one at a time: a bundle ("zip"), a document ("docx") or slides ("pptx").

    `where` is the filter of all of them together. Nothing is composed again.
    """
    if format == "zip":
        from dashboard.export.bundle import bundle  # noqa: PLC0415 (matplotlib, as all below)

        return bundle(store, where, view, options, figures)
    if format == "docx":
        from dashboard.export.word import document  # noqa: PLC0415 (and python-docx)

        return document(options, figures)
    from dashboard.export.slides import presentation  # noqa: PLC0415 (and python-pptx)

    return presentation(figures)
