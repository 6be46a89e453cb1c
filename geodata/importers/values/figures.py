"""Figures as people write them: one number, a range, or a number with words such as "at least". None is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values.answer import Answers, Question, Refusal
from geodata.importers.values.words import quantities as words
from geodata.importers.values.words.folding import MISSING, folded, some

_MARKS = (",", ".")
_NAMES = {",": "commas", ".": "points"}
_MANY = 1_000_000
_TOO_MANY = 10**12
_LONGEST = 80  # no figure is longer, words included
_NUMBER = r"(?:\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_WITH_MARK = re.compile(r"\d+(?:[.,]\d+)+")
_MAY_GROUP = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})+|[1-9]\d{0,2}([.,])\d{3}(?:\2\d{3})*(?!\2)[.,]\d+")
_FRACTION = re.compile(r"[.,]0*[1-9]")
_SHARE = re.compile(r"\d{1,9}([.,])\d*[1-9]\d*", re.ASCII)
_DIGIT, _FEWEST_WORDS = re.compile(r"\d"), 3  # of a remark
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)
_ZEROS = re.compile(r"\.0+")
_KAZAKH_CASE = re.compile(r"(?<=\d)-(?:ден|дан|тен|тан|нен|нан|ге|ға|ке|қа)(?!\w)")
_EXPECTED = 'expected a whole number, a range such as 6-8, or one with a word such as "at least 5"'


@dataclass(frozen=True, slots=True)
class Figure:
    """The least, the best and the most that a text says, None where it does not say it.

    One number alone is all three. `qualifier` is one of `QUALIFIERS`, or "" where the text has no such word.
    """

    low: int | None
    best: int | None
    high: int | None
    qualifier: str = ""


def read_figures(texts: Sequence[str], *, thousands: str = "", has_shares: bool = False) -> Answers[Figure]:
    """The figures of the different texts of a column.

    With `has_shares` a fraction such as 19.8 lies between two whole numbers, as one does that is a share of a toll of
    several incidents; else it is refused.
    `thousands` is an answer given before: "," or ".", the mark between thousands. Words and codes for no figure
    ("unknown", -99) are None without a refusal, never 0.
    """
    return _Column(texts, thousands, has_shares).answers()


class _NoFigure(ValueError):
    """A text that is no figure; `rule` is its short name."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule


