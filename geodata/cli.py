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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.arguments import DATA_HELP, Once, Parser, add_data_options, add_filter_options, filter_from
from geodata.dates import parse_day
from geodata.errors import ChoiceError, GeodataError, Unclear
from geodata.files import write_whole
from geodata.formats.catalogue import CLAIM_FORMATS, FORMATS, GEOPARQUET, asked_of, check_options
from geodata.reading import one_of
from geodata.record.model import MEASURES

if TYPE_CHECKING:
    from geodata.importers.how import HowToRead
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
        _give_text([error.proposal])
        return _say(error, "Write the answers into what is printed here, and give it with --mapping.", status=1)
    except GeodataError as error:
        return _say(error, status=2 if isinstance(error, ChoiceError) else 1)
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

    check = add("check", _check, "every broken rule of a data set, and every broken file of a store, one a line")
    check.add_argument("data", nargs="+", type=Path, metavar="DATA", help=DATA_HELP)

    publish = add("import", _import, "data as a new version of a store, which is made where there is none")
    publish.add_argument("file", type=Path, metavar="FILE", help="a data folder, or a table of any kind")
    publish.add_argument("--to", action=Once, required=True, type=Path, metavar="STORE", help="the store's folder")
    publish.add_argument("--format", action=Once, help="what the table is, where its content does not say it")
    publish.add_argument(
        "--mapping", action=Once, type=Path, metavar="FILE", help="what its columns mean (TOML); kept beside the table"
    )
    publish.add_argument(
        "--max-reject-share", type=_share, default=0.2, metavar="SHARE",
        help="the share of its rows that may be rejected before nothing is published (default: %(default)s)",
    )  # fmt: skip
    publish.add_argument(
        "--unsettled", action=Once, type=Path, metavar="FILE",
        help="write the names of places that are not settled, with what each may be (CSV)",
    )  # fmt: skip
    publish.add_argument(
        "--settled", action=Once, type=Path, metavar="FILE",
        help="take such a list that was filled in: an id or lon, lat under place; kept beside the table",
    )  # fmt: skip

    versions = add("versions", _versions, "the versions of a store, newest first, or back to one of them")
    versions.add_argument("store", type=Path, metavar="STORE")
    versions.add_argument("--use", action=Once, metavar="VERSION", help="make this version the current one")
    return parser


def _ask(args: argparse.Namespace) -> tuple[Store, Result]:
    where = filter_from(args)  # a wrong command is told before data with problems
    from geodata.store.opening import open_data  # noqa: PLC0415 (the engine; --help does without)

    store = open_data(args.data, args.cache)
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
        _give(format.write(asked), out)
    _say(*asked.losses.sentences())
    return 0 if result.count else _say(f"No event matches: {result.where.describe()}.", status=1)


def _claims(args: argparse.Namespace) -> int:
    measure = one_of(MEASURES)("measure", args.measure) if args.measure else ""
    store, result = _ask(args)
    from geodata.formats.text import claims_csv, claims_json  # noqa: PLC0415

    def asked() -> Iterator[Claim]:
        return (claim for part in result.parts() for claim in part.claims if measure in ("", claim.measure))

    words, misfits = _very_words(args.source_text, store, asked()) if args.source_text else (None, [])
    _give_text((claims_csv if args.format == "csv" else claims_json)(result, measure, words), args.out)
    if misfits:
        return _say("\n".join(misfits), status=1)
    if next(asked(), None):
        return 0
    return _say(f"No claim{f' of {measure}' if measure else ''} matches: {result.where.describe()}.", status=1)


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

    _give_text([total_json(open_data(args.data, args.cache), where, measure)])
    return 0


def _original(args: argparse.Namespace) -> int:
    from geodata.store.opening import open_data  # noqa: PLC0415

    store = open_data(args.data, args.cache)
    found = store.original(args.event)
    if found:
        _give_text([json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2), "\n"])
        return 0
    if store.event(args.event):
        return _say(f"The event {args.event!r} is from a whole record and has no other row than its own.", status=1)
    return _say(f"No event has the id {args.event!r}.", status=1)


def _geocode(args: argparse.Namespace) -> int:
    try:
        day = parse_day(args.on) if args.on else None
    except ValueError as error:
        raise ChoiceError("on", f"Cannot read on: {error}.") from None
    from geodata.places.geocoder import geocode  # noqa: PLC0415

    result = geocode(args.name, country=args.country, on=day, feature=args.feature)
    _give_text([json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False, indent=2), "\n"])
    return 0 if result.candidates else _say(f"No place is known by the name {args.name!r}.", status=1)


