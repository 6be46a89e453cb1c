"""The one way in to a figure for the command, the address and the page: what is asked, as files' bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from dashboard.caption import shortened
from dashboard.drawn import Drawn, draw_one, page_of
from dashboard.options import FILMS, FORMATS, PAGES, FigureOptions
from dashboard.render import compose_report, one_at_a_time, render
from dashboard.series import values_of
from dashboard.view import View
from geodata.errors import FilterError
from geodata.filter import Filter
from geodata.language import Language
from geodata.store import Store


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
        from dashboard.film import check  # noqa: PLC0415 (Pillow)

        check(options, len(values))
    return tuple(value.name for value in values) if format in PAGES and options.arrange == "files" else ("",)


def _check_pixels(options: FigureOptions, format: str) -> None:
    """Refuse a picture of too many pixels before anything is drawn."""
    if format in (*FILMS, "png", "zip"):
        options.size.png_dpi(options.dpi, options.scale)
    elif format in ("docx", "pptx"):
        from dashboard.documents import SLIDE, paper, picture_dpi, within  # noqa: PLC0415 (matplotlib)

        picture_dpi(options, within(paper(options.size)) if format == "docx" else SLIDE)


def draw_files(
    store: Store, where: Filter, view: View, options: FigureOptions, format: str, only: Collection[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of an export one by one: name (as `files_of` has them) and bytes; `only` some of them if so asked."""
    drawn = draw_each(store, where, view, options, only)
    if format in FILMS:
        from dashboard.film import FRAMES, film  # noqa: PLC0415 (Pillow)

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
        from dashboard.bundle import bundle  # noqa: PLC0415 (matplotlib, as all below)

        return bundle(store, where, view, options, figures)
    if format == "docx":
        from dashboard.word import document  # noqa: PLC0415 (and python-docx)

        return document(options, figures)
    from dashboard.slides import presentation  # noqa: PLC0415 (and python-pptx)

    return presentation(figures)


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
    from dashboard.flipbook import bind  # noqa: PLC0415 (matplotlib)
    from dashboard.multiples import Sheet  # noqa: PLC0415

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
        pages = bind(whole, options.title or store.dataset.title, words, pages)
    for value, page in zip(values, pages, strict=True):
        if only is None or value.name in only:
            yield Drawn(value.name, value.where, view, page.scene, compose_report(page))