@dataclass(slots=True)
class _Column:
    """The figures of a column, while they are read."""

    texts: Sequence[str]
    thousands: str
    has_shares: bool = False
    # Texts that need the meaning of a mark, by the mark: "1,200".
    grouped: dict[str, list[str]] = field(default_factory=lambda: {mark: [] for mark in _MARKS})
    # Numbers that show that a mark stands between thousands, or before decimals.
    is_thousands: dict[str, list[str]] = field(default_factory=lambda: {mark: [] for mark in _MARKS})
    is_decimal: dict[str, list[str]] = field(default_factory=lambda: {mark: [] for mark in _MARKS})
    open_marks: set[str] = field(default_factory=set)
    decimals: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def answers(self) -> Answers[Figure]:
        plain = [folded(text.replace("٬", "'").replace("٫", ".")) for text in self.texts]
        question = self._question(plain)
        found: list[Figure | None] = []
        refusals, repairs = {}, {}
        for position, (text, cell) in enumerate(zip(self.texts, plain, strict=True)):
            self.notes.clear()
            figure = None
            try:
                figure = self._figure(text.strip(BLANKS), cell)
            except _NoFigure as refused:
                if refused.rule == "figure" and not _DIGIT.search(cell) and len(cell.split()) >= _FEWEST_WORDS:
                    repairs[position] = f"{shown(text.strip(BLANKS))} is a remark, and read as no figure."
                    found.append(None)
                    continue
                refusals[position] = Refusal(refused.rule, f"{shown(text.strip(BLANKS))} {refused}.")
            else:
                if self.notes:
                    repairs[position] = f"{shown(text.strip(BLANKS))} {'; '.join(self.notes)}."
            found.append(figure)
        return Answers(found, refusals, repairs, self._told(), question)

    def _told(self) -> tuple[str, ...]:
        told = []
        for mark, texts in self.grouped.items():
            if texts and mark not in self.open_marks | self.decimals:
                is_answered = self.thousands in _MARKS
                if not is_answered or self.thousands == mark:
                    why = "as was answered" if is_answered else f"as in {shown(min(texts))}"
                    told.append(f"{_NAMES[mark].capitalize()} stand between thousands, {why}.")
        if self.whole:
            told.append(f"Figures such as {shown(min(self.whole))} are whole numbers.")
        if self.missing:
            told.append(f"No figure, and not 0, is said by {some(self.missing)}.")
        return tuple(told)

    def _question(self, plain: list[str]) -> Question | None:
        """Look at all numbers with marks, and ask where they contradict each other."""
        for cell in plain:
            for number in _WITH_MARK.findall(cell) if len(cell) <= _LONGEST else ():
                mark = next(char for char in number if char in _MARKS)
                if _GROUPED.fullmatch(number):
                    self.is_thousands[mark].append(number)
                elif _MAY_GROUP.fullmatch(number):
                    self.grouped[mark].append(number)
                else:
                    self.is_decimal[mark].append(number)
        if self.thousands in _MARKS:
            return None
        for mark, other in (_MARKS, _MARKS[::-1]):
            if not self.is_thousands[mark] and len(set(filter(_FRACTION.search, self.is_decimal[mark]))) > 1:
                self.decimals.add(mark)  # "0.33" and "19.8" say so, and "78.125" does not deny it
                continue
            against = self.is_decimal[mark] or self.is_thousands[other] or self.grouped[other]
            if self.grouped[mark] and against:
                self.open_marks |= {mark} | ({other} if self.grouped[other] else set())
                return self._asked(min(self.grouped[mark]), min(against), mark, other)
        return None

    def _asked(self, example: str, against: str, mark: str, other: str) -> Question:
        digits = example.replace(mark, "")
        words = (
            f"What stands between thousands? {shown(example)} may be {digits} or a decimal number, "
            f"and {shown(against)} contradicts one of the two."
        )
        choices = {
            mark: f"{_NAMES[mark]}: {shown(example)} is {digits}",
            other: f"{_NAMES[other]}: {shown(example)} is a decimal number, and no figure",
        }
        return Question("thousands", words, tuple((key, choices[key]) for key in _MARKS))

    def _figure(self, text: str, cell: str) -> Figure | None:
        if cell.isdigit() and cell.isascii():
            number = self._sized(Decimal(cell) if len(cell) <= 20 else Decimal(_TOO_MANY))
            return Figure(number, number, number)
        if not cell:
            return None
        if len(cell) > _LONGEST:
            raise _NoFigure("figure", f"is not a figure ({_EXPECTED})")
        if cell in MISSING or words.is_nobody(cell) or _ZEROS.sub("", cell) in words.NEGATIVE_CODES:
            self.missing.append(text)
            self.notes.append("says no figure, and not 0")
            return None
        least = words.least(cell)
        if least is not None:
            codebook = ", as ACLED's codebook counts it" if least <= 100 else ""
            self.notes.append(f"is read as at least {least}{codebook}")
            return Figure(least, None, None, "hundreds" if least == 100 else "at least")
        if words.is_vague(cell):
            self.notes.append("has no number")
            return None
        if re.match(r"-\s*\d", cell):
            raise _NoFigure(
                "figure-negative", "is negative (a figure is 0 or more; leave the cell empty for no figure)"
            )
        if (bare := words.without_remark(cell)) != cell:
            figure = self._figure(text, bare)
            self.notes.insert(0, f"is read as {_said(figure)}" if figure else "is read as no figure")
        else:
            figure = self._in_words(cell)
        return figure

    def _in_words(self, cell: str) -> Figure | None:
        """The figure of a text with words for numbers, and for more and less."""
        digits = words.with_digits(_KAZAKH_CASE.sub("", cell))
        figure = self._share(cell) or self._said(words.marked(digits))
        if figure and digits != cell:
            self.notes.insert(0, f"is read as {_said(figure)}")
        return figure

    def _share(self, cell: str) -> Figure | None:
        """The whole numbers that a fraction lies between; None for any other text, or where a question is open."""
        match = _SHARE.fullmatch(cell) if self.has_shares else None
        if not match or match[1] in self.open_marks or self._stands_between_thousands(match[1], cell):
            return None
        least = int(Decimal(cell.replace(",", ".")))
        self.notes.append(f"is no whole number, and read as {least} to {least + 1}")
        return Figure(least, None, least + 1)

    def _said(self, marked: str) -> Figure | None:
        """The figure of a text with marks for its words; None where a question is open."""
        match = _SAID.fullmatch(marked)
        if not match:
            self._refuse(marked)
            return None
        before, after, between, word = match["pre"] or "", match["post"] or "", match["sep"], match["word"]
        # "15-20k" is thousands at both ends, "500-1k" is not.
        is_shared = match["bk"] and not match["ak"] and _is_less(match["a"], match["b"])
        low = self._number(match["a"], match["bk"] if is_shared else match["ak"])
        high = self._number(match["b"], match["bk"]) if between else low
        if low is None or high is None:
            return None
        if word:
            if not words.is_unit(word):
                self._refuse(marked)
            self.notes.append(f"is read without the word {word!r}")
        if after == "?":
            self.notes.append("is written as uncertain")
        kind = _KINDS.get(after) or _KINDS.get(before, "")
        if (match["ak"] or match["bk"]) and not kind:
            kind = "about"
            self.notes.append("is rounded, and read as about")
        if not between:
            if before and after and kind != _KINDS.get(before):
                self._refuse(marked)
            return self._one(low, kind, marked)
        is_between = before == words.FROM
        if (between == words.AND and not is_between) or not (is_between or kind in ("", "about")) or kind == "up to":
            self._refuse(marked)
        if high < low:
            raise _NoFigure("figure-range", f"ends below its beginning ({low} to {high})")
        return Figure(low, None, high, "about" if kind == "about" else "")

    def _one(self, number: int, kind: str, marked: str) -> Figure:
        if kind in ("over", "at least"):
            return Figure(number, None, None, kind)
        if kind == "up to":
            return Figure(None, None, number)
        if kind == "under":
            if number < 1:
                self._refuse(marked)
            self.notes.append(f"is read as at most {number - 1}")
            return Figure(None, None, number - 1)
        return Figure(number, number, number, kind)

    def _number(self, written: str, factor: str | None) -> int | None:
        """The whole number of some digits and marks; None where the column's question is about it."""
        digits = written.replace(" ", "").replace("'", "")
        if _MAY_GROUP.fullmatch(digits) and any(mark in digits for mark in self.open_marks):
            return None
        mark = next((char for char in digits if char in _MARKS), "")
        if mark and self._stands_between_thousands(mark, digits):
            digits = digits.replace(mark, "")
        digits = digits.replace(",", ".")
        if digits.count(".") > 1 or len(digits) > 20:
            raise _NoFigure("figure", f"is not a figure ({_EXPECTED})")
        number = Decimal(digits) * (words.times()[factor.strip()] if factor else 1)
        if number != number.to_integral_value():
            raise _NoFigure("figure-fraction", "is not a whole number")
        if "." in digits and not factor:
            self.whole.append(written)
        return self._sized(number)

    def _stands_between_thousands(self, mark: str, digits: str) -> bool:
        is_grouped = bool(_GROUPED.fullmatch(digits) or _MAY_GROUP.fullmatch(digits))
        if self.thousands not in _MARKS:
            return is_grouped and mark not in self.decimals
        if mark == self.thousands and not is_grouped:
            raise _NoFigure("figure", f"has {_NAMES[mark]} that are not between thousands")
        return mark == self.thousands

    def _sized(self, number: Decimal) -> int:
        if number >= _TOO_MANY:
            raise _NoFigure("figure-size", "is too large a figure (expected less than a million millions)")
        if number > _MANY:
            self.notes.append("is more than a million")
        return int(number)

    def _refuse(self, marked: str) -> None:
        if re.search(r"\d ?e ?[+-]?\d", marked):
            raise _NoFigure("figure", "is not a figure (expected a whole number, all digits written)")
        if len(re.findall(_NUMBER, marked)) > 1:
            raise _NoFigure("figure", "says more than one figure (expected one number or one range)")
        raise _NoFigure("figure", f"is not a figure ({_EXPECTED})")


