"""`python -m dashboard`: serve the map, or draw the figure into a file. The only reader of argv here.

Nothing heavy is imported before it is needed: the server is to be ready within seconds.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.choice.request import FigureRequest, figure_keys
from dashboard.export.formats import beside, format_of, suffixes
from dashboard.settings import add_settings, takes_files
from geodata.arguments import Parser, add_data_options, add_filter_options
from geodata.errors import ChoiceError, GeodataError
from geodata.files import write_whole
from geodata.filter import FIELDS

THREADS = 8
# Larger bodies are cut off unread; smaller ones that are too large get an answer that says so.
MAX_BODY_BYTES = 64_000_000
MAX_CONNECTIONS = 500


def main(argv: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 1 problems in the data, 2 a wrong command."""
    try:
        return export(argv[1:]) if argv[:1] == ["export"] else serve(argv)
    except ChoiceError as error:
        return _say(error, 2)
    except GeodataError as error:
        return _say(error, 1)
    except KeyboardInterrupt:
        return 130


def serve(argv: Sequence[str]) -> int:
    """Serve the page until Ctrl-C, which is how it is stopped and no fault."""
    parser = Parser(
        "python -m dashboard",
        description="Serve the map. `python -m dashboard export --help` tells how to draw it into a file.",
    )
    parser.add_argument(
        "data", nargs="*", type=Path, metavar="DATA", help="data folders, tables or a store (default: bundled)"
    )
    parser.add_argument("--empty", action="store_true", help="start without data, which is added on the page")
    add_settings(parser, os.environ)
    args = parser.parse_args(argv)
    if args.empty and args.data:
        parser.error("--empty starts without data (expected no DATA beside it)")
    if args.engine and (args.data or args.empty or args.uploads):
        parser.error("--engine is all the data there is (expected no DATA, --empty or --uploads on beside it)")

    try:
        listener = _listen(args.host, args.port)
    except OSError as error:
        return _say(f"Cannot listen on {args.host}:{args.port}: {_reason(error)}. --port chooses another.", 1)
    with listener:
        gc.disable()  # what is loaded now stays, and to look for what could go takes a tenth of the start
        from waitress import create_server  # noqa: PLC0415 (so that a port in use is told at once)

        from dashboard.server.reload import Live  # noqa: PLC0415

        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        named = args.host if ":" not in args.host else f"[{args.host}]"
        live = Live(
            args.data,
            engine=args.engine,
            hosts=(*args.hosts, named),
            cache=args.cache,
            is_empty=args.empty,
            takes_files=not args.engine and takes_files(args.uploads, args.host),
        )
        live.watch()
        server = create_server(
            live,
            sockets=[listener],
            threads=THREADS,
            ident=None,
            max_request_body_size=MAX_BODY_BYTES,
            connection_limit=MAX_CONNECTIONS,
            asyncore_use_poll=True,
        )
        gc.freeze()
        gc.enable()
        shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(named, named)  # noqa: S104 (only compared)
        print(f"Sitrep Map is ready at http://{shown}:{listener.getsockname()[1]}", flush=True)
        # waitress ends at SystemExit as it does at Ctrl-C, and what was added is removed
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            server.run()
        finally:
            live.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the first address of `host`; nobody can connect before the server listens on it."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind)
    try:
        if sys.platform != "win32":  # there the option lets two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _say(problem: object, status: int) -> int:
    print(problem, file=sys.stderr)
    return status


def export(argv: Sequence[str]) -> int:
    """Run the command and give its exit status; each file is written whole or not at all. Raises GeodataError."""
    parser = _export_parser()
    args = parser.parse_args(argv)
    if args.batch is not None:
        others = [
            name for name, value in vars(args).items() if name not in ("batch", "cache") and value not in (None, [])
        ]
        if others:
            parser.error(f"a batch file says all there is to say (drop {', '.join(others)})")
        from dashboard.batch.run import run  # noqa: PLC0415 (matplotlib)

        counts = run(args.batch, args.cache)
        print(counts, file=sys.stderr)
        return 1 if counts.failed else 0
    if args.out is None:
        parser.error("the following arguments are required: OUT (or --batch FILE)")
    try:
        kind = format_of(args.out, args.out.name if args.out.suffix.lower() not in suffixes() else str(args.out))
    except ChoiceError as error:
        parser.error(str(error))
    return _draw(args, kind)


def _export_parser() -> Parser:
    parser = Parser(
        "python -m dashboard export",
        description="Draw the map as a figure. The suffix of OUT says the format.",
    )
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT", help=f"file to write: {', '.join(suffixes())}")
    parser.add_argument(
        "--batch", type=Path, metavar="FILE", help="a .toml file with all figures of a report; makes those that changed"
    )
    add_data_options(parser)
    add_filter_options(parser)
    look = parser.add_argument_group("look")
    for key, told in figure_keys().items():
        look.add_argument(f"--{key.replace('_', '-')}", dest=key, metavar=key.upper(), help=told)
    return parser


def _draw(args: argparse.Namespace, kind: str) -> int:
    request = FigureRequest.parse({key: getattr(args, key) for key in (*FIELDS, *figure_keys())}, kind)
    from dashboard.export.files import draw_files, files_of  # noqa: PLC0415 (the layers)
    from geodata.store.opening import open_data  # noqa: PLC0415

    store = open_data(args.data, args.cache, engine=args.engine)
    names = files_of(store, request)
    drawn = draw_files(store, request)
    try:
        if names == ("",):
            ((_, content),) = drawn
            write_whole(args.out, content)
        else:
            from dashboard.batch.progress import Told  # noqa: PLC0415 (rich)

            with Told(len(names)) as told:
                for name, content in drawn:
                    write_whole(beside(args.out, name), content)
                    told.done("made", beside(args.out, name).name)
    except OSError as error:
        raise GeodataError(f"Cannot write {str(args.out)!r}: {error.strerror or error}.") from None
    if not store.query(request.where).count:
        print("No events match: the figure says so.", file=sys.stderr)
    return 0
