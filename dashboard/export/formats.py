"""What a figure can be saved as, and where: the formats, and the file's name checked before anything is drawn."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import FilterError

# What a figure can be saved as, by suffix, with the media type.
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
    "gif": "image/gif",
    "apng": "image/apng",
    "webp": "image/webp",
    "zip": "application/zip",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
}
PAGES = ("svg", "pdf", "png")  # of these a file is one figure
FILMS = ("gif", "apng", "webp")  # and these show one figure after another
LABELS = {
    "png": "PNG", "svg": "SVG", "pdf": "PDF", "html": "HTML", "docx": "Word", "pptx": "PowerPoint", "zip": "Bundle",
    "webp": "WebP", "gif": "GIF", "apng": "APNG",
}  # fmt: skip
ABOUT = {
    "html": "The map itself in one file: hover, zoom, layers, categories and days, without a network",
    "zip": "Figure, caption, alt text, sources, events and claims in one .zip file",
}
DOCUMENTS = ("docx", "pptx", "zip")
SUFFIXES = tuple(f".{name}" for name in FORMATS)


def format_of(out: Path, shown: str) -> str:
    """The format of a file by its suffix, once it can be written; `shown` is its name as the user wrote it.

    Raises FilterError.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise FilterError("out", f"cannot tell the format of {shown!r} (expected one of {', '.join(SUFFIXES)})")
    if out.is_dir():
        raise FilterError("out", f"cannot write {shown!r}: it is a folder")
    if not out.parent.is_dir():
        raise FilterError("out", f"cannot write {shown!r}: its folder does not exist")
    return out.suffix.lower()[1:]


def beside(out: Path, name: str) -> Path:
    """The file of one figure of a series: "map.pdf" and "2022-01-06" make "map-2022-01-06.pdf"; "" leaves `out`."""
    return out.with_name(f"{out.stem}-{name}{out.suffix}") if name else out
