"""`python -m geodata`: read, ask and check the record. Data goes to stdout, words to stderr.

Exit status: 0 done, 1 problems in the data or nothing found, 2 a wrong command.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.arguments import Once, Parser, add_filter_options, filter_from
from geodata.dates import parse_day
from geodata.errors import ChoiceError, GeodataError
from geodata.files import write_whole
from geodata.reading import one_of
from geodata.record.model import MEASURES

if TYPE_CHECKING:
    from geodata.record.model import Claim
    from geodata.store.result import Result
    from geodata.store.store import Store

PROGRAM = "python -m geodata"


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
        return _say(error, 2 if isinstance(error, ChoiceError) else 1)
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
            "--out", action=Once, type=Path, metavar="FILE", help="write to a file, whole or not at all"
        )
        if name == "claims":
            command.add_argument("--measure", action=Once, help=", ".join(MEASURES))
            command.add_argument(
                "--source-text", action=Once, type=Path, metavar="FILE",
                help="a source's text, known by its SHA-256: adds the very words to its claims",
            )  # fmt: skip
        add_filter_options(command)

    command = add("total", _total, "the sum of a measure, where figures may be added up, else the reason why not")
    command.add_argument(
        "--data", action="append", default=[], type=Path, help="a data folder or table (.csv, .tsv, .xlsx); repeatable"
    )
    command.add_argument("--measure", action=Once, required=True, help=", ".join(MEASURES))
    add_filter_options(command)

    geocode = add("geocode", _geocode, "where a place is: candidates, best first")
    geocode.add_argument("name", metavar="NAME")
    geocode.add_argument("--country", action=Once, help="two letters, such as KZ")
    geocode.add_argument("--on", action=Once, metavar="DATE", help="give the names of this day (default: today)")
    geocode.add_argument("--feature", action=Once, help="what it is, such as airfield")

    check = add("check", _check, "every broken rule of a data set, one a line")
    check.add_argument("data", nargs="+", type=Path, metavar="DATA", help="a data folder or table (.csv, .tsv, .xlsx)")
    return parser


def _ask(args: argparse.Namespace) -> tuple[Store, Result]:
    where = filter_from(args)  # a wrong command is told before data with problems
    from geodata.store.store import open_store  # noqa: PLC0415 (the engine; --help does without)

    store = open_store(*args.data)
    return store, store.query(where)


def _events(args: argparse.Namespace) -> int:
    store, result = _ask(args)
    from geodata.formats.text import events_csv, events_geojson  # noqa: PLC0415

    _give(events_csv(result) if args.format == "csv" else events_geojson(result, store.name), args.out)
    return 0 if result.events else _say(f"No event matches: {result.where.describe()}.", 1)


def _claims(args: argparse.Namespace) -> int:
    measure = one_of(MEASURES)("measure", args.measure) if args.measure else ""
    store, result = _ask(args)
    from geodata.formats.text import claims_csv, claims_json  # noqa: PLC0415

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
    from geodata.errors import TextRefused  # noqa: PLC0415
    from geodata.record.passages import read_source_text  # noqa: PLC0415

    text = read_source_text(path, store.sources)
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
    from geodata.formats.text import total_json  # noqa: PLC0415
    from geodata.store.store import open_store  # noqa: PLC0415

    _give(total_json(open_store(*args.data), where, measure))
    return 0


def _geocode(args: argparse.Namespace) -> int:
    try:
        day = parse_day(args.on) if args.on else None
    except ValueError as error:
        raise ChoiceError("on", f"Cannot read on: {error}.") from None
    from geodata.places.geocoder import geocode  # noqa: PLC0415

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