_KINDS = {
    words.AT_LEAST: "at least",
    words.FROM: "at least",
    "+": "at least",
    words.OVER: "over",
    words.ABOUT: "about",
    "?": "about",
    words.UP_TO: "up to",
    words.TO: "up to",
    words.UNDER: "under",
}
_BEFORE = f"[{words.AT_LEAST}{words.OVER}{words.ABOUT}{words.UP_TO}{words.UNDER}{words.FROM}{words.TO}]"
_AFTER = f"[{words.AT_LEAST}{words.OVER}{words.ABOUT}{words.UP_TO}+?]"
_FACTOR = rf"(?:{'|'.join(map(re.escape, sorted(words.times(), reverse=True)))})(?!\w)"
_SAID = re.compile(
    rf"(?:(?P<pre>{_BEFORE}) ?)?(?P<a>{_NUMBER})(?P<ak> ?(?:{_FACTOR}))?"
    rf"(?: ?(?P<sep>[-{words.TO}{words.AND}{words.OR}]) ?(?P<b>{_NUMBER})(?P<bk> ?(?:{_FACTOR}))?)?"
    rf"(?: ?(?P<post>{_AFTER}))?(?: (?P<word>[^\W\d_]+)\.?)?"
)


def _is_less(one: str, other: str) -> bool:
    few, many = (text.replace(",", ".") for text in (one, other))
    return bool(_PLAIN.fullmatch(few) and _PLAIN.fullmatch(many)) and float(few) < float(many)


def _said(figure: Figure) -> str:
    """A figure as words of a sentence."""
    low, high = figure.low, figure.high
    if low == high:
        return f"{figure.qualifier} {low}".lstrip()
    if low is None:
        return f"at most {high}"
    return f"{low} to {high}" if high is not None else f"{figure.qualifier} {low}"
