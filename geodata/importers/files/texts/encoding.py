"""Bytes of a text as UTF-8, whatever it was written in; what cannot be decoded is marked and never made up."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

UTF_8 = "UTF-8"
_WINDOW = 1 << 20
# Lines with letters beyond ASCII, from the first of them on: enough to see what they are written in.
_SAMPLE = 1 << 22
_TO_GUESS = 200_000
MAX_HOLES = 100_000
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "UTF-32-LE"),
    (codecs.BOM_UTF32_BE, "UTF-32-BE"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)
# What spreadsheets and forms still write. A guess among fewer is right more often, above all for short texts.
_KNOWN = {
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)},
    **{"koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "cp866": "CP866", "kz1048": "KZ-1048", "cp874": "Windows-874"},
    **{"gb18030": "GB18030", "big5": "Big5", "cp932": "Shift JIS", "euc-jp": "EUC-JP", "cp949": "Korean (CP949)"},
}
# Of these, any bytes are some text: a line that is good UTF-8 all the same was written by another hand.
_ONE_BYTE = {name for name in _KNOWN if name.startswith(("cp125", "koi8", "kz"))}
_LETTERS_TO_TELL = 3
_LATIN, _COMMONEST, _CLOSE = {"cp1250", "cp1254", "cp1257", "cp1258"}, "cp1252", 0.85
_RARE = frozenset(b"\x81\x8d\x8f\x90\x98\x9d")


@dataclass(frozen=True, slots=True)
class Hole:
    """Bytes that are no text: where they stand in the UTF-8, and a sentence that says where in the file."""

    at: int
    message: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as UTF-8 without a byte-order mark, what it was written in, and what could not be decoded.

    In the place of undecodable bytes stand escapes such as \\x98.
    """

    raw: bytes
    encoding: str
    holes: tuple[Hole, ...] = ()


