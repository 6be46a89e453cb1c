"""The words of dates in eight languages: months, weekdays, parts of a month, seasons, and the small words between.

`marked` writes them as marks that a pattern can read. Names of months and weekdays are the CLDR's, by babel.
"""

from __future__ import annotations

import re
from functools import cache

from geodata.importers.values.words.calendars import ISLAMIC_MONTHS, PERSIAN_MONTHS
from geodata.importers.values.words.folding import any_of, folded, listed
from geodata.language.language import CODES

# CLDR has the months of the Levant, of Iraq and of the Maghreb under these.
_LOCALES = (
    *(*CODES, "ar_SY", "ar_IQ", "ar_DZ", "ar_TN", "ar_MA"),
    # Languages of other lists.
    *("th", "pt", "it", "nl", "pl", "tr", "sv", "el", "id", "ro"),
)

MONTH = "\x01"  # followed by its number
PART = {"early": "\x02", "mid": "\x03", "late": "\x04"}
SEASON = {"spring": "\x05", "summer": "\x06", "autumn": "\x07", "winter": "\x08"}
TO = "\x0e"  # between the two ends of a range
FROM = "\x0f"  # before the first of them
ABOUT = "\x10"
OPEN = "\x11"  # before, after: one end is not known
FOREIGN = "\x12"  # a month of another calendar

# Spellings that CLDR has not: shorter or other ones, and the cases of Russian, Ukrainian and German.
_MORE_MONTHS = {
    "1": "jan|jän|jänner|en|янв|январе|січні|qañtar|qantar|جانفي",
    "2": "feb|febr|fevr|feber|фев|феврале|лютому|aqpan|شباط",
    "3": "mar|märz|maerz|mär|mrz|марте|березні|nawrız|آذار",
    "4": "apr|avr|апр|апреле|квітні|säwir|نيسان|ابريل",
    "5": "mai|мае|травні|mamır|أيار|ماي",
    "6": "jun|juin|июн|июне|червні|mawsım|حزيران",
    "7": "jul|juil|июл|июле|липні|şilde|تموز",
    "8": "aug|aout|авг|августе|серпні|tamız|آب|غشت",
    "9": "sep|sept|set|setiembre|сен|сент|сентябре|вересні|qırküyek|أيلول",
    "10": "oct|okt|окт|октябре|жовтні|qazan|تشرين الأول",
    "11": "nov|ноя|нояб|ноябре|листопаді|qaraşa|تشرين الثاني",
    "12": "dec|dez|dic|дек|декабре|грудні|jeltoqsan|كانون الأول",
}
_KAZAKH_ENDINGS = "да|де|та|те|дан|ден|тан|тен|ның|нің|дың|дің|тың|тің|дағы|дегі|тағы|тегі|ға|ге|қа|ке"
_FOREIGN_MONTHS = "|".join((*PERSIAN_MONTHS, *ISLAMIC_MONTHS, "jumada", "ربيع"))
_WORDS = {
    PART["early"]: (
        "early|beginning|start|anfang|beginn|début|principios|principio|comienzos|inicios|начало|начале|початок|"
        "початку|басы|басында|أوائل|بداية|مطلع"
    ),
    PART["mid"]: "mid|middle|mitte|milieu|mediados|середина|середине|середины|середині|ортасы|ортасында|منتصف|أواسط",
    PART["late"]: "late|end|ende|fin|fines|finales|final|конец|конце|кінець|кінці|наприкінці|соңы|соңында|أواخر|نهاية",
    SEASON["spring"]: (
        "spring|frühling|frühjahr|printemps|primavera|весна|весной|весны|весною|навесні|весни|көктем|көктемі|ربيع"
    ),
    SEASON["summer"]: "summer|sommer|été|verano|лето|летом|лета|літо|літа|влітку|жаз|жазы|صيف",
    SEASON["autumn"]: ("autumn|fall|herbst|automne|otoño|осень|осенью|осени|осінь|осені|восени|күз|күзі|خريف"),
    SEASON["winter"]: "winter|hiver|invierno|зима|зимой|зимы|зими|взимку|қыс|қысы|شتاء",
    TO: "to|until|till|through|thru|and|bis|auf|und|au|et|al|hasta|y|по|до|и|та|і|й|إلى|حتى|و",
    FROM: "from|between|since|vom|von|zwischen|ab|seit|entre|depuis|desde|с|со|от|между|з|від|між|من|بين|منذ",
    ABOUT: (
        "about|around|approx|approximately|circa|ca|c|exact date unknown|exact date unclear|date unclear|"
        "probably|possibly|perhaps|uncertain|reported|reportedly|etwa|ungefähr|"
        "vermutlich|gemeldet|signalé|reportado|сообщено|повідомлено|"
        "gegen|environ|vers|hacia|aproximadamente|около|примерно|предположительно|близько|приблизно|шамамен|حوالي|نحو"
    ),
    OPEN: (
        "before|after|by|prior|earlier|later|onwards|onward|ongoing|present|now|today|vor|nach|avant|après|antes|"
        "después|после|раньше|позже|после|після|раніше|пізніше|дейін|кейін|قبل|بعد"
    ),
    FOREIGN: _FOREIGN_MONTHS,
    "": (
        "of|the|on|in|st|nd|rd|th|de|del|du|des|le|la|el|les|er|ère|o|der|den|dem|am|im|у|в|во|на|го|ого|е|г|гг|год|"
        "года|году|р|рр|рік|року|році|ж|жыл|жылы|жылғы|жылдың|عام|سنة|في|م|ad|ce|uhr"
    ),
}
_WORD = re.compile(r"[^\W\d_\x01-\x12]+\.?")
_FRENCH_MID = re.compile(r"\bmi-(?=[^\W\d_])")
_TWICE = re.compile(r"(\x01\d\d?) ?/ ?\1(?!\d)")
_A_BETWEEN = re.compile(r"(?<=\d) a (?=\d)")


