"""The category of each row: by its column of kinds, else by what the whole table is a list of, else by the titles."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.names import folded, hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.columns import joined, known, or_else
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.categories import category_named, read_categories
from geodata.record.model import CATEGORIES

# What an event is called by, and when it was: "Versammlungsthema", "attack_date". A column beside may be of anything.
_TELLING = ("title", "event_id", "date_start", "date_parts", "event_type", "category", "place", "notes")
# Other "participants" may be the states of a war.
_CROWD = re.compile(
    r"teilnehm|\btn\b|crowd|protest|demonstra|manifest|attend|turnout|asistent|n ?part\b|участник|учасник|қатысушы|"
    r"مشارك|متظاهر|ชุมนุม"
)
_WHO = re.compile(r"\b(?:perpetrator|attacker|assailant|agressor|agresor|agresseur|tatergruppe|нападавш)")
_WHOM = re.compile(r"\b(?:target|weapon|arma\b|armas\b|arme\b|waffe|цель\b|оружи)")
_TARGET = re.compile(r"targets?|ziele?|objetivos?|cibles?|цель|цели|ціль|цілі|هدف")
_BY = re.compile(r"\b(?:killed|shot|murdered|executed) by$")
# What a register of assemblies has, where its headings name none.
_WAY = re.compile(r"wegstrecke|aufzug|marschroute|demoroute|demonstrationszug|recorrido|way ?points|march route")
_CAUSE = re.compile(r"\b(?:anlass|thema|motto|convoca(?:nte|toria|do por))\b")
_DEMONSTRATORS = re.compile(
    r"\b(?:demonstrators|protesters|protestors|marchers|demonstranten|demonstrierende|manifestants|manifestantes|"
    r"демонстрант|протестующ|протестувальник)",
    re.IGNORECASE,
)
_MOST_SEEN, _MOST, _HARDLY_ANY = 500, 0.5, 0.1
_ATTACKS = ("attacks", "attacks_low", "attacks_high")
_MANY = 3  # headings that say the same kind, and none another
# Titles that name a kind, in a list of protests: so many, and these shares of those and of all rows, name a protest.
# So for a list of clashes, in which harm that is done is one too.
_FEWEST, _NEARLY_ALL, _MANY_ROWS, _FEW_HEADINGS = 20, 0.9, 0.4, 2
_HARM = (
    r"\b(?:kill(?:ed|ing|s)|dead|bod(?:y|ies)|wounded|injured|damaged?|destroyed|destruction|struck|hit|strikes?|"
    r"burn(?:ed|t|ing)|on fire|craters?|rubble|debris|munitions?|remnants)\b|"
    r"погиб|гибель|ранен|пострадавш|жертв|пожар|поврежд|обломк|сбит|загиб|поранен|пожеж|пошкодж|уламк"
)
# What is done to people, and by whom: "Fight for Trans Rights" and "Democracy under attack" name neither.
_FORCE = (
    r"\b(?:kill(?:s|ed)|shot|dead|wounded|injured|stabbed|beaten|riot(?:s|ers|ing)?|clash(?:es|ed)?|gunfire|tear gas|"
    r"bomb(?:s|ed|ing)?|explo\w+|shooting|troops|soldiers|army|military|national guard|police)\b"
)
# Movements and marches that a file is called by. The short ones are of protests only beside a column of crowds.
_MOVEMENTS = re.compile(
    r"\b(?:black ?lives ?matter|wom[ae]n ?s? march(?:es)?|march(?:es)? (?:for|against) \w+|fridays ?for ?future|"
    r"no kings|gilets jaunes|occupy|extinction rebellion|metoo|euromaidan|\w*demos|\w{4,}demo|demonstrationen|manifs?|"
    r"marchas|huelgas|plantones|streiks?|greves?|митинги?|протести?|احتجاجات)\b"
)
_SHORT = re.compile(r"\b(?:blm|fff|xr|demo|strikes?)\b")
_MONTHS = re.compile(r"\b(march|mars)\b")  # of a file's name, which no marches are


def translated(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> dict[str, pa.Array]:
    """The category, and the table's own word for it as the type where it has no other column for that."""
    parts = meaning.columns.get("category")
    codes = {word.casefold(): category for word, category in meaning.categories.items()}
    if parts and (own := meaning.codes.get("category")):
        return {"category": or_else(known(cells, parts, {**own, **codes}), "other", len(cells))}
    if "category" in meaning.constants:
        return {}
    kind, why = _kind_of_all(cells, meaning, columns)
    if parts and not codes and kind == "clash" and _is_of_targets(cells, parts.headings[0]):
        report.told.append(f"{shown(parts.headings[0])} is the kind of the target, and of no event.")
        parts = None
    if parts:
        return _by_words(cells, meaning, columns, report, (kind, why, codes))
    if kind:
        report.told.append(f"No column is a kind of event: each is taken for {_WORDS[kind]}, as {why} ({_OTHERWISE}).")
        return {"category": pa.repeat(kind, len(cells))}
    found = {} if _is_place(meaning) else _by_titles(cells, columns, report, "No column is a kind of event")
    if not found:
        report.told.append(f'Nothing says what kind of events these are: each is "other" ({_OTHERWISE}).')
    return found


