"""The words of figures in eight languages: at least, about, up to, between, numbers up to twenty, dozens."""

from __future__ import annotations

import re
from functools import cache

from geodata.importers.values.words.folding import any_of, folded, listed

AT_LEAST, OVER, ABOUT, UP_TO, UNDER, FROM, TO, AND = "⊒", ">", "~", "⊑", "<", "⟦", "⟧", "∧"
OR, VAGUE = "∨", "∃"  # the latter for a number that is meant and not said

_SIGNS = {">=": AT_LEAST, "=>": AT_LEAST, "≥": AT_LEAST, "<=": UP_TO, "=<": UP_TO, "≤": UP_TO, "≈": ABOUT}
_WORDS = {
    AT_LEAST: (
        "at least|no less than|not less than|no fewer than|not fewer than|min|min.|minimum|a minimum of|or more|"
        "and more|and above|upwards of|mindestens|wenigstens|nicht weniger als|oder mehr|und mehr|au moins|au minimum|"
        "pas moins de|ou plus|et plus|al menos|por lo menos|como mínimo|no menos de|o más|y más|не менее|не меньше|"
        "как минимум|минимум|по меньшей мере|по крайней мере|и более|или более|и больше|щонайменше|не менше|принаймні|"
        "як мінімум|мінімум|і більше|або більше|кемінде|кем дегенде|одан да көп|على الأقل|ما لا يقل عن|"
        "لا يقل عن|أو أكثر|so far|thus far|to date|bisher|bislang|à ce jour|jusqu'ici|hasta ahora|hasta el momento|"
        "hasta la fecha|на данный момент|на сегодняшний день|наразі|حتى الآن"
    ),
    OVER: (
        "more than|over|above|exceeding|in excess of|greater than|mehr als|über|plus de|plus que|más de|más que|"
        "более|более чем|больше|больше чем|свыше|понад|більше|більше ніж|більш ніж|астам|артық|көп|أكثر من|ما يزيد عن|"
        "ما يزيد على"
    ),
    ABOUT: (
        "about|around|approximately|approx|approx.|circa|ca|ca.|c.|roughly|some|nearly|almost|estimated|an estimated|"
        "est.|est|etwa|rund|ungefähr|zirka|fast|knapp|ungef.|environ|près de|autour de|presque|unos|unas|cerca de|"
        "alrededor de|aproximadamente|casi|около|примерно|приблизительно|порядка|почти|ок.|близько|приблизно|майже|"
        "шамамен|жуық|حوالي|نحو|تقريبا|قرابة|زهاء"
    ),
    UP_TO: (
        "up to|at most|no more than|not more than|max|max.|maximum|a maximum of|as many as|or less|or fewer|bis zu|"
        "höchstens|maximal|nicht mehr als|jusqu'à|au plus|au maximum|tout au plus|pas plus de|hasta|como máximo|"
        "a lo sumo|не более|не больше|максимум|щонайбільше|не більше|дейін|аспайды|يصل إلى|ما يصل إلى|على الأكثر|"
        "لا يزيد عن"
    ),
    UNDER: (
        "less than|fewer than|under|below|weniger als|unter|moins de|menos de|менее|менее чем|меньше|менше|менше ніж|"
        "менш|аз|أقل من"
    ),
    FROM: "from|between|zwischen|von|entre|de|от|между|від|між|بين|من",
    TO: "to|bis|à|a|до|إلى|حتى",
    AND: "and|und|et|y|и|та|і|мен|و",
    OR: "or|oder|ou|o|или|або|чи|немесе|أو",
    VAGUE: (
        "several|a few|few|many|multiple|numerous|various|lots|a number of|a couple|scores of|einige|mehrere|viele|"
        "wenige|zahlreiche|plusieurs|quelques|de nombreux|nombreux|varios|varias|algunos|algunas|muchos|muchas|"
        "ein paar|un par|handful|a handful|eine handvoll|une poignée|un puñado|пара|пару|горстка|"
        "несколько|много|многие|немного|кілька|декілька|багато|бірнеше|عدة|بعض|العديد|عدد من|كثير"
    ),
}
# Words that count without a number: the least they may mean. ACLED's codebook counts "dozens" as 12 and so on.
_COUNTS = {
    "10": "tens|tens of|dizaines|des dizaines|des dizaines de|decenas|десятки|десятків|десятков|ондаған|عشرات|العشرات",
    "12": "dozens|dozens of|dozen|dutzende|dutzend|douzaines|des douzaines|des douzaines de|docenas|дюжины|дюжина",
    "100": (
        "hundreds|hundreds of|hundred|hunderte|hundert|centaines|des centaines|des centaines de|cientos|centenares|"
        "сотни|сотен|сотні|сотень|жүздеген|مئات|المئات"
    ),
    "1000": (
        "thousands|thousands of|tausende|milliers|des milliers|des milliers de|miles|millares|тысячи|тисячі|мыңдаған|"
        "آلاف|الآلاف"
    ),
}
_NUMBERS = {
    "0": "zero|zéro|cero|ноль|нуль|нөл|صفر",
    "1": "one|ein|eine|einer|eins|un|une|uno|una|один|одна|одно|одного|одну|бір|واحد|واحدة",
    "2": "two|zwei|deux|dos|два|две|двое|двух|дві|двоє|екі|اثنان|اثنين|اثنتان",
    "3": "three|drei|trois|tres|три|трое|трех|троє|трьох|үш|ثلاثة|ثلاث",
    "4": "four|vier|quatre|cuatro|четыре|четверо|чотири|четверо|төрт|أربعة|أربع",
    "5": "five|fünf|cinq|cinco|пять|пятеро|п'ять|п'ятеро|бес|خمسة|خمس",
    "6": "six|sechs|seis|шесть|шестеро|шість|шестеро|алты|ستة|ست",
    "7": "seven|sieben|sept|siete|семь|семеро|сім|жеті|سبعة|سبع",
    "8": "eight|acht|huit|ocho|восемь|вісім|сегіз|ثمانية|ثمان|ثماني",
    "9": "nine|neun|neuf|nueve|девять|дев'ять|тоғыз|تسعة|تسع",
    "10": "ten|zehn|dix|diez|десять|он|عشرة|عشر",
    "11": "eleven|elf|onze|одиннадцать|одинадцять|он бір|أحد عشر",
    "12": "twelve|zwölf|douze|doce|двенадцать|дванадцять|он екі|اثنا عشر",
    "13": "thirteen|dreizehn|treize|trece|тринадцать|тринадцять",
    "14": "fourteen|vierzehn|quatorze|catorce|четырнадцать|чотирнадцять",
    "15": "fifteen|fünfzehn|quinze|quince|пятнадцать|п'ятнадцять",
    "16": "sixteen|sechzehn|seize|dieciséis|шестнадцать|шістнадцять",
    "17": "seventeen|siebzehn|dix-sept|diecisiete|семнадцать|сімнадцять",
    "18": "eighteen|achtzehn|dix-huit|dieciocho|восемнадцать|вісімнадцять",
    "19": "nineteen|neunzehn|dix-neuf|diecinueve|девятнадцать|дев'ятнадцять",
    "20": "twenty|zwanzig|vingt|veinte|двадцать|двадцять|жиырма|عشرون|عشرين",
}
# Words for about so many people or things.
_ROUND = {
    "10": "dizaine|decena|десяток|десятка",
    "12": "douzaine|docena",
    "15": "quinzaine|quincena",
    "20": "vingtaine|veintena",
    "30": "trentaine|treintena",
    "40": "quarantaine|cuarentena",
    "50": "cinquantaine|cincuentena",
    "60": "soixantaine",
    "100": "centaine|centena|centenar|сотня",
    "1000": "millier|millar",
}
_TIMES = {
    "1000": "thousand|k|tsd.|tsd|tausend|mille|mil|тыс.|тыс|тысяч|тысячи|тис.|тис|тисяч|мың|ألف",
    "1000000": (
        "million|mln|mln.|mio.|mio|millionen|millions|millones|millón|млн|млн.|миллион|миллиона|мільйон|мільйони|مليون"
    ),
}
NEGATIVE_CODES = frozenset(("-9", "-99", "-999", "-9999"))
# Of nobody, or of what nobody knows: only the digit is a 0.
_NOBODY = "no|none|nobody|keine|keiner|niemand|aucun|aucune|ninguno|ninguna|нет|нема|немає|жоқ|لا"
# Of whom some are, behind the figure of all.
_OF_WHOM = (
    "including|includes|incl.|incl|inclusive|among them|among whom|of them|of whom|of which|davon|darunter|inklusive|"
    "inkl.|dont|parmi eux|y compris|incluyendo|incluido|incluidos|entre ellos|de ellos|в том числе|в т.ч.|из них|"
    "включая|у тому числі|з них|зокрема|بينهم|من بينهم"
)
_IN_BRACKETS = re.compile(r"(?P<all>.+?) ?[(\[](?P<part>[^()\[\]]*)[)\]]")
# Others beside those whom the source counts: "7 (+1 attacker)", where it says who they are or what became of them.
_OTHERS = (
    r"(?:\w+ ){0,2}?(?:terrorist|attacker|perpetrator|gunm[ae]n|assailant|bomber|shooter|militant|suicide|hijacker|"
    r"suspect|террорист|нападавш|tater|agresseur|atacante|kidnap|abduct|hostage|missing|captur|arrest|detain|injur|wound)"
)
_AND_OTHERS = re.compile(rf"(?P<all>[^()\[\]]*\d[^()\[\]]*?) ?[(\[]\+ ?\d{{1,6}} {_OTHERS}\w*[)\]]")
_AND_MORE = re.compile(r"(?P<all>\d{1,6}) ?\(\+ ?(?P<more>\d{1,6})\)")
_FOOTNOTES = re.compile(r"(?P<all>[^()\[\]]*\d[^()\[\]]*?) ?(?:\[\d{1,3}\] ?)+")
_AROUND = re.compile(r"[\[(\"'](\d[\d ,.]*)[\])\"']|(\d[\d ,.]*) ?\*+")
_TENS = re.compile(r"(10{1,3})['’]?s(?: (?:of )?[^\W\d_]+)?")
_BY_LABEL = re.compile(r"[^\W\d_]+: ?(?=[\W\d_]*\d)")
# No figure of people or things stands before these.
_NO_UNITS = (
    "percent|%|prozent|pourcent|процентов|процента|hours|hour|days|day|weeks|months|years|year|km|ago|stunden|tage|"
    "jours|heures|días|horas|часов|дней|billion|trillion|milliarden|milliards|млрд|bn|dozen|hundred"
)


