"""Workbooks of other programs for tests, made by hand: .ods and .xlsb, and what is locked."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_OOXML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(900)


def packed(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, rows: list[list[str | float]], *, manifest: str = "") -> Path:
    """Write an .ods of one sheet; a text that begins with a digit and has hyphens is a day."""

    def cell(value: str | float) -> str:
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if value[:1].isdigit() and "-" in value:
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<office:spreadsheet><table:table table:name="2022">{body}</table:table></office:spreadsheet>'
    return packed(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content{names}><office:body>{content}</office:body>"
            "</office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0">{manifest}'
            "</manifest:manifest>",
        },
    )


def xlsb(path: Path, rows: list[list[str | float]]) -> Path:
    """Write an .xlsb of one sheet."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return _varint(kind) + _varint(len(content)) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: str | float) -> bytes:
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            return record(6, place + wide(value))
        return record(5, place + struct.pack("<d", value))

    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", number) + bytes(13))
        sheet += b"".join(cell(column, value) for column, value in enumerate(row))
    sheet += record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("2022"))
    relation = f'<Relationship Id="rId1" Type="{_OOXML}/worksheet" Target="worksheets/sheet1.bin"/>'
    types = f'<Types xmlns="{_PACKAGE}/content-types"/>'
    return packed(
        path,
        {
            "[Content_Types].xml": types,
            "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        },
    )


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])
