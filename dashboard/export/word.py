"""Figures as a Word document: a page each with heading, picture and caption, then the lists and sources as text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.choice.options import FigureOptions
from dashboard.export.description import Account, account_of, merged
from dashboard.export.figure import Drawn
from dashboard.export.office import MARGIN, Paper, Picture, lines_of, paper, picture_of, sign, within
from dashboard.export.zips import zipped_again
from dashboard.scene.theme import LIGHT
from geodata.language.language import Language

FONT = "Arial"  # on every machine, with Latin, Cyrillic and Arabic letters
HEADING, HEADING_LEAD, CAPTION, CAPTION_LEAD = 14.0, 17.0, 9.0, 11.5  # points
GAP = 6.0
WORD_2013 = "15"  # the newest way of laying out that there is
MOST_LINES = 3
MOST_ITEMS = 300  # of one list
# What the empty document brings along and no figure needs: a picture of itself, the program that it was made with.
_NOT_OURS = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects")


def document(options: FigureOptions, language: Language, figures: Iterable[Drawn]) -> bytes:
    """The .docx of one figure, or of several of one size. The same input gives the same bytes."""
    page = within(paper(options.size))
    file = docx.Document()
    _drop(file.part.package.rels)
    _drop(file.part.rels)
    writer = _Writer(file, language.right_to_left)
    writer.set_page(paper(options.size))
    writer.set_styles(language.code)
    accounts: list[Account] = []
    for drawn in figures:
        account = account_of(drawn)
        heading = lines_of(account.title, HEADING, page.width, MOST_LINES, language, bold=True)
        caption = sum(len(lines_of(line, CAPTION, page.width, MOST_LINES, language)) for line in account.caption)
        room = page.less(len(heading) * HEADING_LEAD + caption * CAPTION_LEAD + 4 * GAP)
        writer.figure(" ".join(heading), picture_of(drawn, room), account.caption, new_page=bool(accounts))
        accounts.append(account)
        sign(file.core_properties, len(accounts), drawn)
    writer.lists(accounts)
    buffer = io.BytesIO()
    file.save(buffer)
    return zipped_again(buffer.getvalue())


@dataclass(frozen=True, slots=True)
class _Writer:
    """Sets texts and pictures in a document, from right to left where its language runs so."""

    file: Document
    right_to_left: bool

    def set_page(self, page: Paper) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Pt(page.width), Pt(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(MARGIN)

    def set_styles(self, lang: str) -> None:
        defaults = self.file.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        defaults.set(qn("w:val"), lang)
        if self.right_to_left:
            defaults.set(qn("w:bidi"), lang)
        # Without this Word opens the file in the mode for an older one and says so in its title bar.
        mode = f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']"
        self.file.settings.element.find(mode).set(qn("w:val"), WORD_2013)
        self._set_style("Normal", CAPTION, LIGHT.ink)
        self._set_style("Heading 1", HEADING, LIGHT.ink, lead=HEADING_LEAD, bold=True, after=GAP)
        self._set_style(
            "Heading 2", CAPTION + 1, LIGHT.ink, lead=CAPTION_LEAD + 2, bold=True, before=2 * GAP, after=GAP / 2
        )
        self._set_style("Caption", CAPTION, LIGHT.muted, lead=CAPTION_LEAD)
        self._set_style("List Bullet", CAPTION, LIGHT.ink, lead=CAPTION_LEAD, after=1)

    def _set_style(
        self,
        name: str,
        size: float,
        color: str,
        *,
        lead: float = 0,
        bold: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> None:
        style = self.file.styles[name]
        font, spacing = style.font, style.paragraph_format
        font.size, font.bold, font.cs_bold = Pt(size), bold, bold
        font.color.rgb = RGBColor.from_string(color.removeprefix("#"))
        properties = style.element.get_or_add_rPr()
        properties.get_or_add_rFonts().attrib.clear()  # the theme's fonts would win over those that are named
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            properties.rFonts.set(qn(f"w:{script}"), FONT)
        plain_size = properties.find(qn("w:sz"))
        for old in properties.findall(qn("w:szCs")):
            properties.remove(old)
        plain_size.addnext(OxmlElement("w:szCs", {qn("w:val"): plain_size.get(qn("w:val"))}))  # for Arabic letters
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.line_spacing = Pt(lead) if lead else 1.0
        if lead:
            spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY

    def figure(self, title: str, picture: Picture, caption: Sequence[str], *, new_page: bool) -> None:
        """One page: heading, picture and caption, which stay together."""
        self._text("Heading 1", title).paragraph_format.page_break_before = new_page or None
        paragraph = self._text("Normal", "")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(GAP)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), Pt(picture.width), Pt(picture.height))
        # Word reads the first, other programs the second.
        drawing: Any = shape._inline
        for properties in (drawing.docPr, drawing.graphic.graphicData.pic.nvPicPr.cNvPr):
            properties.set("descr", picture.alt)
        for line in caption:
            self._text("Caption", line)

    def lists(self, accounts: Sequence[Account]) -> None:
        """What is listed of all figures together."""
        for part in merged(accounts):
            self._text("Heading 2", part.heading)
            for item in accounts[0].first(part, MOST_ITEMS):
                self._text("List Bullet", item.text, item.address)

    def _text(self, style: str, text: str, address: str = "") -> Paragraph:
        paragraph = self.file.add_paragraph(style=style)
        if self.right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        if text:
            paragraph.add_run(text).font.rtl = self.right_to_left or None
        if address:
            paragraph.add_run(f" {address}").font.no_proof = True
        return paragraph


def _drop(relations: dict[str, Any]) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
        del relations[key]
