"""The errors a user can cause, each a full sentence that says what was seen and what was expected.

GeodataError
├── ChoiceError     a choice that cannot be read (exit status 2, HTTP 400)
├── DataError       data that breaks a rule (exit status 1, HTTP 422); carries every problem found
├── NothingFound    a question with an empty answer (exit status 1)
├── TooMany         more than can be shown one by one
├── TextRefused     a text that is not that of a source
└── TotalRefused    a sum that must not be made (exit status 1, HTTP 422)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class GeodataError(Exception):
    """A mistake in the input. Anything else that is raised is a bug."""


class ChoiceError(GeodataError):
    """A filter or view value cannot be read. `key` is the filter key as in the address."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class NothingFound(GeodataError):
    """The question was fine and the answer is empty."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: where it stands, the value as it stood, and what was expected.

    `line` is the 1-based line of the file (the header is line 1); 0 means the file as a whole. `rule` is the short
    name of the rule, as a file of rejected rows has it.
    """

    file: str
    line: int
    column: str
    value: str
    message: str
    rule: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f", line {self.line}"
        if self.column:
            where += f', column "{self.column}"'
        return f"{where}: {self.message}"


class DataError(GeodataError):
    """A data set breaks at least one rule; `problems` has one entry for each, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class TooMany(GeodataError):
    """More events than can be shown, or drawn, one by one."""


class TextRefused(GeodataError):
    """The text cannot be read, is no source's, or does not hold what a locator points at."""


class TotalRefused(GeodataError):
    """The figures asked for must not be added; the message says why."""
