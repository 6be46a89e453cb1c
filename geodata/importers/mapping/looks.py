"""How the values of a column look: cheap tests on a sample, whatever its heading says.

Nothing is read here: a look only tells days from hours, degrees from lengths, figures from codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import BLANKS
from geodata.importers.values.codes.grids import is_code
from geodata.importers.values.notations import LABEL, LAST_YEAR
from geodata.importers.values.periods import period_of
from geodata.importers.values.points import read_points, taken_apart
from geodata.importers.values.stamps import DTG, day_counted
from geodata.importers.values.words.calendars import without_era
from geodata.importers.values.words.dates import FOREIGN, MONTH, marked
from geodata.importers.values.words.folding import folded
from geodata.importers.values.words.precisions import geo_precision_of, time_precision_of
from geodata.importers.values.words.quantities import least
from geodata.record.model import QUALIFIERS

MOST_ROWS, MOST_VALUES = 600, 200
_SHORT = 80  # a longer text is a text
# What stands where nothing is known.
_MISSING = re.compile(
    r"[-–—.?/\\*\s]*|c\(na, ?na\)|n\s?/?\s?a|nan|null|none|nil|unknown|not applicable|#n/a|unbekannt|k\.?\s?a\.?|"
    r"inconnu|nc|n/?d|desconocido|s/?d|неизвестно|нет|н/д|невідомо|белгісіз|غير معروف|-9{1,4}|9999",
    re.IGNORECASE,
)
# How the names of months begin: en de fr es ru uk kk ar.
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|okt|dez|fév|avr|juin|juil|aoû|déc|ene|abr|ago|dic|"
    "янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|"
    "қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|"
    "سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين"
)
_MONTH = re.compile(rf"(?:{_MONTHS})\w*\.?", re.IGNORECASE)
_DAY_NUMBER, _ERA = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[3-9]|20|21|2[45])\d\d"
_ORDER = rf"{_DAY_NUMBER}(\s?[-/.]\s?|\s){_DAY_NUMBER}\1(?:\d{{4}}|\d{{2}})(?!\d)"
_DAY = re.compile(
    rf"(?:[^\W\d]{{2,12}}[.,]*\s+)?(?:{_DAY_NUMBER}\.?\s?[-–/]\s?)?(?:"
    rf"{_ERA}\s?[-/.]\s?\d{{1,2}}(?:\s?[-/.]\s?\d{{1,2}})?(?!\d)|{_ERA}\s?[年년]|{_ORDER}|{_DAY_NUMBER}\.{_DAY_NUMBER}\.(?!\d)|"
    r"(?:1[89]|20|21)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)|(?:[0-2]\d|3[01]){2}(?:19|20)\d\d(?!\d)).{0,40}",
    re.DOTALL,
)
_WRITTEN = re.compile(rf"(?:.*\d[\W_]*|[^\W\d]*\W*\s?)\b(?:{_MONTHS})\w*\W*(?:.*\d.*)?", re.IGNORECASE)
# As `marked` leaves days with the name of a month, be it of any language or of another calendar.
_MARKED = re.compile(rf"(?:.*\d[\W_]*|[^\W\d]*\W*\s?)(?:{MONTH}\d+|{FOREIGN})\W*(?:.*\d.*)?")
_CLOCK = re.compile(
    r"(?:0 days )?(?:ab |von |from |с |ca\.? )?\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:uhr|h|am|pm)?"
    r"(?:\s*(?:[-–—]|bis|to|à|a|до)\s*\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:uhr|h|am|pm)?)?\.?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d:\d\d|uhr|\d\s*h\b|[ap]m\b|\d\.\d\d\s*[-–—]|\d\s*(?:bis|до)\s*\d", re.IGNORECASE)
_YEAR = re.compile(r"(?:1\d|20|21)\d\d(?:\.0)?")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_NUMBER = re.compile(r"[-+−]?\d{1,9}(?:[.,]\d+)?")
_DEGREE = re.compile(r"([-+−]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*[NSEWOСЮВЗ]?")
_PART_OF = r"\s*[-+−]?\d{1,3}(?:[.,]\d+)?\s*°?\s*[NSEWO]?\s*"
_PAIR = re.compile(rf"[\[(]?{_PART_OF}(?:[,;/|]\s*|\s){_PART_OF}(?:[,;\s]+[-\d.]+){{0,2}}[\])]?", re.IGNORECASE)
_FINE = re.compile(r"\d[.,]\d{2,}")
_MINUTES = re.compile(r"[-+−NSEWO]?\s*\d{1,3}\s*[°º]\s*\d{1,2}(?:[.,]\d+)?\s*['′’´].{0,20}", re.IGNORECASE)
_TWO_MINUTES = re.compile(r"(?:[^°º]*[°º]){2}[^°º]*")
# Nothing but figures and the letters of two directions: "01-18.20N 104-12.40E".
_COMPASS = re.compile(r"(?=.*[NS])(?=.*[EW])[\d\sNSEW°º'\"′″’”.,:;/–-]+", re.IGNORECASE)
_SHAPE = re.compile(
    r"\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(.*|c\(-?\d[\d.]*, ?-?\d[\d.]*\)|"
    r"\s*\{.*['\"]coordinates['\"]\s*:\s*\[\s*-?\d.*",
    re.IGNORECASE | re.DOTALL,
)
# Metres of a projection: numbers with four digits and more before the point.
_METRES = re.compile(
    r"\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*-?\d{4,}|\(?-?\d{4,}\.\d+\s*[,; ]\s*-?\d{4,}\.\d+\)?", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?:[~<>≈≥≤±]|ca\.?|c\.)?\s*-?\d{1,3}(?:[ .,'’\u00a0\u202f]?\d{3})*(?:[.,]0+)?\s*\+?"
    r"(?:\s*(?:[-–—/]|to|bis|до|à|a|and|or|und)\s*\d[\d .,']*)?\s*\+?",
    re.IGNORECASE,
)
_FIGURE_WORDS = re.compile(
    r"(?:[^\W\d]+\.?\s+){0,3}\d[\d ,.]*(?:\s*[-–]\s*\d+)?(?:\s+[^\W\d]+){0,2}|dozens?(?: of)?|several|hundreds?|"
    r"thousands?|some|many|few|a few|no|zero|einige|mehrere|dutzende|hunderte|keine|plusieurs|dizaines|centaines|"
    r"varios|decenas|cientos|несколько|десятки|сотни|декілька|кілька|десятки|сотні|бірнеше|ондаған|عدة|عشرات|مئات|one|two|three",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+.*", re.IGNORECASE | re.DOTALL)
_IN_ADDRESS = re.compile(r"\d\.\d.*\d\.\d")
_CODE = re.compile(r"[A-Z]{2,3}")
_YES_NO = re.compile(
    r"yes|no?|y|true|false|[01](?:\.0)?|ja|nein|oui|non|s[ií]|да|нет|так|ні|иә|жоқ|نعم|لا|x", re.IGNORECASE
)
_ID = re.compile(r"[^\s;,>\[\]]{1,200}")


@dataclass(frozen=True, slots=True)
class Look:
    """What a sample of a column's different values looks like: shares from 0 to 1 of those that say something.

    `rows` and `filled` count all rows of the table and those with something in this column. `texts` are the sample,
    `low` and `high` the ends of what are numbers in it. `different` is the share of different values among its rows.
    """

    rows: int
    filled: int
    texts: tuple[str, ...]
    different: float
    day: float = 0
    clock: float = 0
    year: float = 0
    serial: float = 0
    count: float = 0
    month: float = 0
    day_number: float = 0
    degree: float = 0
    fine: float = 0
    number: float = 0
    point: float = 0
    projected: float = 0
    figure: float = 0
    address: float = 0
    code: float = 0
    yes_no: float = 0
    letters: float = 0
    ident: float = 0
    time_precision: float = 0
    geo_precision: float = 0
    qualifier: float = 0
    words: float = 0
    length: float = 0
    low: float = 0
    high: float = 0

    @property
    def share(self) -> float:
        """The share of rows with something in this column; 0 in a table without rows."""
        return self.filled / self.rows if self.rows else 0

    @property
    def examples(self) -> tuple[str, ...]:
        """Up to three values, shortened for a line of words."""
        return tuple(text if len(text) <= 60 else text[:59] + "…" for text in self.texts[:3])


def looks_of(cells: Cells) -> dict[str, Look]:
    """The look of each column, by heading."""
    return {heading: look_at(column) for heading, column in cells.columns.items()}


def look_at(column: pa.Array) -> Look:
    """The look of the texts of a column."""
    rows = filled_rows(column)
    sample = _texts(column, rows)
    said = [text for text in sample if not is_missing(text)]
    texts = tuple(dict.fromkeys(said))[:MOST_VALUES]
    different = len(set(said)) / len(said) if said else 0.0
    if not texts:
        return Look(len(column), len(rows), (), different)

    short = [text for text in texts if len(text) <= _SHORT]

    def share(test: Callable[[str], Any], some: Sequence[str] = short) -> float:
        return len([1 for text in some if test(text)]) / len(texts)

    numbers = [
        float(text.replace(",", ".").replace("−", "-"))
        for text in texts
        if len(text) <= _SHORT and _NUMBER.fullmatch(text)
    ]
    return Look(
        rows=len(column),
        filled=len(rows),
        texts=texts,
        different=different,
        day=share(_is_day),
        clock=share(_is_clock),
        year=share(_YEAR.fullmatch),
        serial=share(_SERIAL.fullmatch),
        count=share(lambda text: day_counted(text, LAST_YEAR)),
        month=share(lambda text: _is_up_to(text, 12) or _MONTH.fullmatch(text)),
        day_number=share(lambda text: _is_up_to(text, 31)),
        degree=share(_is_degree),
        fine=share(lambda text: _is_degree(text) and (_FINE.search(text) or "'" in text or "′" in text)),
        number=len(numbers) / len(texts),
        point=share(_is_point, texts),
        projected=share(_METRES.match, texts),
        # What is no figure may differ in each row, and stand in few of them.
        figure=max(share(_is_figure), len([1 for text in said if text.isdecimal()]) / len(said)),
        address=share(_ADDRESS.match, texts),
        code=share(_CODE.fullmatch),
        yes_no=share(_YES_NO.fullmatch),
        letters=share(_has_letters, texts),
        ident=share(_ID.fullmatch),
        time_precision=share(time_precision_of),
        geo_precision=share(geo_precision_of),
        qualifier=share(lambda text: text.casefold() in QUALIFIERS),
        words=fmean(len(text[:2_000].split()) for text in texts),
        length=fmean(map(len, texts)),
        low=min(numbers, default=0),
        high=max(numbers, default=0),
    )


def filled_rows(column: pa.Array) -> Any:
    """The rows with something in a column, (n,) row numbers. It looks at lengths alone."""
    lengths = pc.binary_length(column)
    lengths = pc.fill_null(lengths, 0) if column.null_count else lengths
    return np.flatnonzero(lengths.to_numpy(zero_copy_only=False) > 0)


def pairs_of(cells: Cells, first: str, second: str) -> list[tuple[str, str]]:
    """What stands beside each other in two columns, in a sample of the rows where both have something."""
    one, other = cells.columns[first], cells.columns[second]
    rows = np.intersect1d(filled_rows(one), filled_rows(other), assume_unique=True)
    return list(zip(_texts(one, rows), _texts(other, rows), strict=True))


def is_missing(text: str) -> bool:
    """Whether a text only says that nothing is known."""
    return len(text) < 20 and bool(_MISSING.fullmatch(text))


def _texts(column: pa.Array, rows: Any) -> list[str]:
    """The texts of up to `MOST_ROWS` of some rows, evenly spaced, without the blanks around them."""
    if len(rows) > MOST_ROWS:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_ROWS).astype(np.int64)]
    found: Sequence[str] = column.take(pa.array(rows)).to_pylist()
    return [text.strip(BLANKS) for text in found]


def _has_letters(text: str) -> bool:
    letters = sum(map(str.isalpha, text[:80]))
    return letters > 1 or letters == len(text)


def _is_day(text: str) -> bool:
    text = LABEL.sub("", text, count=1)
    if len(text) > 80 or _is_clock(text):
        return False
    if not text.isascii():
        text = without_era(folded(text))
    if _DAY.fullmatch(text) or DTG.fullmatch(text.casefold()):
        return True
    if len(text) > 50 or not any(map(str.isdigit, text)):
        return False
    return bool(_WRITTEN.fullmatch(text) or _MARKED.fullmatch(marked(folded(text))) or _is_period(folded(text)))


def _is_period(text: str) -> bool:
    try:
        return period_of(text, int) is not None
    except ValueError:
        return False


def _is_clock(text: str) -> bool:
    return len(text) < 40 and bool(_CLOCK.fullmatch(text) and _HOUR.search(text))


def _is_up_to(text: str, most: int) -> bool:
    text = text.removesuffix(".0")
    return text.isdecimal() and len(text) <= 2 and int(text) <= most


def _is_degree(text: str) -> bool:
    if number := _DEGREE.fullmatch(text):
        return abs(float(number[1].replace(",", ".").replace("−", "-"))) <= 180
    return bool(_MINUTES.fullmatch(text)) and not _TWO_MINUTES.fullmatch(text)


def _is_point(text: str) -> bool:
    if _METRES.match(text):
        return False
    if _ADDRESS.match(text):
        return bool(_IN_ADDRESS.search(text) and read_points([text]).found[0])
    if len(text) > 120:
        return bool(_SHAPE.match(text))
    if (several := taken_apart(text)) and len(text) > len(several[0]):
        return all(map(_is_point, several))
    is_pair = _PAIR.fullmatch(text) and not _DEGREE.fullmatch(text) and len(re.findall(r"\d[.,]\d", text)) > 1
    if _COMPASS.fullmatch(text) and len(re.findall(r"\d", text)) > 3 and read_points([text]).found[0]:
        return True
    return bool(is_pair or _TWO_MINUTES.fullmatch(text) or _SHAPE.match(text) or is_code(text))


def _is_figure(text: str) -> bool:
    if len(text) >= 40:
        return False
    # "Une dizaine": what counts without a number.
    return bool(_FIGURE.fullmatch(text) or _FIGURE_WORDS.fullmatch(text)) or least(folded(text)) is not None
