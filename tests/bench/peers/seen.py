"""What a browser shows, by its own pictures: when a part of the page changed, and when it came to rest."""

from __future__ import annotations

import base64
import io
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Error, Page

QUIET_S = 1.5  # so long without another picture is rest
DIFFERENT = 24  # of 255: more than what JPEG makes of the same picture
LEAST_SHARE = 0.0001  # of the pixels


@dataclass
class Watcher:
    """The pictures that the browser's compositor makes of a page, each with the time at which it was made."""

    page: Page
    selector: str  # of the part that counts
    pictures: list[tuple[float, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._devtools = self.page.context.new_cdp_session(self.page)
        self._devtools.on("Page.screencastFrame", self._keep)
        self._devtools.send("Page.startScreencast", {"format": "jpeg", "quality": 70, "everyNthFrame": 1})

    def _keep(self, frame: dict[str, Any]) -> None:
        self.pictures.append((frame["metadata"]["timestamp"], base64.b64decode(frame["data"])))
        self._devtools.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def ms_until_rest(self, act: Callable[[], object], limit_s: float) -> float | None:
        """From the start of `act` to the last picture on which the part differs from the one before.

        None where it does not change, or does not come to rest, within `limit_s`, or where the page breaks down.
        """
        last = self.pictures[-1:]
        self.pictures = []
        begun = time.time()
        try:
            act()
            while time.time() - begun < limit_s:
                self.page.wait_for_timeout(100)
                changed = self._last_change(last)
                if changed is not None and time.time() - changed > QUIET_S:
                    return (changed - begun) * 1000
        except Error:  # as of a tab that has no more memory
            logging.getLogger(__name__).warning("the page broke down", exc_info=True)
        return None

    def _last_change(self, before: list[tuple[float, bytes]]) -> float | None:
        part = self.page.locator(self.selector)
        box = part.first.bounding_box() if part.count() else None
        if not (box and box["width"] and box["height"]):
            return None
        pictures = [*before, *self.pictures]
        if not before and pictures:  # of a page that just opens, all of the first picture is new
            pictures = [(pictures[0][0], _white(pictures[0][1])), *pictures]
        for (_, old), (at, new) in reversed([*pairwise(pictures)]):
            if _differ(_part(old, box), _part(new, box)):
                return at
        return None


def _part(picture: bytes, box: Any) -> Any:
    edges = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L").crop([round(edge) for edge in edges]), np.int16)


def _white(picture: bytes) -> bytes:
    content = io.BytesIO()
    Image.new("L", Image.open(io.BytesIO(picture)).size, 255).save(content, "jpeg")
    return content.getvalue()


def _differ(old: Any, new: Any) -> bool:
    return old.shape != new.shape or bool((np.abs(old - new) > DIFFERENT).mean() > LEAST_SHARE)
