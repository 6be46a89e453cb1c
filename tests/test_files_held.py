"""Temporary folders of several processes at once: none takes another's for one that was left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_CODE = """
from geodata.files import temporary_folder
for _ in range(200):
    with temporary_folder("racing") as folder:
        (folder / "file").write_text("mine")
        assert (folder / "file").read_text() == "mine"
"""


def test_processes_that_hold_folders_at_the_same_time_keep_them_and_leave_none(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    racing = [
        subprocess.Popen([sys.executable, "-c", _CODE], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [process.communicate()[1].decode() for process in racing] == [""] * len(racing)
    assert [process.returncode for process in racing] == [0] * len(racing)
    assert list(tmp_path.iterdir()) == []