@cache
def months() -> dict[str, str]:
    """Each name of a month, folded and without the dot of an abbreviation, with its number."""
    from babel.dates import get_month_names  # noqa: PLC0415 (only a table needs it)

    found = listed(_MORE_MONTHS)
    # A name of two months, as January and March are one in Thai without marks, or a small word is none.
    doubtful = set(_WORDS[""].split("|"))
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    word = folded(name).rstrip(".")
                    if found.setdefault(word, str(number)) != str(number):
                        doubtful.add(word)
                    if locale == "kk":
                        found |= {word + folded(ending): str(number) for ending in _KAZAKH_ENDINGS.split("|")}
    return {word: number for word, number in found.items() if word not in doubtful}


@cache
def _weekdays() -> set[str]:
    from babel.dates import get_day_names  # noqa: PLC0415 (only a table needs it)

    return {
        folded(name).rstrip(".")
        for locale in CODES
        for width in ("wide", "abbreviated", "short")
        for context in ("format", "stand-alone")
        for name in get_day_names(width, context, locale).values()
    }


@cache
def _marks() -> dict[str, str]:
    marks = dict.fromkeys(_weekdays(), "") | {word: f" {mark} " for word, mark in listed(_words()).items()}
    return marks | {name: f" {MONTH}{number} " for name, number in months().items()}


def _words() -> dict[str, str]:
    return {mark or " ": words for mark, words in _WORDS.items()}


@cache
def _phrases() -> re.Pattern[str]:
    """The words of several words, such as the months of the Levant, or with an apostrophe."""
    return re.compile(any_of(word for word in _marks() if not word.isalpha()))


def marked(text: str) -> str:
    """A folded text with its words as marks; words that no date has stay as they are.

    >>> marked("5-7 january 2022") == f"5-7 {MONTH}1 2022"
    True
    """
    marks = _marks()
    text = _FRENCH_MID.sub("mid-", text)  # which is no Wednesday (Mi.)
    text = _phrases().sub(lambda match: marks[match.group()], text)
    ends_in_word = text[-1:].isalpha()
    bare = _WORD.sub(lambda match: marks.get(match.group().rstrip("."), match.group()), text)
    # "Sunday-November 19-1995": what stood between the weekday and the day goes with it.
    text = bare.lstrip(" -/") if text[:1].isalpha() and not bare[:1].isalpha() else bare
    text = text.rstrip(" -/") if ends_in_word else text
    text = _A_BETWEEN.sub(f" {TO} ", text)  # between days alone; elsewhere "a" is any word
    text = text.replace("→", f" {TO} ").replace("~", f" {ABOUT} ").replace("≈", f" {ABOUT} ")
    # As in "كانون الثاني/يناير": one month in the words of two regions.
    return _TWICE.sub(r"\1", " ".join(text.split()))