def as_utf8(raw: bytes) -> Text:
    """The text of some bytes: by its mark, as UTF-8, as UTF-16 without a mark, else as what its letters look like.

    A text most of whose lines are UTF-8 is UTF-8 with holes. Raises ValueError, a sentence, for one of too many holes.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw, len(mark), name, name)
    wide = _wide(raw)
    if wide:
        return _decoded(raw, 0, wide, wide)
    if is_utf8(raw):
        return _decoded(raw, 0, UTF_8, UTF_8)
    lines = _sample(raw)
    good = [line for line in lines if not line.isascii() and is_utf8(line)]
    bad = [line for line in lines if not is_utf8(line)]
    if good and len(good) >= len(bad):
        return _decoded(raw, 0, UTF_8, UTF_8)
    codec = _guess([line for line in lines if line not in set(good)])
    return _decoded(raw, 0, codec, _KNOWN[codec], may_be_mixed=bool(good) and codec in _ONE_BYTE)


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8, in a moment for hundreds of megabytes."""
    offsets = pa.py_buffer(np.array([0, len(raw)], np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(raw)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: digits, commas and line ends have their zeros all on one side."""
    pairs = np.frombuffer(raw[: _WINDOW & ~1][: len(raw) & ~1], np.uint8).reshape(-1, 2)
    if len(pairs) < 2 or len(raw) % 2:
        return ""
    first, second = ((pairs == 0).sum(axis=0) / len(pairs)).tolist()
    for share, other, newline, name in ((second, first, (10, 0), "UTF-16-LE"), (first, second, (0, 10), "UTF-16-BE")):
        has_lines = bool((pairs == newline).all(axis=1).any())
        if other < share / 10 and (share > 0.3 or (share > 0.05 and has_lines)):
            return name
    return ""


def _sample(raw: bytes) -> list[bytes]:
    """The lines from the first that is not ASCII on, with the heading before them."""
    data = np.frombuffer(raw, np.uint8)
    firsts = (low + int(np.argmax(data[low : low + _WINDOW] > 127)) for low in range(0, len(data), _WINDOW))
    first = next((place for place in firsts if data[place] > 127), 0)
    begin = max(raw.rfind(b"\n", 0, first), raw.rfind(b"\r", 0, first)) + 1
    piece = raw[begin : begin + _SAMPLE]
    if len(raw) > begin + _SAMPLE:
        piece = piece[: piece.rfind(b"\n") + 1] or piece  # the last line may be cut within a letter
    head = raw[: min(begin, _TO_GUESS)]
    return (head + piece).replace(b"\r", b"\n").split(b"\n")


def _guess(lines: list[bytes]) -> str:
    """The codec of an 8-bit text by its letters."""
    import chardet  # noqa: PLC0415 (only a text that is no UTF-8 needs it)

    # A few lines with bytes that are no letters in most codecs are broken, and would make it another one.
    whole = [line for line in lines if not _RARE.intersection(line)]
    raw = b"\n".join(whole if len(whole) > 0.9 * len(lines) - 1 else lines)[:_TO_GUESS]
    if raw.isascii():
        raw = b"\n".join(lines)[:_TO_GUESS]
    answers = chardet.detect_all(raw, include_encodings=_KNOWN, compat_names=False, ignore_threshold=True)
    names = {codecs.lookup(name).name: name for name in _KNOWN}
    scores = {
        names[codec]: answer["confidence"]
        for answer in reversed(answers)
        if answer["encoding"] and (codec := codecs.lookup(answer["encoding"]).name) in names
    }
    best = max(scores, key=lambda codec: scores[codec], default=_COMMONEST)
    if best not in _ONE_BYTE:
        return best
    letters = bytes(sorted(set(raw)))
    found = letters.decode(best, "replace")
    for common in _COMMONEST, "cp1251":
        if letters.decode(common, "replace") == found:
            return common
    # A few Western letters are in several of them; a sign where the other has a letter is none.
    others = letters.decode(_COMMONEST, "replace")
    is_close = best in _LATIN and scores.get(_COMMONEST, 0) > _CLOSE * scores[best]
    has_signs = any(a.isalpha() and not b.isalpha() for a, b in zip(found, others, strict=True))
    return _COMMONEST if is_close and not has_signs else best


def _decoded(raw: bytes, begin: int, codec: str, name: str, *, may_be_mixed: bool = False) -> Text:
    if codec == UTF_8 and is_utf8(raw):
        return Text(raw[begin:] if begin else raw, name)
    out: list[bytes] = []
    holes: list[Hole] = []
    size = 0
    for low, high in _windows(raw, begin, is_wide=codec.startswith("UTF-") and codec != UTF_8):
        for piece, message in _pieces(raw[low:high], low, codec, name, may_be_mixed):
            if message:
                holes.append(Hole(size, message))
                if len(holes) > MAX_HOLES:
                    words = f"more than {MAX_HOLES:,} bytes cannot be read as {name}"
                    raise ValueError(f"{words} (expected a text in one encoding, best UTF-8).")
            out.append(piece)
            size += len(piece)
    return Text(b"".join(out), name, tuple(holes))


def _windows(raw: bytes, begin: int, *, is_wide: bool) -> Iterator[tuple[int, int]]:
    """Where to cut a text so that no letter is cut: behind a newline, or nowhere."""
    if is_wide:
        yield begin, len(raw)
        return
    while begin < len(raw):
        end = raw.find(b"\n", begin + _WINDOW) + 1 or len(raw)
        yield begin, end
        begin = end


def _pieces(raw: bytes, low: int, codec: str, name: str, may_be_mixed: bool) -> Iterator[tuple[bytes, str]]:
    """The UTF-8 of some bytes at `low` in the file, piece by piece; a piece with a message is a hole."""
    if may_be_mixed:
        for line in raw.splitlines(keepends=True):
            is_other = not line.isascii() and is_utf8(line) and sum(byte > 0xBF for byte in line) >= _LETTERS_TO_TELL
            if is_other:
                yield line, f"the row is {UTF_8}, at offset {low} (expected {name}, as the other rows)."
            else:
                yield from _pieces(line, low, codec, name, may_be_mixed=False)
            low += len(line)
        return
    view, at = memoryview(raw), 0
    while at < len(raw):
        try:
            yield str(view[at:], codec).encode(), ""
            return
        except UnicodeDecodeError as error:
            # What is before the error is decoded again; an error is rare.
            yield str(view[at : at + error.start], codec).encode(), ""
            start, end = at + error.start, at + max(error.end, error.start + 1)
            found = raw[start:end]
            shown = "".join(f"\\x{byte:02x}" for byte in found)
            word = "byte" if len(found) == 1 else "bytes"
            hexes = " ".join(f"0x{byte:02x}" for byte in found)
            yield shown.encode(), f"the {word} {hexes} at offset {low + start} cannot be read as {name}."
            at = end