def without_remark(text: str) -> str:
    """A folded text with the figure of all alone, without what stands around it and is no figure ("5 (disputed)",
    "[5]", "killed: 5", "1 (one)", "5[3]"), counts others ("5 (+1 attacker)") or some of them: "5 (including 2
    children)", "5, including 2 children". Others of whom nothing is said may be of all: "7 (+2)" is "7-9"."""
    text = _BY_LABEL.sub("", text, count=1) if _BY_LABEL.match(text) else text
    if match := _AND_OTHERS.fullmatch(text) or _FOOTNOTES.fullmatch(text):
        return match["all"]
    if match := _AND_MORE.fullmatch(text):
        return f"{match['all']}-{int(match['all']) + int(match['more'])}"
    if match := _AROUND.fullmatch(text):
        return (match[1] or match[2]).strip()
    if (match := _IN_BRACKETS.fullmatch(text)) and _is_remark(match["part"], match["all"]):
        text = match["all"]
        return f"about {text}" if ABOUT in marked(match["part"]) else text
    found = _of_whom().search(text)
    return text[: found.start()].rstrip(" ,;") if found and found.start() and text[0].isdigit() else text


def _is_remark(part: str, whole: str) -> bool:
    digits = with_digits(part)
    if not any(map(str.isdigit, with_digits(whole))):
        return False
    return not any(map(str.isdigit, digits)) or bool(_of_whom().match(part)) or digits == with_digits(whole)


