"""The sizes of a figure: by name, in millimetres or in pixels of 1/96 inch, within limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geodata.errors import ChoiceError

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PX_PER_INCH = 96.0
MIN_SIDE_MM, MAX_SIDE_MM = 75.0, 2_000.0
MAX_SIDE_PX = 20_000
MAX_PIXELS = 120_000_000  # of a PNG: half a gigabyte of memory while it is drawn
MIN_DPI, MAX_DPI = 36.0, 2_400.0
PAGE_DPI = 192.0  # of a PNG whose size is in mm
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)x(\d{1,6}(?:\.\d{1,3})?)(mm|px)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Size:
    """A page: width and height in `unit` ("mm" or "px"), and how large its type is (1 is a printed A4 page)."""

    width: float
    height: float
    unit: str
    type_scale: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points of 1/72 inch."""
        per_inch = MM_PER_INCH if self.unit == "mm" else PX_PER_INCH
        return self.width * PT_PER_INCH / per_inch, self.height * PT_PER_INCH / per_inch

    def __str__(self) -> str:
        """As `parse_size` reads it: the name, or "160x120mm"."""
        named = (name for name, size in SIZES.items() if size == self)
        sides = (f"{side:.3f}".rstrip("0").rstrip(".") for side in (self.width, self.height))
        return next(named, "x".join(sides) + self.unit)

    @property
    def css(self) -> tuple[str, str]:
        """Width and height with their unit, as SVG takes them."""
        return f"{self.width:g}{self.unit}", f"{self.height:g}{self.unit}"

    def png_dpi(self, dpi: float | None, scale: float) -> float:
        """Dots an inch of a PNG: `dpi`, or as many as the pixels asked for (192 for a size in mm), times `scale`.

        Raises ChoiceError when the picture would have too many pixels.
        """
        found = (dpi or (PX_PER_INCH if self.unit == "px" else PAGE_DPI)) * scale
        width, height = (round(side * found / PT_PER_INCH) for side in self.points)
        if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
            raise ChoiceError(
                "scale",
                f"The picture would have {width:,} x {height:,} pixels (expected at most {MAX_SIDE_PX:,} a side and "
                f"{MAX_PIXELS // 1_000_000} million in all): choose a smaller size, dpi or scale.",
            )
        return found


SIZES: dict[str, Size] = {
    "A4": Size(210, 297, "mm", 1),
    "A4-landscape": Size(297, 210, "mm", 1),
    "Letter": Size(215.9, 279.4, "mm", 1),
    "Letter-landscape": Size(279.4, 215.9, "mm", 1),
    "column": Size(85, 145, "mm", 0.8),
    "two-column": Size(175, 125, "mm", 0.85),
    "slide": Size(338.667, 190.5, "mm", 1.3),
    "square": Size(1080, 1080, "px", 1.35),
    "portrait": Size(1080, 1350, "px", 1.35),
}


def parse_size(value: object) -> Size:
    """Read a name of `SIZES` (any case), "160x120mm" or "1200x800px"; ChoiceError for anything else."""
    text = str(value).strip()
    named = {name.lower(): size for name, size in SIZES.items()}
    if text.lower() in named:
        return named[text.lower()]
    match = _SIZE.fullmatch(text)
    if not match:
        expected = f"{', '.join(SIZES)}, WxHmm or WxHpx"
        raise ChoiceError("size", f"Cannot read size: {text[:80]!r} (expected {expected}).")
    width, height, unit = float(match[1]), float(match[2]), match[3]
    low, high = (
        (MIN_SIDE_MM, MAX_SIDE_MM)
        if unit == "mm"
        else (math.ceil(MIN_SIDE_MM / MM_PER_INCH * PX_PER_INCH), MAX_SIDE_PX)
    )
    if not (low <= width <= high and low <= height <= high):
        raise ChoiceError("size", f"Cannot read size: {text[:80]!r} (expected {low:g} to {high:,g} {unit} a side).")
    size = Size(width, height, unit, 1)
    # The type grows more slowly than the page: a poster is read from nearer than its size would suggest.
    growth = math.sqrt(math.prod(size.points) / math.prod(SIZES["A4"].points))
    return Size(width, height, unit, min(8.0, max(0.8, growth**0.6)))
