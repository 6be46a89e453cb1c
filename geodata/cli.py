"""`python -m geodata`: read, ask and check the record. Data goes to stdout, words to stderr.

Exit status: 0 done, 1 problems in the data or nothing found, 2 a wrong command.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from geodata.dates import parse_day
from geodata.errors import FilterError, GeodataError
from geodata.filter import KEYS, Filter, one_of
from geodata.model import CATEGORIES, GEO_PRECISIONS, MEASURES

if TYPE_CHECKING:
    from geodata.model import Claim
    from geodata.store import Result, Store

PROGRAM = "python -m geodata"
FILTER_HELP = {
    "from": "first day, YYYY-MM-DD",
    "to": "last day, inclusive",
    "dates": "may: events that may lie in the dates (default); must: that certainly do",
    "as_of": "what was known on this day",
    "categories": ", ".join(CATEGORIES),
    "claimants": "who gave a figure",
    "sources": "source ids",
    "actors": "who took part",
    "places": "place ids, names, regions or country codes",
    "precision": ", ".join(GEO_PRECISIONS),
    "q": "a text in titles, notes, names",
    "bbox": "west,south,east,north in degrees",
    "v": "the version of the data that is expected",
}


class _Once(argparse.Action):
    """Store a value; refuse the option's second use, which would drop the first in silence."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: object, _option: object = None) -> None:
        if getattr(namespace, self.dest) is not None:
            raise argparse.ArgumentError(self, "given twice (expected once; lists are written a,b,c)")
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence, and which takes "--bbox -10,40,20,50" as it is written."""

    def __init__(self, prog: str | None = None, **kwargs: Any) -> None:
        super().__init__(prog, allow_abbrev=False, **kwargs)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse, which alone would take the value -10,40,20,50 for an option."""
        words: list[str] = []
        for word in args or ():
            if re.match(r"-[0-9.]", word) and words and re.fullmatch(r"--[a-z-]+", words[-1]):
                words[-1] += f"={word}"
            else:
                words.append(word)
        return super().parse_known_args(words, namespace)

    def error(self, message: str) -> NoReturn:
        """Say it in one line and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """One option for each filter key: `--as-of` for as_of."""
    group = parser.add_argument_group("filter", "Lists are comma-separated.")
    for key in KEYS:
        name = f"--{key.replace('_', '-')}"
        group.add_argument(name, dest=key, action=_Once, metavar=key.upper(), help=FILTER_HELP.get(key))


def filter_from(args: argparse.Namespace) -> Filter:
    """The filter that the options of `add_filter_options` make. Raises FilterError."""
    return Filter.parse(**{key: getattr(args, key) for key in KEYS})


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and rename: a reader sees the old file or the new one, never half of one."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def main(argv: Sequence[str]) -> int:
    """Run one command and give its exit status. Raises SystemExit after --help and for unknown options."""
    args = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except BrokenPipeError:
        # The reader has seen enough, as `head` has. What is left in the buffer goes nowhere at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except GeodataError as error:
        return _say(error, 2 if isinstance(error, FilterError) else 1)
    except KeyboardInterrupt:
        return 130


def _parser() -> Parser:
    parser = Parser(PROGRAM, description="Read, ask and check the record of events and claims.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def add(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        return command

    for name, run, words, formats in (
        ("events", _events, "the filtered events", ("geojson", "csv")),
        ("claims", _claims, "the claims on them and the ranges of those that stand", ("json", "csv")),
    ):
        command = add(name, run, words)
        command.add_argument(
            "--data",
            action="append",
            default=[],
            type=Path,
            help="a data folder or table (.csv, .tsv, .xlsx); repeatable",
        )
        command.add_argument("--format", choices=formats, default=formats[0], help="default: %(default)s")
        command.add_argument(
            "--out", action=_Once, type=Path, metavar="FILE", help="write to a file, whole or not at all"
        )
        if name == "claims":
            command.add_argument("--measure", action=_Once, help=", ".join(MEASURES))
            command.add_argument(
                "--source-text", action=_Once, type=Path, metavar="FILE",
                help="a source's text, known by its SHA-256: adds the very words to its claims",
            )  # fmt: skip
        add_filter_options(command)

    command = add("total", _total, "the sum of a measure, where figures may be added up, else the reason why not")
    command.add_argument(
        "--data", action="append", default=[], type=Path, help="a data folder or table (.csv, .tsv, .xlsx); repeatable"
    )
    command.add_argument("--measure", action=_Once, required=True, help=", ".join(MEASURES))
    add_filter_options(command)

    geocode = add("geocode", _geocode, "where a place is: candidates, best first")
    geocode.add_argument("name", metavar="NAME")
    geocode.add_argument("--country", action=_Once, help="two letters, such as KZ")
    geocode.add_argument("--on", action=_Once, metavar="DATE", help="give the names of this day (default: today)")
    geocode.add_argument("--feature", action=_Once, help="what it is, such as airfield")

    check = add("check", _check, "every broken rule of a data set, one a line")
    check.add_argument("data", nargs="+", type=Path, metavar="DATA", help="a data folder or table (.csv, .tsv, .xlsx)")
    return parser


def _ask(args: argparse.Namespace) -> tuple[Store, Result]:
    where = filter_from(args)  # a wrong command is told before data with problems
    from geodata.store import open_store  # noqa: PLC0415 (the engine; --help does without)

    store = open_store(*args.data)
    return store, store.query(where)


def _events(args: argparse.Namespace) -> int:
    store, result = _ask(args)
    from geodata.formats import events_csv, events_geojson  # noqa: PLC0415

    _give((events_csv if args.format == "csv" else events_geojson)(result, store), args.out)
    return 0 if result.events else _say(f"No event matches: {result.where.describe()}.", 1)


def _claims(args: argparse.Namespace) -> int:
    measure = one_of(MEASURES)("measure", args.measure) if args.measure else ""
    store, result = _ask(args)
    from geodata.formats import claims_csv, claims_json  # noqa: PLC0415

    asked = [claim for claim in result.claims if measure in ("", claim.measure)]
    words, misfits = _very_words(args.source_text, store, asked) if args.source_text else (None, [])
    _give((claims_csv if args.format == "csv" else claims_json)(result, measure, words), args.out)
    if misfits:
        return _say("\n".join(misfits), 1)
    if asked:
        return 0
    return _say(f"No claim{f' of {measure}' if measure else ''} matches: {result.where.describe()}.", 1)


def _very_words(path: Path, store: Store, claims: Sequence[Claim]) -> tuple[dict[str, str], list[str]]:
    """What the claims that stand in the text say there, by claim id, and a sentence for each that does not fit it."""
    from geodata.sourcetext import TextRefused, read_source_text  # noqa: PLC0415

    text = read_source_text(path, store.dataset.sources)
    words: dict[str, str] = {}
    misfits = []
    for claim in claims:
        try:
            passage = text.passage(claim)
        except TextRefused as error:
            misfits.append(str(error))
        else:
            words |= {claim.claim_id: passage.words} if passage else {}
    return words, misfits


def _total(args: argparse.Namespace) -> int:
    where, measure = filter_from(args), one_of(MEASURES)("measure", args.measure)
    from geodata.formats import total_json  # noqa: PLC0415
    from geodata.store import open_store  # noqa: PLC0415

    _give(total_json(open_store(*args.data), where, measure))
    return 0


def _geocode(args: argparse.Namespace) -> int:
    try:
        day = parse_day(args.on) if args.on else None
    except ValueError as error:
        raise FilterError("on", f"Cannot read on: {error}.") from None
    from geodata.geocoder import geocode  # noqa: PLC0415

    result = geocode(args.name, country=args.country, on=day, feature=args.feature)
    _give(json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False, indent=2) + "\n")
    return 0 if result.candidates else _say(f"No place is known by the name {args.name!r}.", 1)


def _check(args: argparse.Namespace) -> int:
    from geodata.importers import read_data  # noqa: PLC0415

    dataset = read_data(*args.data)
    counts = (
        (len(dataset.events), "event"),
        (len(dataset.claims), "claim"),
        (len(dataset.sources), "source"),
        (len(dataset.places), "place"),
    )
    return _say(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts), 0)


def _give(text: str, out: Path | None = None) -> None:
    try:
        if out is None:
            sys.stdout.buffer.write(text.encode())  # UTF-8, whatever the terminal says of itself
            sys.stdout.flush()
        else:
            write_whole(out, text.encode())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GeodataError(f"Cannot write {str(out or 'the output')!r}: {error.strerror}.") from error


def _say(words: object, status: int) -> int:
    print(words, file=sys.stderr)
    return status