_WORDS = {
    "deployment": "a deployment", "clash": "a clash", "protest": "a protest", "detention": "a detention",
    "political": "a political event", "other": '"other"',
}  # fmt: skip
_FILE_SAYS = "the name of the file says"
_OTHERWISE = "kind under [answers] in a mapping says otherwise"


def _kind_of_all(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array]) -> tuple[str, str]:
    """The category of a table that is a list of one kind of event, and what says so; "" twice where nothing does."""
    if kind := meaning.answers.get("kind"):
        return kind, "was answered"
    found: dict[str, str] = {}
    for column in _TELLING:
        for heading in meaning.columns[column].headings if column in meaning.columns else ():
            if category := category_named(folded(heading)):
                found.setdefault(category, f"the heading {shown(heading)} says")
    if not found:
        found = _counted(cells, meaning, columns)
    if not found:
        named = [(category, heading) for heading in cells.columns if (category := category_named(folded(heading)))]
        # How many were arrested says nothing of the kind.
        if len([heading for _, heading in named if "detained" not in hits_of(heading)]) >= _MANY:
            found = {category: f"{len(named)} headings such as {shown(heading)} say" for category, heading in named}
    if not found and (attacks := _both(cells, _WHO, _WHOM)):
        found["clash"] = f"{attacks} say who attacked whom"
    if not found and (killed := _by_whom(cells)):
        found["clash"] = f"{shown(killed)} says who killed them"
    if not found and (marches := _both(cells, _CAUSE, _WAY)):
        found["protest"] = f"{marches} say what for and which way people went"
    if not found and (category := category_named(_killed(cells.file)) or _of_movement(cells)):
        found[category] = _FILE_SAYS
    return next(iter(found.items())) if len(found) == 1 else ("", "")


def _counted(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array]) -> dict[str, str]:
    """The category of what a column counts, with what says so; none where none counts any."""
    if crowds := [heading for heading in cells.columns if _is_crowd(heading)]:
        return {"protest": f"{shown(crowds[0])} counts those who took part"}
    if told := _of_crowds(cells):
        return {"protest": f"{shown(told)} counts demonstrators"}
    attacks = _counts_attacks(meaning, columns)
    return {"clash": f"{shown(attacks)} counts attacks"} if attacks else {}


def _counts_attacks(meaning: Meaning, columns: dict[str, pa.Array]) -> str:
    """The heading that counts attacks, of which most rows have some; "" for none."""
    for name in _ATTACKS:
        heading = meaning.heading_of(name) if name in meaning.columns else ""
        if name in columns and category_named(folded(heading)) == "clash":  # "Strikes" may be those of workers
            some = pc.sum(pc.invert(pc.is_in(columns[name], pa.array(["", "0"])))).as_py() or 0
            if some > _MOST * len(columns[name]):
                return heading
    return ""


def _is_of_targets(cells: Cells, heading: str) -> bool:
    """Whether a column of kinds is of what was attacked: one is called "Target", and most of the kinds are of nothing
    that is done. A mission may well be political, and is a target here."""
    if not any(_TARGET.fullmatch(folded(other)) for other in cells.columns):
        return False
    kinds = [value for value in cells.values(heading)[1].to_pylist() if value]
    silent = sum(category in (None, "other", "political") for category in read_categories(kinds).found)
    return silent > _MOST * len(kinds)


