"""How names of places are compared: without case, marks, punctuation and the many spellings of one sound."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# One letter to Latin, after marks are stripped (so й is и, ё is е, ї is і here already). Russian, Ukrainian,
# Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Tajik, Tatar and Bashkir letters; the Kazakh ones end up
# where their usual Latin spellings do (қ, ң, ұ as k, n, u).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "є": "e", "ґ": "g", "ђ": "zh", "ј": "i", "љ": "l", "њ": "n", "ћ": "ch", "џ": "zh",
    "ѕ": "z", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҳ": "h",
    "ҷ": "zh", "җ": "zh", "ҡ": "k", "ҙ": "z", "ҫ": "s", "ӏ": "",
}  # fmt: skip
# Latin letters that carry no separable mark.
_LATIN = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
    "ŋ": "n", "q": "k",
}  # fmt: skip
# Arabic letters that are written in two ways for one and the same name (Persian, Urdu, Kurdish and Uyghur forms).
_ARABIC = {
    "ی": "ي", "ى": "ي", "ې": "ي", "ے": "ي", "ێ": "ي", "ک": "ك", "گ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ٱ": "ا", "ۆ": "و", "ڵ": "ل", "ڕ": "ر", "ڑ": "ر", "ٹ": "ت", "ڈ": "د", "ں": "ن",
}  # fmt: skip
# Ethiopic rows that are one sound in Amharic today (first signs of the rows, seven or eight signs each).
_ETHIOPIC = (("ሐ", "ሀ"), ("ኀ", "ሀ"), ("ሠ", "ሰ"), ("ዐ", "አ"), ("ፀ", "ጸ"))
_SAME_ROWS = {chr(ord(a) + i): chr(ord(b) + i) for a, b in _ETHIOPIC for i in range(7)}
_LETTERS = {**_CYRILLIC, **_LATIN, **_ARABIC, **_SAME_ROWS}
_APOSTROPHES = frozenset("'`´‘’‛′ʻʼʽʾʿˈˌ")
_DROPPED = {"Me", "Cf", "Lm", "Sk"}
# Canonical combining classes of marks that make another letter: viramas, kana voicing, vowels of Thai, Lao and
# Tibetan. Marks of class 0 are the vowels of Indic scripts. All others are accents, vowel points and dots.
_KEPT_MARKS = {0, 8, 9, *range(103, 133)}
_EMPTY_MARKS = {"\u034f", *map(chr, range(0xFE00, 0xFE10))}  # grapheme joiner, variation selectors
_ARTICLES = {f"{vowel}{letter}" for vowel in "ae" for letter in ("l", "r", "s", "sh", "d", "t", "n", "z", "th", "dh")}
_VOWEL = "[aeiou]"
_ENDING = re.compile("(?<=[a-z]{3})ah?$")
# Spellings of one sound. Each rule shortens the text or removes a letter that no rule writes (y, j), which is
# why repeating them comes to an end.
_SOUNDS = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        ("shch|sch|shh", "sh"),
        ("tch", "ch"),
        ("kh", "h"),
        ("gh", "g"),
        (rf"(?<={_VOWEL})ja\b", "ia"),  # Moskovskaja as Moskovskaya
        (rf"dzh|dj(?={_VOWEL})|j(?={_VOWEL}|y)", "zh"),  # Dzhambul, Djambul and Jambyl as Zhambyl
        ("j", "i"),  # Chkalovskij as Chkalovskiy
        ("yo|ye", "e"),
        ("y", "i"),
        ("ii+", "i"),  # -skiy as -ski
    )
)
# The same in other scripts: the Arabic article (الخرطوم as خرطوم), "city" where it is written together with the
# name in Burmese, Chinese, Japanese and Korean.
_ATTACHED = re.compile(r"(?<![^ ])ال(?=[^ ]{3})|(?<=[^ ]{2})(?:မြို|市|시)(?![^ ])")


@lru_cache(65_536)
def fold(name: str) -> str:
    """How names are compared: without case, marks, punctuation and the many spellings of one sound.

    Жетыген, Zhetygen, Jetigen and Dzhetygen all fold to "zhetigen"; Алматы and Almaty to "almati";
    Чкаловский, Chkalovskiy, Chkalovskij and Chkalovsky to "chkalovski"; الخرطوم and خرطوم to one form. Words stay
    apart by one space, hyphens separate words, apostrophes join them. Folding a folded name changes nothing. Other
    scripts than Cyrillic keep their own letters.
    """
    while (folded := _fold_once(name)) != name:
        name = folded
    return folded


def has_article(folded: str) -> bool:
    """Whether a folded name may begin with the Arabic article, in Latin letters."""
    return folded.partition(" ")[0] in _ARTICLES


def spellings_with_article(folded: str) -> set[str]:
    """Return the ways in which a folded name is written in Latin letters with the Arabic article.

    Of "al rakkah" and "rakkah": "ar rakkah", "el rakkah" and more; of other than Latin letters, nothing.
    """
    rest = folded.partition(" ")[2] if has_article(folded) else folded
    if len(rest) < 4 or not rest.isascii():
        return set()
    # Before some letters the l becomes as they are: ar-Raqqa, ash-Sham.
    sun = "sh" if rest.startswith("sh") else rest[0]
    return {f"{written} {rest}" for written in ("al", "el", f"a{sun}", f"e{sun}")}


def spellings_of_endings(folded: str) -> set[str]:
    """Return the ways in which a folded name of Arabic is written in Latin letters with "a" or "ah" at the end of its
    words: of "habbaniia", "habbaniiah". Of other than Latin letters, nothing."""
    words = folded.split()
    if not folded.isascii() or not any(_ENDING.search(word) for word in words):
        return set()
    short, long = (" ".join(_ENDING.sub(end, word) for word in words) for end in ("a", "ah"))
    last = " ".join([*words[:-1], words[-1].removesuffix("h") if words[-1].endswith("ah") else f"{words[-1]}h"])
    soft = [f"{folded[:-1]}zhah"] if folded.endswith("ia") else []  # Hawija, of which a j is read as in Moskovskaja
    return {short, long, *soft, *([last] if _ENDING.search(words[-1]) else [])} - {folded}


def _fold_once(name: str) -> str:
    is_plain = name.isascii()
    text = name.lower() if is_plain else _decomposed(name)
    text = " ".join("".join(map(_letter, text)).split())
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text if is_plain else _ATTACHED.sub("", unicodedata.normalize("NFC", text))


def _decomposed(name: str) -> str:
    # Some letters have a decomposition only once their case is folded.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())


@cache
def _letter(char: str) -> str:
    """What stands for one character: its letter, nothing, or a space for what separates words."""
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if char in _APOSTROPHES or char in _EMPTY_MARKS or category in _DROPPED:
        return ""
    if category == "Mn":
        return char if unicodedata.combining(char) in _KEPT_MARKS else ""
    return char if char.isalnum() or category == "Mc" else " "