def _check(args: argparse.Namespace) -> int:
    from geodata.importers import read_columns  # noqa: PLC0415
    from geodata.store.folder import check_store, is_store  # noqa: PLC0415

    stores = [path for path in args.data if is_store(path)]
    broken = [problem for store in stores for problem in check_store(store)]
    status = _say(*broken, status=1) if broken else 0
    for store in stores if not broken else ():
        _say(f"{store}: every file is as it was written.")
    data = [path for path in args.data if path not in stores]
    if data:
        found = read_columns(*data)
        counts = ((len(found[f"{word}s"]), word) for word in ("event", "claim", "source", "place"))
        _say(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts))
    return status


def _import(args: argparse.Namespace) -> int:
    from geodata.formats.rejects import rejects_csv  # noqa: PLC0415
    from geodata.formats.text import csv_text  # noqa: PLC0415
    from geodata.importers import read_columns  # noqa: PLC0415
    from geodata.importers.progress import WRITING  # noqa: PLC0415
    from geodata.importers.settling import list_to_settle, read_settled, unsettled_in  # noqa: PLC0415
    from geodata.importers.understand import how_to_read  # noqa: PLC0415
    from geodata.store.folder import publishing  # noqa: PLC0415
    from geodata.terminal import progress_line  # noqa: PLC0415

    # Locked before the data is read: of two who import at once, the slower one must not publish the older data.
    how = how_to_read(args.format or "", args.mapping, args.max_reject_share)
    if args.settled and args.file.is_dir():
        raise ChoiceError("settled", "Cannot read settled: a data folder has its places in places.csv.")
    how = replace(how, places=read_settled(args.settled) if args.settled else {})
    with publishing(args.to) as publisher, progress_line() as progress:
        columns = read_columns(args.file, how=replace(how, progress=progress))
        progress(WRITING, 0, len(columns["events"]))
        done = publisher.publish(columns, rejects_csv(columns["notices"]))
    _keep_mapping(args.file, how)
    if args.unsettled:
        names = unsettled_in(columns["unsettled"])
        _give_text([csv_text(list_to_settle(names))], args.unsettled)
        _say(f"{args.unsettled}: {len(names):,} names of places to be settled; give it with --settled.")
    if not done.is_new:
        _say(f"The version {done.version} was there already: nothing was written, and it is the current one.")
    if gone := done.difference.gone_ids:
        more = done.difference.gone - len(gone)
        _say(f"Gone, and kept in the version before: {', '.join(gone)}{f' and {more} more' if more else ''}.")
    files = columns["files"]
    rows, repaired, rejected = (sum(files[key].to_pylist()) for key in ("rows", "repaired", "rejected"))
    rows = rows if len(files) else done.rows
    counts = {"rows": rows, "accepted": rows - rejected, "repaired": repaired, "rejected": rejected}
    changes = {key: getattr(done.difference, key) for key in ("added", "changed", "gone")}
    _give_text([json.dumps({**counts, **changes, "version": done.version}), "\n"])
    return 0


def _keep_mapping(file: Path, how: HowToRead) -> None:
    """Keep what was said of a table beside it, to be used without asking next time."""
    from geodata.importers.mapping.mapping import path_beside, save_beside, write_mapping  # noqa: PLC0415
    from geodata.importers.understand import mapping_of  # noqa: PLC0415

    try:
        if how.places:
            save_beside(write_mapping(mapping_of(file, how)), file)
        elif how.mapping and path_beside(file) != how.mapping:
            save_beside(how.mapping.read_text(encoding="utf-8"), file)
    except GeodataError as error:
        _say(error)


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _versions(args: argparse.Namespace) -> int:
    from geodata.errors import Problem  # noqa: PLC0415
    from geodata.store.folder import use, versions  # noqa: PLC0415

    if args.use is not None:
        use(args.store, args.use)
    problems: list[Problem] = []
    found = [
        {
            "version": each.version,
            "current": each.is_current,
            "rows": each.rows,
            "published": each.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "title": each.title,
        }
        for each in versions(args.store, problems)
    ]
    _give_text([json.dumps(found, ensure_ascii=False, indent=2), "\n"])
    return _say(*problems, status=1) if problems else 0


def _give_text(pieces: Iterable[str], out: Path | None = None) -> None:
    _give((piece.encode() for piece in pieces), out)  # UTF-8, whatever the terminal says of itself


def _give(pieces: Iterable[bytes], out: Path | None = None) -> None:
    try:
        if out is None:
            sys.stdout.buffer.writelines(pieces)
            sys.stdout.flush()
        else:
            write_whole(out, pieces)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GeodataError(f"Cannot write {str(out or 'the output')!r}: {error.strerror}.") from error


def _say(*words: object, status: int = 0) -> int:
    for line in words:
        print(line, file=sys.stderr)
    return status
