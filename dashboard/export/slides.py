"""Figures as PowerPoint slides, 16:9: a title, the picture, a line of caption, and the whole account in the notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Length, Pt

from dashboard.export.description import Account, account_of
from dashboard.export.figure import Drawn
from dashboard.export.office import MARGIN, SLIDE, Paper, lines_of, picture_of, sign
from dashboard.export.zips import zipped_again
from geodata.language.language import Language

TITLE, TITLE_LEAD, CAPTION, CAPTION_LEAD = 20.0, 24.0, 10.0, 12.5  # points
TOP, GAP = 18.0, 8.0
MOST_LINES = 2
MOST_ITEMS = 60  # of one list in the notes
TITLE_ONLY = "Title Only"
# What the empty presentation brings along: its own picture, program and printer.
_NOT_OURS = ("thumbnail", "extended-properties", "printerSettings")


def presentation(figures: Iterable[Drawn]) -> bytes:
    """The .pptx with a slide for each figure. The same input gives the same bytes."""
    file = pptx.Presentation()
    layout = _prepared(file)
    for number, drawn in enumerate(figures, 1):
        _add_slide(file, layout, drawn)
        sign(file.core_properties, number, drawn)
    buffer = io.BytesIO()
    file.save(buffer)
    return zipped_again(buffer.getvalue())


def _prepared(file: Presentation) -> SlideLayout:
    """Make the library's empty 4:3 file an empty 16:9 one with a single layout, which is returned."""
    for owner in (file.part.package, file.part):
        relations = owner._rels
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
            relations.pop(key)
    master = file.slide_master
    for other in [each for each in master.slide_layouts if each.name != TITLE_ONLY]:
        master.slide_layouts.remove(other)
    assert file.slide_width
    wider = Pt(SLIDE.width) / file.slide_width
    for shape in master.placeholders:
        shape.left, shape.width = Length(int(shape.left * wider)), Length(int(shape.width * wider))
    file.slide_width, file.slide_height = Pt(SLIDE.width), Pt(SLIDE.height)
    file.element.sldSz.attrib.pop("type", None)
    layout: SlideLayout = master.slide_layouts[0]
    return layout


def _add_slide(file: Presentation, layout: SlideLayout, drawn: Drawn) -> None:
    account, width = account_of(drawn), SLIDE.width - 2 * MARGIN
    title = lines_of(account.title, TITLE, width, MOST_LINES, account.language, bold=True)
    caption = lines_of(" ".join(account.caption), CAPTION, width, MOST_LINES, account.language)
    above = TOP + len(title) * TITLE_LEAD + GAP
    below = len(caption) * CAPTION_LEAD + GAP + TOP
    room = Paper(width, SLIDE.height - above - below)
    picture = picture_of(drawn, room)
    slide = file.slides.add_slide(layout)
    palette = drawn.report.palette
    fill = slide.background.fill
    fill.solid()
    fill.fore_color.rgb = _rgb(palette.page)
    shape = slide.shapes.title
    assert shape is not None
    shape.left, shape.top, shape.width, shape.height = Pt(MARGIN), Pt(TOP), Pt(width), Pt(above - TOP - GAP)
    words = _Words(account.language)
    words.set(shape.text_frame, " ".join(title), TITLE, palette.ink, bold=True)
    drawn_at = slide.shapes.add_picture(
        io.BytesIO(picture.png),
        Pt((SLIDE.width - picture.width) / 2),
        Pt(above + (room.height - picture.height) / 2),
        Pt(picture.width),
        Pt(picture.height),
    )
    drawn_at._element.nvPicPr.cNvPr.set("descr", picture.alt)
    box = slide.shapes.add_textbox(Pt(MARGIN), Pt(SLIDE.height - below + GAP), Pt(width), Pt(below - GAP - TOP))
    words.set(box.text_frame, " ".join(caption), CAPTION, palette.muted)
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    words.fill(notes, _notes(account))


def _notes(account: Account) -> Iterator[str]:
    yield account.title
    yield from account.caption
    for part in account.parts:
        yield part.heading
        yield from (f"– {item}" for item in account.first(part, MOST_ITEMS))


class _Words:
    """Sets texts in a language, from right to left where it runs so."""

    def __init__(self, language: Language) -> None:
        self._lang, self._right_to_left = language.code, language.right_to_left

    def set(self, frame: TextFrame, text: str, size: float, color: str, *, bold: bool = False) -> None:
        """One text over the whole of a frame, which keeps its size."""
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
        self.fill(frame, [text])
        (paragraph,) = frame.paragraphs
        paragraph.alignment = PP_ALIGN.RIGHT if self._right_to_left else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, _rgb(color)

    def fill(self, frame: TextFrame, lines: Iterable[str]) -> None:
        """Each line a paragraph."""
        for number, line in enumerate(lines):
            if number:
                frame.add_paragraph()  # type: ignore[no-untyped-call] # the library's
            paragraph = frame.paragraphs[-1]
            run = paragraph.add_run()
            run.text = line
            run.font._rPr.set("lang", self._lang)
            if self._right_to_left:
                paragraph._p.get_or_add_pPr().set("rtl", "1")


def _rgb(color: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(color.removeprefix("#"))  # type: ignore[no-untyped-call] # the library's
    return found
