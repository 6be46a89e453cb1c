"""`python -m dashboard export`: draw the figure, those of a series, or all of a batch file, into files.

Nothing heavy is imported before the options have been read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.options import ARRANGEMENTS, LANGUAGES, OPTION_KEYS, PALETTES, PANELS, SERIES, FigureOptions
from dashboard.sizes import SIZES
from dashboard.writing import SUFFIXES, beside, format_of
from geodata.cli import Parser, add_filter_options, filter_from, write_whole
from geodata.errors import FilterError, GeodataError
from geodata.model import MEASURES


def export(argv: Sequence[str]) -> int:
    """Run the command and give its exit status; each file is written whole or not at all. Raises GeodataError."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.batch is not None:
        others = [name for name, value in vars(args).items() if name != "batch" and value not in (None, [])]
        if others:
            parser.error(f"a batch file says all there is to say (drop {', '.join(others)})")
        from dashboard.batch import run  # noqa: PLC0415 (matplotlib)

        counts = run(args.batch)
        print(counts, file=sys.stderr)
        return 1 if counts.failed else 0
    if args.out is None:
        parser.error("the following arguments are required: OUT (or --batch FILE)")
    try:
        kind = format_of(args.out, args.out.name if args.out.suffix.lower() not in SUFFIXES else str(args.out))
    except FilterError as error:
        parser.error(str(error))
    return _draw(args, kind)


def _parser() -> Parser:
    parser = Parser(
        "python -m dashboard export",
        description="Draw the map as a figure. The suffix of OUT says the format.",
    )
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT", help=f"file to write: {', '.join(SUFFIXES)}")
    parser.add_argument(
        "--batch", type=Path, metavar="FILE", help="a .toml file with all figures of a report; makes those that changed"
    )
    parser.add_argument(
        "--data", action="append", default=[], type=Path, help="a data folder or table (.csv, .tsv, .xlsx); repeatable"
    )
    add_filter_options(parser)
    look = parser.add_argument_group("look")
    look.add_argument("--layers", help='layers to draw, comma-separated, or "none" (default: all)')
    look.add_argument("--at", help="lon,lat,zoom: taken from a link, does not move the figure")
    look.add_argument("--event", help="the selected event's id")
    look.add_argument(
        "--chart", help=f"{', '.join(MEASURES)}: whose claims the panel shows (default: the most claimed)"
    )
    look.add_argument("--size", help=f"{', '.join(SIZES)}; WxHmm; WxHpx")
    look.add_argument("--dpi", help="pixels an inch of a .png")
    look.add_argument("--scale", help="enlarges the pixels of a .png")
    look.add_argument("--title", help="the headline (default: the data's own)")
    look.add_argument("--theme", help=f"{', '.join(PALETTES)} (default: light)")
    look.add_argument("--lang", help=f"{', '.join(LANGUAGES)}: the language of its words")
    look.add_argument("--frame", help="the map's extent: west,south,east,north in degrees")
    look.add_argument("--panels", help=f"{', '.join(PANELS)}: what stands beside the map, comma-separated")
    look.add_argument("--each", help=f"{', '.join(SERIES)}: a figure of every value, all with one extent and scale")
    look.add_argument(
        "--arrange", help=f"{', '.join(ARRANGEMENTS)}: each a file of its own (default), or small on one page"
    )
    look.add_argument("--made-on", metavar="DATE", help="the date it is signed with (default: today)")
    return parser


def _draw(args: argparse.Namespace, kind: str) -> int:
    where = filter_from(args)
    options = FigureOptions.parse(**{key: getattr(args, key) for key in OPTION_KEYS})
    from dashboard.exports import draw_files, files_of  # noqa: PLC0415 (the layers)
    from dashboard.view import PRINTED_KEYS, View  # noqa: PLC0415
    from geodata.store import open_store  # noqa: PLC0415

    view = View.parse(**{key: getattr(args, key) for key in PRINTED_KEYS})
    store = open_store(*args.data)
    names = files_of(store, where, options, kind)
    drawn = draw_files(store, where, view, options, kind)
    try:
        if names == ("",):
            ((_, content),) = drawn
            write_whole(args.out, content)
        else:
            from dashboard.progress import Told  # noqa: PLC0415 (rich)

            with Told(len(names)) as told:
                for name, content in drawn:
                    write_whole(beside(args.out, name), content)
                    told.done("made", beside(args.out, name).name)
    except OSError as error:
        raise GeodataError(f"Cannot write {str(args.out)!r}: {error.strerror or error}.") from None
    if not store.query(where).events:
        print("No events match: the figure says so.", file=sys.stderr)
    return 0
