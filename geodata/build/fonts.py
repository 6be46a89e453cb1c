"""Fonts of the page, of the report figures and of the map's labels (signed distance fields for MapLibre)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

TEXT_RANGES = (0, 256, 512, 768, 1024, 1280, 8192, 8448)
"""Latin, Greek, Cyrillic; general punctuation and currency; letterlike such as the number sign."""
GLYPH_STACKS = {
    "Noto Sans Regular": ("noto", "NotoSans-Regular.ttf", (*TEXT_RANGES, 7680)),
    "Noto Sans Bold": ("noto", "NotoSans-Bold.ttf", TEXT_RANGES),
    "Noto Sans Italic": ("noto", "NotoSans-Italic.ttf", (0, 256, 1024, 8192)),
    # Marks are drawn as text: shapes, dingbats, arrows; 0-255 because a mark may stand beside a number.
    "Sitrep Symbols": ("dejavu", "DejaVuSans.ttf", (0, 8448, 9472, 9728, 9984)),
}
"""Font stack -> (package, file, first code points of the ranges of 256 that are made)."""
GLYPH_SCRIPT = """
const [fontnik, font, folder, ...starts] = process.argv.slice(1);
const fs = require("fs");
const data = fs.readFileSync(font);
for (const start of starts.map(Number)) {
  require(fontnik).range({ font: data, start, end: start + 255 }, (error, glyphs) => {
    if (error) throw error;
    fs.writeFileSync(`${folder}/${start}-${start + 255}.pbf`, glyphs);
  });
}
"""
INTER_SUBSETS = ("cyrillic-ext", "cyrillic", "latin-ext", "latin")
TEXT_CODES = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),  # Latin-1, Latin Extended A and B
    *range(0x2B0, 0x530),  # modifiers, combining marks, Greek, Cyrillic with the Kazakh letters
    *range(0x1E00, 0x1F00),  # Latin Extended Additional
    *range(0x2000, 0x2070),  # punctuation
    *range(0x2070, 0x2150),  # superscripts, currency, letterlike
)
ARABIC_CODES = (*range(0x600, 0x700), *range(0x750, 0x780))
JOINING = ("ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "mark", "mkmk")
"""The layout features that Arabic letters need to join and to bear their marks."""
SYMBOL_CODES = (
    *range(0x20, 0x7F),
    *range(0x2190, 0x2200),  # arrows
    *range(0x2200, 0x2270),  # mathematics: minus, less or equal
    *range(0x25A0, 0x2800),  # shapes, symbols, dingbats
)


def build_glyphs(node: str, fontnik: Path, noto: Path, dejavu: Path, out: Path) -> None:
    """Write `out`/<stack>/<start>-<end>.pbf for each stack and range of `GLYPH_STACKS`."""
    folders = {"noto": noto, "dejavu": dejavu}
    shutil.rmtree(out, ignore_errors=True)
    for stack, (package, file, starts) in GLYPH_STACKS.items():
        folder = out / stack
        folder.mkdir(parents=True)
        ranges = [str(start) for start in starts]
        paths = [str(fontnik), str(folders[package] / file), str(folder)]
        subprocess.run([node, "-e", GLYPH_SCRIPT, *paths, *ranges], check=True)  # noqa: S603 - a fixed script


def build_fonts(inter: Path, noto: Path, dejavu: Path, dejavu_licence: Path, out: Path) -> None:
    """Write the page's Inter faces with fonts.css, the figures' TTF subsets, and their licence texts."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for subset in INTER_SUBSETS:
        shutil.copyfile(inter / "files" / f"inter-{subset}-wght-normal.woff2", out / f"inter-{subset}.woff2")
    css = font_faces((inter / "unicode.json").read_text(encoding="utf-8"))
    (out / "fonts.css").write_text(css, encoding="utf-8")
    for weight in ("Regular", "Bold"):
        write_subset(noto / f"NotoSans-{weight}.ttf", TEXT_CODES, out / f"NotoSans-{weight}.ttf")
        arabic, both = noto / f"NotoSansArabic-{weight}.ttf", out / f"SitrepArabic-{weight}.ttf"
        write_merged(
            [noto / f"NotoSans-{weight}.ttf", arabic], [TEXT_CODES, ARABIC_CODES], both, "Sitrep Arabic", weight
        )
    names = {1: "Sitrep Symbols", 3: "Sitrep Symbols", 4: "Sitrep Symbols", 6: "SitrepSymbols"}
    write_subset(dejavu / "DejaVuSans.ttf", SYMBOL_CODES, out / "SitrepSymbols.ttf", names)

    licence = (inter / "LICENSE").read_text(encoding="utf-8")
    (out / "LICENSE-Inter.txt").write_text(licence, encoding="utf-8")
    body = licence[licence.index("This Font Software is licensed") :]
    owners = "\n".join(copyright_of(noto / f"{name}-Regular.ttf") for name in ("NotoSans", "NotoSansArabic"))
    (out / "LICENSE-NotoSans.txt").write_text(f"{owners}\n\n{body}", encoding="utf-8")
    (out / "LICENSE-DejaVu.txt").write_text(dejavu_licence.read_text(encoding="utf-8"), encoding="utf-8")


def font_faces(unicode_json: str) -> str:
    """Return the @font-face rules of "Inter", one a subset with its unicode range."""
    ranges = dict(re.findall(r'"([a-z-]+)":\s*"([^"]+)"', unicode_json))
    rules = [
        "@font-face {\n"
        '  font-family: "Inter";\n'
        "  font-style: normal;\n"
        "  font-weight: 100 900;\n"
        "  font-display: swap;\n"
        f'  src: url("inter-{subset}.woff2") format("woff2");\n'
        f"  unicode-range: {ranges[subset].replace(',', ', ')};\n"
        "}\n"
        for subset in INTER_SUBSETS
    ]
    return "\n".join(rules)


def write_subset(
    source: Path, codes: Iterable[int], target: Path, names: Mapping[int, str] | None = None,
    features: Sequence[str] = ("kern", "mark", "mkmk", "ccmp", "locl"),
) -> None:  # fmt: skip
    """Write a TrueType font with those of the code points that it has; `names` replaces name records."""
    from fontTools import subset  # noqa: PLC0415 - needed for making the data only
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    # The time stamp of the original stays, so that a second run gives the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(features)
    options.hinting = False
    options.drop_tables += ["FFTM"]  # FontForge's time stamp
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(codes))
    subsetter.subset(font)
    for record in font["name"].names if names else ():
        if names and record.nameID in names:
            record.string = names[record.nameID]
    font.save(target)


def write_merged(
    sources: Sequence[Path], codes: Sequence[Iterable[int]], target: Path, family: str, weight: str
) -> None:
    """Write one TrueType font with the code points of several of the same design, so that a line needs only one."""
    from fontTools.merge import Merger  # noqa: PLC0415 - needed for making the data only
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, (source, wanted) in enumerate(zip(sources, codes, strict=True)):
            parts.append(f"{folder}/{number}.ttf")
            write_subset(source, wanted, Path(parts[-1]), features=JOINING)
        font = Merger().merge(parts)
    name = f"{family} {weight}"
    names = {1: family, 2: weight, 3: name, 4: name, 6: f"{family.replace(' ', '')}-{weight}"}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    # The first one's time stamp, so that a second run gives the same bytes.
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = TTFont(sources[0])["head"].modified
    font.save(target)


def copyright_of(font: Path) -> str:
    """Return the copyright line that a font carries."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    return str(TTFont(font)["name"].getDebugName(0))
