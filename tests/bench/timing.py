"""What a command takes, how values become medians, and what the machine is."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.server import ROOT

ENOUGH_FOR_P95 = 20
MB = 1_000_000


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float | None:
    """By nearest rank; None where there are too few values for one."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1] if len(values) >= ENOUGH_FOR_P95 else None


def in_ms(values: Sequence[float]) -> tuple[str, str, str]:
    """Median, p95 and number of values, as cells of a table."""
    rare = p95(values)
    return f"{median(values):,.0f} ms", "" if rare is None else f"{rare:,.0f} ms", str(len(values))


def spent(*words: object) -> tuple[float, int]:
    """Seconds of a command, and the most memory that it had, in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, words)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return time.perf_counter() - start, round(usage.ru_maxrss * 1024 / MB)


def machine() -> str:
    """As "2 cores, AMD EPYC, Python 3.11.7"."""
    return f"{os.cpu_count()} cores, {_cpu()}, Python {platform.python_version()}"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of what, median, p95 and times as Markdown."""
    lines = ["| what | median | p95 | times |", "|---|---:|---:|---:|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