def _both(cells: Cells, one: re.Pattern[str], other: re.Pattern[str]) -> str:
    """The first headings with the words of each of two kinds, as words; "" where one of them is missing."""
    of_each = [[heading for heading in cells.columns if words.search(folded(heading))] for words in (one, other)]
    return " and ".join(shown(headings[0]) for headings in of_each) if all(of_each) else ""


def _by_whom(cells: Cells) -> str:
    """The heading "Killed by" whose cells are mostly those who do so in a conflict; "" for sharks and lightning."""
    for heading, column in cells.columns.items():
        if _BY.search(folded(heading)):
            texts = [text for text in column[:_MOST_SEEN].to_pylist() if text]
            said = sum(category_named(folded(f"killed by {text}")) == "clash" for text in texts)
            if texts and said > _MOST * len(texts):
                return heading
    return ""


def _killed(file: str) -> str:
    """The words of a file's name; "journalists_killed" is a list of killings."""
    return _MONTHS.sub(" ", folded(file.partition(".")[0])).replace("killed", "killing")


def _of_movement(cells: Cells) -> str:
    """A protest, where a file is called by a march or a movement; "" for other names."""
    name = folded(cells.file.partition(".")[0])
    has_crowd = any("crowd" in hits_of(heading) for heading in cells.columns)
    return "protest" if _MOVEMENTS.search(name) or (has_crowd and _SHORT.search(name)) else ""


def _of_crowds(cells: Cells) -> str:
    """The heading of a column most of whose cells speak of demonstrators; "" for none."""
    for heading, column in cells.columns.items():
        texts = [text for text in column[:_MOST_SEEN].to_pylist() if text]
        if len(texts) >= _MANY and sum(bool(_DEMONSTRATORS.search(text)) for text in texts) > _MOST * len(texts):
            return heading
    return ""


def _is_crowd(heading: str) -> bool:
    return "crowd" in hits_of(heading) and bool(_CROWD.search(folded(heading)))


def _by_words(
    cells: Cells,
    meaning: Meaning,
    columns: dict[str, pa.Array],
    report: Report,
    whole: tuple[str, str, dict[str, str]],
) -> dict[str, pa.Array]:
    """By the words of a column; what is none of ours is of the `whole` table's kind. Where none of them is, by the
    titles, as if the column were not there."""
    kind, why, codes = whole
    parts = meaning.columns["category"]
    texts = pc.dictionary_encode(joined(cells, parts))
    values = texts.dictionary.to_pylist()
    asked = [value for value in values if value.casefold() not in codes]
    if why == _FILE_SAYS and _say_otherwise(texts, kind):
        report.told.append(
            f"{why[0].upper()}{why[1:]} {kind}, and hardly any kind of a row does: it is not used ({_OTHERWISE})."
        )
        kind, why = "", ""
    answers = read_categories(asked, kind or "other", f"{why} ({_OTHERWISE})" if kind else "")
    types = {} if "event_type" in columns else {"event_type": texts.dictionary.take(texts.indices)}
    if not kind and not codes and {*answers.found} <= {"other", None} and _is_told(meaning):
        silent = f"Nothing in {shown(parts.headings[0])} is a kind of event that is known"
        if by_titles := _by_titles(cells, columns, report, silent):
            return by_titles | types
    found = dict(zip(asked, answers.found, strict=True))
    numbers = {value: number for number, value in enumerate(asked)}
    rows = np.array([numbers.get(value, -1) for value in values], np.int64)[texts.indices.to_numpy()] if values else []
    report.hear(parts.headings[0], np.asarray(rows), asked, answers)
    nothing = kind or "other"
    words = [codes.get(v.casefold()) or found.get(v) or (nothing if v else kind) for v in values]
    category = pa.array(words, pa.string()).take(texts.indices)
    is_ours = {value.casefold() for value in values} <= {*CATEGORIES, ""}
    return {"category": category} | ({} if is_ours else types)


def _say_otherwise(texts: pa.Array, kind: str) -> bool:
    """Whether rows of a column of kinds, dictionary encoded, say other categories, and hardly any of them this one."""
    rows, kinds = np.bincount(texts.indices.to_numpy(), minlength=len(texts.dictionary)), texts.dictionary.to_pylist()
    # A cell with tags of several categories is of this one if it is among them.
    said = [*zip(rows, read_categories(kinds).found, read_categories(kinds, kind).found, strict=True)]
    others = sum(count for count, plain, own in said if plain not in (None, "other") and own != kind)
    same = sum(count for count, plain, own in said if plain not in (None, "other") and own == kind)
    return bool(same < _HARDLY_ANY * others)