@cache
def _of_whom() -> re.Pattern[str]:
    return re.compile(any_of(map(folded, _OF_WHOM.split("|"))))


@cache
def numbers() -> dict[str, int]:
    """The words for numbers up to twenty, folded."""
    return {word: int(number) for word, number in listed(_NUMBERS).items()}


@cache
def counts() -> dict[str, int]:
    """The words that count without a number, folded, each with the least it may mean."""
    return {word: int(number) for word, number in listed(_COUNTS).items()}


@cache
def times() -> dict[str, int]:
    """The words behind a number that multiply it, folded."""
    return {word: int(number) for word, number in listed(_TIMES).items()}


def is_unit(word: str) -> bool:
    """Whether a word behind a number may be what is counted."""
    others = {*times(), *counts(), *_rounds(), *(f"{one}s" for one in _rounds())}
    return word not in _NO_UNITS.split("|") and word not in others


@cache
def _marks() -> tuple[dict[str, str], re.Pattern[str]]:
    marks = listed(_WORDS)
    return marks, re.compile(any_of(marks))


def is_nobody(text: str) -> bool:
    """Whether a folded text says "none", or "no deaths": of nobody, or of what nobody knows."""
    first, _, rest = text.partition(" ")
    return first in _NOBODY.split("|") and not any(map(str.isdigit, rest)) and " " not in rest


