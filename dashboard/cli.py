"""`python -m dashboard`: serve the map, or draw the figure into a file. The only reader of argv here.

Nothing heavy is imported before it is needed: the server is to be ready within seconds.
"""

from __future__ import annotations

import argparse
import logging
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.options import LANGUAGES, OPTION_KEYS, PALETTES, FigureOptions
from dashboard.sizes import SIZES
from geodata.cli import Parser, add_filter_options, filter_from
from geodata.errors import FilterError, GeodataError

SUFFIXES = (".svg", ".pdf", ".png")
VIEW_KEYS = ("layers", "at", "event")
THREADS = 8
# Larger bodies are cut off unread; smaller ones that are too large get an answer that says so.
MAX_BODY_BYTES = 64_000_000
MAX_CONNECTIONS = 500


def main(argv: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 1 problems in the data, 2 a wrong command."""
    try:
        return export(argv[1:]) if argv[:1] == ["export"] else serve(argv)
    except FilterError as error:
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
    parser.add_argument("data", nargs="*", type=Path, metavar="DATA", help="data folders or tables (default: bundled)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", default=8050, type=_port, metavar="PORT", help="port to listen on (default: %(default)s)"
    )
    parser.add_argument("--hosts", default="", help="more names of this server, comma-separated")
    args = parser.parse_args(argv)
    hosts = [name.strip() for name in args.hosts.split(",") if name.strip()]

    try:
        listener = _listen(args.host, args.port)
    except OSError as error:
        return _say(f"Cannot listen on {args.host}:{args.port}: {_reason(error)}. --port chooses another.", 1)
    with listener:
        from waitress import create_server  # noqa: PLC0415 (so that a port in use is told at once)

        from dashboard.live import Live  # noqa: PLC0415

        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        named = args.host if ":" not in args.host else f"[{args.host}]"
        live = Live(args.data, hosts=(*hosts, named))
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
        shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(named, named)  # noqa: S104 (only compared)
        print(f"Sitrep Map is ready at http://{shown}:{listener.getsockname()[1]}", flush=True)
        server.run()
    return 0


def export(argv: Sequence[str]) -> int:
    """Draw the figure into a file, whole or not at all."""
    parser = Parser(
        "python -m dashboard export",
        description="Draw the map as a figure. The suffix of OUT says the format.",
    )
    parser.add_argument("out", type=Path, metavar="OUT", help=f"file to write: {', '.join(SUFFIXES)}")
    parser.add_argument(
        "--data", action="append", default=[], type=Path, help="a data folder or table (.csv, .tsv, .xlsx); repeatable"
    )
    add_filter_options(parser)
    look = parser.add_argument_group("look")
    look.add_argument("--layers", help='layers to draw, comma-separated, or "none" (default: all)')
    look.add_argument("--at", help="lon,lat,zoom: taken from a link, does not move the figure")
    look.add_argument("--event", help="the selected event's id")
    look.add_argument("--size", help=f"{', '.join(SIZES)}; WxHmm; WxHpx")
    look.add_argument("--dpi", help="pixels an inch of a .png")
    look.add_argument("--scale", help="enlarges the pixels of a .png")
    look.add_argument("--title", help="the headline (default: the data's own)")
    look.add_argument("--theme", help=f"{', '.join(PALETTES)} (default: light)")
    look.add_argument("--lang", help=f"{', '.join(LANGUAGES)}: the language of its words")
    look.add_argument("--frame", help="the map's extent: west,south,east,north in degrees")
    look.add_argument("--made-on", metavar="DATE", help="the date it is signed with (default: today)")
    args = parser.parse_args(argv)

    out: Path = args.out
    if out.suffix.lower() not in SUFFIXES:
        parser.error(f"cannot tell the format of {out.name!r} (expected one of {', '.join(SUFFIXES)})")
    if out.is_dir():
        parser.error(f"cannot write {str(out)!r}: it is a folder")
    if not out.parent.is_dir():
        parser.error(f"cannot write {str(out)!r}: its folder does not exist")
    return _draw(args, out)


def _draw(args: argparse.Namespace, out: Path) -> int:
    from dashboard.render import draw_figure  # noqa: PLC0415 (matplotlib)
    from dashboard.view import View  # noqa: PLC0415
    from geodata.store import open_store  # noqa: PLC0415

    where = filter_from(args)
    view = View.parse(**{key: getattr(args, key) for key in VIEW_KEYS})
    options = FigureOptions.parse(**{key: getattr(args, key) for key in OPTION_KEYS})
    store = open_store(*args.data)
    drawn = draw_figure(store, where, view, options, out.suffix.lower()[1:])
    try:
        _write_whole(out, drawn)
    except OSError as error:
        return _say(f"Cannot write {str(out)!r}: {_reason(error)}.", 1)
    if not store.query(where).events:
        print("No events match: the figure says so.", file=sys.stderr)
    return 0


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and rename: a reader sees the old file or the new one, never half of one."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _port(text: str) -> int:
    # the system would cut 99999 down to another port in silence
    if not (text.isascii() and text.isdecimal() and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no port (expected 0 to 65535)")
    return int(text)


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