def _is_place(meaning: Meaning) -> bool:
    """Whether the title is the name of a place, which says no kind: "Märzstraße", "Strike Hill"."""
    title, place = meaning.columns.get("title"), meaning.columns.get("place")
    return title is not None and place is not None and {*title.headings} <= {*place.headings}


def _is_told(meaning: Meaning) -> bool:
    """Whether a title tells of each event, and is not made of the place or of the column of kinds."""
    title = meaning.columns.get("title")
    kinds = meaning.columns["category"].headings
    return title is not None and not _is_place(meaning) and not {*title.headings} & {*kinds}


def _by_titles(cells: Cells, columns: dict[str, pa.Array], report: Report, why: str) -> dict[str, pa.Array]:
    """By the words of the titles, of several kinds the one that is named first, "other" where they say none, told with
    `why`; nothing where none says any."""
    if "title" not in columns:
        return {}
    category = _named(columns["title"])
    count = len(category) - (pc.sum(pc.equal(category, "other")).as_py() or 0)
    if not count:
        return {}
    verb = "1 row has" if count == 1 else f"{count:,} of {len(category):,} rows have"
    rest = ', the others "other"' if count < len(category) else ""
    report.told.append(f"{why}: {verb} a category by the words of the title{rest}.")
    category = _of_protests(category, count, cells, columns, report)
    return {"category": _of_clashes(category, count, columns, report)}


def _named(texts: pa.Array) -> pa.Array:
    """The categories that texts name first, "other" where they name none."""
    encoded = pc.dictionary_encode(texts)
    found = [category or "other" for category in read_categories(encoded.dictionary.to_pylist(), by_first=True).found]
    return pa.array(found, pa.string()).take(encoded.indices)


def _of_protests(
    category: pa.Array, count: int, cells: Cells, columns: dict[str, pa.Array], report: Report
) -> pa.Array:
    """The categories; where nearly all of the `count` titles that name a kind name a protest, a fight or a mobilisation
    is one too, unless violence was done or troops are meant, and so is a row whose notes name a protest, or each one
    where the headings speak of protests."""
    are_protests = pc.equal(category, "protest")
    protests = pc.sum(are_protests).as_py()
    if protests < max(_FEWEST, _NEARLY_ALL * count, _MANY_ROWS * len(category)):
        return category
    title = pc.utf8_lower(columns["title"])
    is_force = pc.match_substring_regex(title, _FORCE)
    is_figure = pc.and_(pc.is_in(category, pa.array(["clash", "deployment"])), pc.invert(is_force))
    named = [heading for heading in cells.columns if category_named(folded(heading)) == "protest"]
    is_other = pc.equal(category, "other")
    if len(named) < _FEW_HEADINGS:
        notes = columns.get("notes", pa.repeat("", len(category)))
        is_other = pc.and_(is_other, pc.equal(_named(notes), "protest"))
    more = pc.or_(is_figure, is_other)
    if rows := pc.sum(more).as_py():
        why = f"{len(named)} headings such as {shown(named[0])}" if len(named) >= _FEW_HEADINGS else "the notes"
        words = f"{protests:,} of these are protests: {rows:,} more rows are, as {why} or a figure of speech say"
        report.told.append(f"{words} ({_OTHERWISE}).")
    return pc.if_else(more, "protest", category)


def _of_clashes(category: pa.Array, count: int, columns: dict[str, pa.Array], report: Report) -> pa.Array:
    """The categories; where nearly all of the `count` titles that name a kind name a clash, a title that names none and
    speaks of harm ("School damaged") is one too: no other list has the harm of a storm beside so many."""
    clashes = pc.sum(pc.equal(category, "clash")).as_py()
    if clashes < max(_FEWEST, _NEARLY_ALL * count, _MANY_ROWS * len(category)):
        return category
    is_harm = pc.match_substring_regex(pc.utf8_lower(columns["title"]), _HARM)
    more = pc.and_(pc.equal(category, "other"), is_harm)
    if rows := pc.sum(more).as_py():
        words = f"{clashes:,} of these are clashes: {rows:,} more rows are, as their titles speak of harm"
        report.told.append(f"{words} ({_OTHERWISE}).")
    return pc.if_else(more, "clash", category)
