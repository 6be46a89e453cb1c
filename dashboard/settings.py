"""How the page is served: each setting with its environment variable, its default and its help.

The command line's option comes before the environment variable, and that before the default.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from geodata.arguments import CACHE_HELP, ENGINE_HELP, add_cache_options, read_cache
from geodata.files import CACHE_VARIABLE


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its environment variable, its default as text, its help, and how a text is read.

    `read` raises argparse.ArgumentTypeError with what was expected.
    """

    variable: str
    default: str
    help: str
    read: Callable[[str], Any] = str


def read_port(text: str) -> int:
    """A TCP port; 0 lets the system choose. Raises argparse.ArgumentTypeError."""
    # the system would cut 99999 down to another port in silence
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no port (expected 0 to 65535)")
    return int(text)


def read_names(text: str) -> list[str]:
    """Names with commas between them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def read_switch(text: str) -> bool | None:
    """Whether something is on; None for an empty text. Raises argparse.ArgumentTypeError."""
    if text not in ("", "on", "off"):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no switch (expected on or off)")
    return {"on": True, "off": False}.get(text)


def takes_files(uploads: bool | None, host: str) -> bool:
    """Whether readers may add files: as the setting says, else where the server listens on a loopback address only."""
    if uploads is not None:
        return uploads
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


SETTINGS: dict[str, Setting] = {
    "host": Setting("SITREP_HOST", "127.0.0.1", "address to listen on"),
    "port": Setting("SITREP_PORT", "8050", "port to listen on", read_port),
    "hosts": Setting("SITREP_HOSTS", "", "more names of this server, comma-separated", read_names),
    "uploads": Setting(
        "SITREP_UPLOADS",
        "",
        "whether readers may add files on the page: on or off (default: on a loopback --host)",
        read_switch,
    ),
    "engine": Setting("SITREP_ENGINE", "", ENGINE_HELP),
    "cache": Setting(CACHE_VARIABLE, "", CACHE_HELP, read_cache),
}


def add_settings(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    """An option for each setting, whose default is that of the environment, or else the table's; and `--no-cache`.

    A value of the environment that cannot be read is refused like one of the command line.
    """
    for name, setting in SETTINGS.items():
        default = environment.get(setting.variable) or setting.default
        if name == "cache":
            add_cache_options(parser, default, setting.help)
            continue
        known = f" (default: {default})" if default else ""
        parser.add_argument(
            f"--{name}", default=default, type=setting.read, metavar=name.upper(), help=setting.help + known
        )
