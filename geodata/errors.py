"""The errors a user can cause, each a full sentence that says what was seen and what was expected.

GeodataError
├── ChoiceError     a choice that cannot be read (exit status 2, HTTP 400)
├── DataError       data that breaks a rule (exit status 1, HTTP 422); carries every problem found
├── Unclear         a file of which it has to be said first how it is read (exit status 1, HTTP 422)
├── NothingFound    a question with an empty answer (exit status 1)
├── NoAnswer        a database that is away (exit status 1, HTTP 503)
├── TooSlow         a database that was stopped, as it took too long (exit status 1, HTTP 504)
├── Gone            a version that is no longer in its database (exit status 1, HTTP 404)
├── TooMany         more than can be shown one by one
├── TextRefused     a text that is not that of a source
└── TotalRefused    a sum that must not be made (exit status 1, HTTP 422)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

# Like problems up to this many are said one by one; of more, as many lines are named.
_FEW, _FIRST = 3, 5
_SAID_OF_ONE = re.compile(r"'.*?'|\".*?\"|\d+")  # a value, or a number


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


@dataclass(frozen=True, slots=True)
class Question:
    """What a file leaves open and only its owner knows: asked once for the file, never decided for one row.

    `choices` are answers as a mapping keeps them, each with the words that a reader chooses it by.
    """

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]


class DataError(GeodataError):
    """A data set breaks at least one rule; `problems` are the first of them, in file order, `more` how many follow.
    `why` says that too many rows do; those that break the same rule are then one sentence."""

    def __init__(self, problems: Sequence[Problem], more: int = 0, why: str = "") -> None:
        rest = [f"{more:,} more problems are not shown."] if more else []
        said = [why, *grouped(problems)] if why else map(str, problems)
        super().__init__("\n".join([*said, *rest]))
        self.problems, self.more = tuple(problems), more


class Unclear(GeodataError):
    """It has to be said first how a file is read: `questions` with their choices, and `proposal`, the mapping (TOML)
    in which they can be answered."""

    def __init__(self, file: str, proposal: str, questions: Sequence[Question]) -> None:
        super().__init__("\n".join(f"{file}: {question.words}" for question in questions))
        self.proposal, self.questions = proposal, tuple(questions)


class NoAnswer(GeodataError):
    """A database cannot be reached. The sentence names no secret."""


class TooSlow(GeodataError):
    """A database did not answer in the time that it is given."""


class Gone(GeodataError):
    """What was loaded into a database is no longer there."""


class TooMany(GeodataError):
    """More events than can be shown, or drawn, one by one."""


class TextRefused(GeodataError):
    """The text cannot be read, is no source's, or does not hold what a locator points at."""


class TotalRefused(GeodataError):
    """The figures asked for must not be added; the message says why."""


def alike(problem: Problem) -> tuple[str, str, str]:
    """What problems that are said in one sentence have in common: file, column and rule; of repairs the sentence, or
    what it says in brackets, but for values and numbers."""
    if problem.rule != "repair":
        return problem.file, problem.column, problem.rule or str(problem)
    return problem.file, problem.column, _SAID_OF_ONE.sub("", problem.message.rpartition(" (")[2])


def grouped(
    problems: Iterable[Problem], counts: Mapping[tuple[str, str, str], int] = MappingProxyType({})
) -> Iterator[str]:
    """Problems as sentences; those that are `alike` as one, with the first lines and how many they are in all, where
    `counts` knows of more than are among the problems."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault(alike(problem), []).append(problem)
    for key, like in found.items():
        file, column, _ = key
        count = max(len(like), counts.get(key, 0))
        if count <= _FEW:
            yield from map(str, like)
            continue
        lines = ", ".join(f"{problem.line:,}" for problem in like[:_FIRST])
        where = f'{file}, column "{column}"' if column else file
        yield f"{where}: {count:,} rows (lines {lines} …), such as: {like[0].message}"
