"""The commands that check data, and keep it: in stores and in databases."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from geodata.arguments import CACHE_HELP, DATA_HELP, Once, add_cache_options
from geodata.errors import ChoiceError, GeodataError
from geodata.store.engines.databases import EXPECTED, read_engine
from geodata.terminal import give_text, give_words, progress_line

if TYPE_CHECKING:
    from geodata.importers.how import HowToRead
    from geodata.record.columns import Columns

Add: TypeAlias = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Add the commands with `add`, which takes a command's name, what runs it, and what it is in words."""
    check = add("check", _check, "every broken rule of a data set, and every broken file of a store, one a line")
    check.add_argument("data", nargs="+", type=Path, metavar="DATA", help=DATA_HELP)

    publish = add("import", _import, "data as a new version of a store, which is made where there is none")
    publish.add_argument(
        "file", type=Path, metavar="FILE", help="a data folder, a table of any kind, or with --engine one of a database"
    )
    publish.add_argument("--engine", action=Once, metavar="URL", help=f"the database with the table: {EXPECTED}")
    publish.add_argument("--to", action=Once, required=True, type=Path, metavar="STORE", help="the store's folder")
    publish.add_argument("--format", action=Once, help="what the table is, where its content does not say it")
    publish.add_argument(
        "--mapping", action=Once, type=Path, metavar="FILE",
        help="what its columns mean (TOML); kept beside the file, or of a database beside the store",
    )  # fmt: skip
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

    load = add("load", _load, "the current version of a store, or data, into a database, which --engine asks then")
    load.add_argument("store", type=Path, metavar="STORE", help=DATA_HELP)
    load.add_argument("--engine", action=Once, required=True, metavar="URL", help=EXPECTED)
    add_cache_options(load, "", CACHE_HELP)

    versions = add("versions", _versions, "the versions of a store, newest first, or back to one of them")
    versions.add_argument("store", type=Path, metavar="STORE")
    versions.add_argument("--use", action=Once, metavar="VERSION", help="make this version the current one")


def _check(args: argparse.Namespace) -> int:
    from geodata.importers import read_columns  # noqa: PLC0415
    from geodata.store.folder import check_store, is_store  # noqa: PLC0415

    stores = [path for path in args.data if is_store(path)]
    broken = [problem for store in stores for problem in check_store(store)]
    status = give_words(*broken, status=1) if broken else 0
    for store in stores if not broken else ():
        give_words(f"{store}: every file is as it was written.")
    data = [path for path in args.data if path not in stores]
    if data:
        found = read_columns(*data)
        counts = ((len(found[f"{word}s"]), word) for word in ("event", "claim", "source", "place"))
        give_words(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts))
    return status


def _import(args: argparse.Namespace) -> int:
    from geodata.formats.rejects import rejects_csv  # noqa: PLC0415
    from geodata.formats.text import csv_text  # noqa: PLC0415
    from geodata.importers.how import RECORD  # noqa: PLC0415
    from geodata.importers.progress import WRITING  # noqa: PLC0415
    from geodata.importers.settling import list_to_settle, read_settled, unsettled_in  # noqa: PLC0415
    from geodata.importers.understand import how_to_read  # noqa: PLC0415
    from geodata.store.folder import publishing  # noqa: PLC0415

    # Locked before the data is read: of two who import at once, the slower one must not publish the older data.
    how = how_to_read(args.format or "", args.mapping, args.max_reject_share)
    beside = args.file
    if args.engine:
        beside = args.to.resolve()
        read_engine(args.engine)
        if how.kind or how.layout == RECORD:
            raise ChoiceError("format", f"Cannot read format: a table of a database is no {args.format}.")
    elif args.settled and args.file.is_dir():
        raise ChoiceError("settled", "Cannot read settled: a data folder has its places in places.csv.")
    how = replace(how, places=read_settled(args.settled) if args.settled else {})
    with publishing(args.to) as publisher, progress_line() as progress:
        columns = _columns(args, beside, replace(how, progress=progress))
        progress(WRITING, 0, len(columns["events"]))
        done = publisher.publish(columns, rejects_csv(columns["notices"]))
    _keep_mapping(beside, how)
    if args.unsettled:
        names = unsettled_in(columns["unsettled"])
        give_text([csv_text(list_to_settle(names))], args.unsettled)
        give_words(f"{args.unsettled}: {len(names):,} names of places to be settled; give it with --settled.")
    if not done.is_new:
        give_words(f"The version {done.version} was there already: nothing was written, and it is the current one.")
    if gone := done.difference.gone_ids:
        more = done.difference.gone - len(gone)
        give_words(f"Gone, and kept in the version before: {', '.join(gone)}{f' and {more} more' if more else ''}.")
    files = columns["files"]
    rows, repaired, rejected = (sum(files[key].to_pylist()) for key in ("rows", "repaired", "rejected"))
    rows = rows if len(files) else done.rows
    counts = {"rows": rows, "accepted": rows - rejected, "repaired": repaired, "rejected": rejected}
    changes = {key: getattr(done.difference, key) for key in ("added", "changed", "gone")}
    give_text([json.dumps({**counts, **changes, "version": done.version}), "\n"])
    return 0


def _columns(args: argparse.Namespace, beside: Path, how: HowToRead) -> Columns:
    """What a file has, or a table of a database, whose mapping is `beside` the store."""
    from geodata.importers import read_columns, read_table  # noqa: PLC0415
    from geodata.store.scanning.scanners import scanner_at  # noqa: PLC0415

    if not args.engine:
        return read_columns(args.file, how=how)
    scanner = scanner_at(args.engine)
    try:
        sheet = scanner.sheet(str(args.file), how.progress)
    finally:
        scanner.close()
    return read_table(sheet, beside, how)


def _keep_mapping(file: Path, how: HowToRead) -> None:
    """Keep what was said of a table beside its file, or its store, to be used without asking next time."""
    from geodata.importers.mapping.mapping import path_beside, save_beside, write_mapping  # noqa: PLC0415
    from geodata.importers.understand import mapping_of  # noqa: PLC0415

    try:
        if how.places:
            save_beside(write_mapping(mapping_of(file, how)), file)
        elif how.mapping and path_beside(file) != how.mapping:
            save_beside(how.mapping.read_text(encoding="utf-8"), file)
    except GeodataError as error:
        give_words(error)


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _load(args: argparse.Namespace) -> int:
    from geodata.store.loading.load import load  # noqa: PLC0415
    from geodata.store.loading.loaders import loader_at  # noqa: PLC0415
    from geodata.store.opening import snapshot_of  # noqa: PLC0415

    url = read_engine(args.engine)
    with progress_line() as progress:
        snapshot = snapshot_of([args.store], args.cache, progress)
        loader = loader_at(url)
        try:
            done = load(snapshot, loader, progress)
        finally:
            loader.close()
    give_text([json.dumps({"version": done.version, "rows": sum(done.rows.values())}), "\n"])
    return 0


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
    give_text([json.dumps(found, ensure_ascii=False, indent=2), "\n"])
    return give_words(*problems, status=1) if problems else 0
