"""`python -m geodata`: read, ask and check the record. Data goes to stdout, words to stderr.

Exit status: 0 done, 1 problems in the data or nothing found, 2 a wrong command.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata import storing
from geodata.arguments import (
    Once,
    Parser,
    add_data_options,
    add_filter_options,
    filter_from,
)
from geodata.dates import parse_day
from geodata.errors import ChoiceError, GeodataError, Unclear
from geodata.formats.catalogue import CLAIM_FORMATS, FORMATS, GEOPARQUET, asked_of, check_options
from geodata.reading import one_of
from geodata.record.model import MEASURES
from geodata.terminal import give, give_text, give_words

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
    except Unclear as error:
        give_text([error.proposal])
        return give_words(error, "Write the answers into what is printed here, and give it with --mapping.", status=1)
    except GeodataError as error:
        return give_words(error, status=2 if isinstance(error, ChoiceError) else 1)
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
        ("events", _events, "the filtered events", tuple(FORMATS)),
        ("claims", _claims, "the claims on them and the ranges of those that stand", CLAIM_FORMATS),
    ):
        command = add(name, run, words)
        add_data_options(command)
        command.add_argument("--format", choices=formats, default=formats[0], help="default: %(default)s")
        command.add_argument(
            "--out", action=Once, type=Path, metavar="FILE", help="write to a file, whole or not at all"
        )
        if name == "events":
            taken = ", ".join(each for each, kind in FORMATS.items() if kind.hxl)
            command.add_argument("--hxl", action="store_true", help=f"a second header row of HXL tags ({taken})")
            command.add_argument("--geoparquet", action=Once, metavar="VERSION", help=f"{' or '.join(GEOPARQUET)}")
        else:
            command.add_argument("--measure", action=Once, help=", ".join(MEASURES))
            command.add_argument(
                "--source-text", action=Once, type=Path, metavar="FILE",
                help="a source's text, known by its SHA-256: adds the very words to its claims",
            )  # fmt: skip
        add_filter_options(command)

    command = add("total", _total, "the sum of a measure, where figures may be added up, else the reason why not")
    add_data_options(command)
    command.add_argument("--measure", action=Once, required=True, help=", ".join(MEASURES))
    add_filter_options(command)

    original = add("original", _original, "the row of a table that an event was read from, as it stands there, as JSON")
    original.add_argument("event", metavar="EVENT_ID")
    add_data_options(original)

    geocode = add("geocode", _geocode, "where a place is: candidates, best first")
    geocode.add_argument("name", metavar="NAME")
    geocode.add_argument("--country", action=Once, help="two letters, such as KZ")
    geocode.add_argument("--on", action=Once, metavar="DATE", help="give the names of this day (default: today)")
    geocode.add_argument("--feature", action=Once, help="what it is, such as airfield")

    storing.add_commands(add)
    return parser


def _ask(args: argparse.Namespace) -> tuple[Store, Result]:
    where = filter_from(args)  # a wrong command is told before data with problems
    from geodata.store.opening import open_data  # noqa: PLC0415 (the engine; --help does without)

    store = open_data(args.data, args.cache, engine=args.engine)
    return store, store.query(where)


def _events(args: argparse.Namespace) -> int:
    format, out = FORMATS[args.format], args.out
    check_options(args.format, hxl=args.hxl, geoparquet=args.geoparquet)
    if out is None and not format.is_text and sys.stdout.isatty():
        raise ChoiceError("out", f"The format {args.format} is not for a terminal (expected --out FILE, or a pipe).")
    store, result = _ask(args)
    asked = asked_of(store, result, hxl=args.hxl, geoparquet=args.geoparquet)
    if args.format == "folder" and out is not None and out.suffix.lower() != ".zip":
        from geodata.formats.folder import write_folder  # noqa: PLC0415 (the engine, as below)

        write_folder(asked, out)
    else:
        give(format.write(asked), out)
    give_words(*asked.losses.sentences())
    return 0 if result.count else give_words(f"No event matches: {result.where.describe()}.", status=1)


def _claims(args: argparse.Namespace) -> int:
    measure = one_of(MEASURES)("measure", args.measure) if args.measure else ""
    store, result = _ask(args)
    from geodata.formats.text import claims_csv, claims_json  # noqa: PLC0415

    def asked() -> Iterator[Claim]:
        return (claim for part in result.parts() for claim in part.claims if measure in ("", claim.measure))

    words, misfits = _very_words(args.source_text, store, asked()) if args.source_text else (None, [])
    give_text((claims_csv if args.format == "csv" else claims_json)(result, measure, words), args.out)
    if misfits:
        return give_words("\n".join(misfits), status=1)
    if next(asked(), None):
        return 0
    return give_words(f"No claim{f' of {measure}' if measure else ''} matches: {result.where.describe()}.", status=1)


def _very_words(path: Path, store: Store, claims: Iterable[Claim]) -> tuple[dict[str, str], list[str]]:
    """What the claims that stand in the text say there, by claim id, and a sentence for each that does not fit it."""
    from geodata.errors import TextRefused  # noqa: PLC0415
    from geodata.record.passages import read_source_text  # noqa: PLC0415

    text = read_source_text(path, store.texts)
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
    from geodata.store.opening import open_data  # noqa: PLC0415

    give_text([total_json(open_data(args.data, args.cache, engine=args.engine), where, measure)])
    return 0


def _original(args: argparse.Namespace) -> int:
    from geodata.store.opening import open_data  # noqa: PLC0415

    store = open_data(args.data, args.cache, engine=args.engine)
    found = store.original(args.event)
    if found:
        give_text([json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2), "\n"])
        return 0
    if store.event(args.event):
        return give_words(
            f"The event {args.event!r} is from a whole record and has no other row than its own.", status=1
        )
    return give_words(f"No event has the id {args.event!r}.", status=1)


def _geocode(args: argparse.Namespace) -> int:
    try:
        day = parse_day(args.on) if args.on else None
    except ValueError as error:
        raise ChoiceError("on", f"Cannot read on: {error}.") from None
    from geodata.places.geocoder import geocode  # noqa: PLC0415

    result = geocode(args.name, country=args.country, on=day, feature=args.feature)
    give_text([json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False, indent=2), "\n"])
    return 0 if result.candidates else give_words(f"No place is known by the name {args.name!r}.", status=1)
