"""Connections to a database, at most so many, each lent to one question at a time."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from geodata.errors import NoAnswer

WAIT_S = 30
Connection = TypeVar("Connection", bound=Any)
Answer = TypeVar("Answer")


class Pool(Generic[Connection]):
    """At most `most` connections, made by `connect` when they are needed. Safe to share between threads.

    `is_lost` says of what a question raised whether the connection is lost.
    """

    def __init__(self, connect: Callable[[], Connection], most: int, is_lost: Callable[[Exception], bool]) -> None:
        self._connect, self._most, self._is_lost = connect, most, is_lost
        self._free: list[Connection] = []
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(most)
        weakref.finalize(self, _close_all, self._free)

    def ask(self, question: Callable[[Connection], Answer]) -> Answer:
        """What a question gives, which only reads: one whose connection of before is lost is asked once more.

        Raises NoAnswer where all connections are taken for too long, and what `connect` and `question` raise.
        """
        if not self._slots.acquire(timeout=WAIT_S):
            raise NoAnswer(f"All {self._most} connections to the database are taken: ask again.")
        try:
            with self._lock:
                before = self._free.pop() if self._free else None
            if before is not None:
                try:
                    return self._asked(before, question)
                except Exception as error:
                    if not self._is_lost(error):
                        raise
                    self.close()  # the others were made before it too
            return self._asked(self._connect(), question)
        finally:
            self._slots.release()

    def _asked(self, connection: Connection, question: Callable[[Connection], Answer]) -> Answer:
        try:
            found = question(connection)
        except BaseException:
            _close(connection)
            raise
        with self._lock:
            self._free.append(connection)
        return found

    def close(self) -> None:
        """Close those that are not lent."""
        with self._lock:
            _close_all(self._free)


def _close_all(free: list[Any]) -> None:
    while free:
        _close(free.pop())


def _close(connection: Any) -> None:
    with suppress(Exception):  # what is lost cannot be closed
        connection.close()