def marked(text: str) -> str:
    """A folded text with its words of more and less as marks.

    >>> marked("at least 5"), marked("between 6 and 8")
    ('⊒ 5', '⟦ 6 ∧ 8')
    """
    marks, pattern = _marks()
    for sign, mark in _SIGNS.items():
        text = text.replace(sign, f" {mark} ")
    text = pattern.sub(lambda match: f" {marks[match.group()]} ", text)
    return " ".join(text.split())


def is_vague(text: str) -> bool:
    """Whether a folded text means some number and says none."""
    return bool(re.fullmatch(rf"(?:[{ABOUT}{OVER}{AT_LEAST}] )?[{VAGUE}{ABOUT}](?: [^\W\d]+)?", marked(text)))


@cache
def _counted() -> re.Pattern[str]:
    before = [word for mark in (VAGUE, ABOUT, OVER, AT_LEAST) for word in _WORDS[mark].split("|")]
    before += ["a", "an", "ein", "eine", "un", "une", "of", "de", "d'"]
    words = any_of(word for word in counts())
    return re.compile(rf"(?:{any_of(map(folded, before))} ?)*({words})(?: (?:of |de |d')?[^\W\d_]+)?")


def least(text: str) -> int | None:
    """The least that a folded text such as "several dozen" may mean; None for any other."""
    if tens := _TENS.fullmatch(text):
        return int(tens[1])
    match = _counted().fullmatch(text)
    return counts()[match[1]] if match else None


def with_digits(text: str) -> str:
    """A folded text with its words for numbers as digits, "une dizaine de" as "about 10"."""
    text = _round_words().sub(_round_number, text)
    return _number_words().sub(lambda match: str(numbers()[match.group()]), text)


@cache
def _rounds() -> dict[str, str]:
    return listed(_ROUND)


@cache
def _round_words() -> re.Pattern[str]:
    article = r"(?<!\w)(?P<of>d')?(?:(?:une?|una|один|одна) )?(?:bonne )?"
    return re.compile(rf"{article}(?P<word>{any_of(_rounds())})(?: d(?:e |'))?")


def _round_number(match: re.Match[str]) -> str:
    # Behind a word such as "more than", that one says it.
    before = "about " if not match.start() else "de " if match["of"] else ""
    return f"{before}{_rounds()[match['word']]} ".rstrip() + (" " if match.end() < len(match.string) else "")


@cache
def _number_words() -> re.Pattern[str]:
    return re.compile(any_of(numbers()))
