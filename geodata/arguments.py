"""The command line's parser, and the options that commands share: the filter's keys, the data and its cache."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

from geodata.files import user_cache
from geodata.filter import FIELDS, Filter
from geodata.store.engines.databases import EXPECTED

DATA_HELP = "a data folder, a table (.csv, .tsv, .xlsx) or a store"
ENGINE_HELP = f"a database that a store was loaded into, in place of data: {EXPECTED}"
CACHE_HELP = "folder where data that was read is kept (default: in the user's caches)"


class Once(argparse.Action):
    """Store a value; refuse the option's second use, which would drop the first in silence."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: object, _option: object = None) -> None:
        """As argparse calls it."""
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


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """`--data`, `--engine`, `--cache` and `--no-cache`: `args.data` is a list of paths, `args.engine` an address or
    None, `args.cache` a folder, or None for none."""
    parser.add_argument("--data", action="append", default=[], type=Path, help=f"{DATA_HELP}; repeatable")
    parser.add_argument("--engine", action=Once, metavar="URL", help=ENGINE_HELP)
    add_cache_options(parser, "", CACHE_HELP)


def add_cache_options(parser: argparse.ArgumentParser, default: str, words: str) -> None:
    """`--cache` and `--no-cache`, of which one may be given."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--cache", default=default, type=read_cache, metavar="DIR", help=words)
    group.add_argument(
        "--no-cache", dest="cache", action="store_const", const=None, default=argparse.SUPPRESS, help="keep nothing"
    )


def read_cache(text: str) -> Path | None:
    """The folder of a cache; that of the user, if there is one, for an empty text."""
    return Path(text) if text else user_cache()


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """One option for each filter key: `--as-of` for as_of."""
    group = parser.add_argument_group("filter", "Lists are comma-separated.")
    for key, field in FIELDS.items():
        name = f"--{key.replace('_', '-')}"
        group.add_argument(name, dest=key, action=Once, metavar=key.upper(), help=field.help)


def filter_from(args: argparse.Namespace) -> Filter:
    """The filter that the options of `add_filter_options` make. Raises ChoiceError."""
    return Filter.parse(**{key: getattr(args, key) for key in FIELDS})
