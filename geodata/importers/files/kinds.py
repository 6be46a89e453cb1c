"""What a file is by its first bytes; its name is not asked."""

from __future__ import annotations

import re

from geodata.importers.files.packed import refuse

# What `format` may be: the kinds of files, by the word that chooses one against its content.
FORMATS = ("text", "workbook", "features", "json", "parquet", "archive", "markup", "xml")
SHAPE = b"\x00\x00\x27\x0a"
_MARKS = (
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"SQLite format 3\x00", "features"),
    (b"fgb\x03", "features"),
    (SHAPE, "features"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
)
# What people take for a table and is none; and what must never reach a reader that follows what a file says.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text of a word processor (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x80\x04\x95", "a pickle of Python"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"ARROW1", "an Arrow file"),
)
_WEB = {"html", "head", "body", "table", "meta", "style"}
# "var events = [...];" and "show({...});", as pages load what they draw: what stands before the JSON.
SCRIPT = r"(?:export\s+default|(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]*\s*=)\s*|[A-Za-z_$][\w.$]*\("
_JSON = re.compile(rb"(?:\x1e|" + SCRIPT.encode() + rb")?(\{\s*(\"|\}|$)|\[\s*([\[{\]\"\d\-tfn]|$))")


def kind_of(head: bytes, file: str) -> str:
    """One of `FORMATS` by the first bytes of a file. Raises DataError for what is no table."""
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    for mark, name in _OTHERS:
        if head.startswith(mark):
            refuse(file, f"the content is {name} (expected a table, a workbook or a layer).")
    is_marked = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    # A few programs write JSON and XML in UTF-16 too.
    plain = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode() if is_marked else head
    start = plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return _kind_of_xml(start, file)
    if _JSON.match(start):
        return "json"
    is_wide = is_marked or _is_half_zero(head)
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not is_wide and controls > 0.1 * len(head):
        refuse(file, "the content is no text, and of no known kind (expected a table, a workbook or a layer).")
    return "text"


def _kind_of_xml(start: bytes, file: str) -> str:
    found = re.search(rb"<([A-Za-z][\w:.-]*)", re.sub(rb"<\?.*?\?>|<!--.*?-->|<!\w[^>]*>", b"", start, flags=re.DOTALL))
    name = found.group(1).decode() if found else "something"
    if name.lower() in _WEB or re.match(rb"<!doctype html", start, re.IGNORECASE) or name.endswith("Workbook"):
        return "markup"
    plain = name.rpartition(":")[2]
    if plain == "svg":
        refuse(file, "the content is a picture (expected a table, a workbook or a layer).")
    return "features" if plain == "kml" else "xml"


def _is_half_zero(head: bytes) -> bool:
    return max(head[0::2].count(0), head[1::2].count(0)) > 8 * min(head[0::2].count(0), head[1::2].count(0))


def suffix_of(head: bytes) -> str:
    """What a copy of a layer is named with, as its readers look at names beside the content."""
    for mark, suffix in ((b"SQLite format 3", ".gpkg"), (b"fgb\x03", ".fgb"), (SHAPE, ".shp")):
        if head.startswith(mark):
            return suffix
    return ".kml" if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else ""
