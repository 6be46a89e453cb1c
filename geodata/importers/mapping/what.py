"""Which columns say what: ids, kinds, titles, figures, actors, notes, sources."""

from __future__ import annotations

import re

from geodata.importers.mapping.mapping import FIGURES, one_line
from geodata.importers.mapping.names import folded
from geodata.importers.mapping.options import Option, Settling, quoted, reason, seen
from geodata.importers.mapping.people import headings_of_people

_SINGLES = ("event_id", "sub_event_type", "claimant", "time_precision", "geo_precision", "qualifier")
_KINDS = ("category", "event_type", "sub_event_type")
_KILLINGS = re.compile(
    r"(?<!attempted )\b(?:massacre|masacre|massaker|chacina|homicid|fem(?:in)?icid|murder|asesina[td]|assassinat|"
    r"killing|killed|getotet|morde?\b|убийств|убиты|вбивств|مجزر|مجازر|مذبح)"
)
# What a table of the dead is told by, where no column of theirs is one of numbers: "Cause of death", "Killed by".
_DEAD = re.compile(
    r"\b(?:deaths?\b|dead\b|killed|fatal|body count|todes|tote[nr]?\b|getotet|morts?\b|deces\b|muert|fallecid|погиб|"
    r"убит|смерт|загиб|вбит|қаза тап|өлім|قتل|وفا)"
)
_AVERAGE = re.compile(
    r"\b(?:avg|averages?|mean|median|durchschnitt\w*|mittelwert|moyenne|promedio|media|средн\w+|среднее)\b"
)
_FEW = 0.1  # of the rows
_PLAIN, _SOME_FIGURES, _MOST_ROWS = 0.95, 0.3, 0.1
# Headings of what an event is called by or is of; a type has few different values, of few words, beside a text.
_EVENT = ("event", "events", "incident", "incidents", "what", "what happened", "occurrence", "evento", "ereignis")
_FEW_KINDS, _MOST_WORDS, _TELLING, _MANY = 0.5, 3, 5, 0.5
_NAME = 1.5  # words; a code has one
_MOST = 40  # of a series such as source_1 to source_30


def settle_singles(settling: Settling) -> None:
    """Settle ids, kinds and what says how sure something is."""
    for column in _SINGLES:
        options = [option for option in settling.sure(column) if not _is_running(option)]
        if options and column not in settling.columns:
            settling.take_option(column, options)
    if not {"category", "event_type"} & settling.columns.keys():
        for column in ("category", "event_type"):
            if options := settling.sure(column):
                settling.take_option(column, options)
        _settle_kind_called_event(settling)
        weak = settling.of_meaning("event_type")
        if weak and not {"category", "event_type"} & settling.columns.keys() and not weak[0].hit.rest:
            # Tags and topics stand in for a kind, where nothing else is one.
            settling.take_option("event_type", weak)


def _settle_kind_called_event(settling: Settling) -> None:
    """Take a column called "Event" or the like for the type where its values are few and short, and a longer text
    beside it tells what happened."""
    if {"category", "event_type", "title"} & settling.columns.keys():
        return
    free = [option.heading for option in settling.sure("notes", "title")]
    looks = [settling.looks[heading] for heading in (*settling.columns.get("notes", ()), *free)]
    texts = [look for look in looks if look.words >= _TELLING and look.different >= _MANY]
    for option in settling.sure("title"):
        look = option.look
        is_kind = look.different <= _FEW_KINDS and len(look.texts) > 1 and look.words <= _MOST_WORDS
        if texts and is_kind and not option.hit.rest and folded(option.heading) in _EVENT:
            settling.take("event_type", option.heading, why=f"by its few values{seen(look)}")
            settling.told.append(f"{quoted([option.heading])} is the type, by its few values, and no title.")
            return


def _is_running(option: Option) -> bool:
    """Whether a number only counts the rows of a sheet, as "lfd. Nr." does: another list has the same ones."""
    return option.meaning == "event_id" and option.hit.strength <= 0.6 and option.look.number > 0.9


def settle_figures(settling: Settling) -> None:
    """Settle the measures with their lowest and highest. What counts some of the people alone is not all of them."""
    for column in FIGURES:
        if column in settling.columns:
            continue
        options = [o for o in settling.of_meaning(column) if o.score >= 0.5 and not _is_no_figure(o)]
        whole = [option for option in options if not option.hit.is_part and (option.is_sure or _is_sparse(option))]
        parts = [option for option in options if option.hit.is_part]
        if whole and parts and whole[0].look.filled < _FEW * max(option.look.filled for option in parts):
            # A total that hardly any row has says less than the figure of those of whom most rows say it.
            whole, parts = [], [max(parts, key=lambda option: option.look.filled)]
        if whole:
            settling.take_option(column, whole)
        elif parts and not (column == "deaths" and settling.sure("low") and settling.sure("high")):
            _settle_parts(settling, column, parts)
    _settle_estimates(settling)
    _settle_victims(settling)
    _tell_of_crowds(settling)


def _is_no_figure(option: Option) -> bool:
    """Whether a column only answers a question with yes or no, as "Air strike?" may with 1 and 0, or has the middle of
    other figures, which nobody has claimed."""
    is_question = option.heading.rstrip().endswith("?") and option.look.yes_no >= _PLAIN
    return is_question or bool(_AVERAGE.search(folded(option.heading)))


def _settle_parts(settling: Settling, column: str, parts: list[Option]) -> None:
    """What counts some of the people, with whom it counts: one alone, or that of all whom the others are some of (those
    of aid workers, beside those of women among them). Of others the owner has to say which one; they are never added
    up, as one may be in two of them."""
    whom = {part.heading: set(part.hit.rest) for part in parts}
    wide = [part for part in parts if all(whom[part.heading] <= others for others in whom.values())]
    headings = [part.heading for part in parts]
    if len(wide) != 1:
        words = f"each is of some of the people, and none of all {column}"
        settling.told.append(f"{quoted(headings)} are not read: {words}.")
        line = one_line(column, headings[:1])
        settling.told.append(f"{line} under [columns] in a mapping reads one of them, with whom it counts.")
        return
    settling.take_option(column, wide)
    words = f"is read as {column} of some of the people: {' '.join(wide[0].hit.rest)}"
    settling.told.append(f"{quoted([wide[0].heading])} {words}.")
    if rest := [heading for heading in headings if heading != wide[0].heading]:
        verb = "is of some of these, and is" if len(rest) == 1 else "are of some of these, and are"
        settling.told.append(f"{quoted(rest)} {verb} not read.")


def _is_sparse(option: Option) -> bool:
    """Whether a plain heading has so few cells that what is no figure among them costs few rows at the most."""
    look = option.look
    is_plain = option.hit.strength >= _PLAIN and look.figure >= _SOME_FIGURES
    return is_plain and look.share * (1 - look.figure) <= _MOST_ROWS


def _settle_victims(settling: Settling) -> None:
    """What counts victims, who are the dead in a list of killings; in any other one it is asked for."""
    victims = [option for option in settling.sure("victims") if option.has_values]
    if victims and "deaths" not in settling.columns:
        heading = victims[0].heading
        is_open = "injured" in settling.columns or "casualt" in folded(heading)
        if not is_open and (what := _killings(settling)):
            settling.take_option("deaths", victims)
            settling.told.append(f"{quoted([heading])} is read as the deaths, as {what} speaks of killings.")
            return
        words = f"Is {quoted([heading])} the number of deaths? The word may count the injured too."
        settling.ask("deaths", [heading], words)


def _tell_of_crowds(settling: Settling) -> None:
    if crowds := sorted(option.heading for option in settling.sure("crowd")):
        verb = "counts" if len(crowds) == 1 else "count"
        settling.told.append(f"{quoted(crowds)} {verb} those who took part, which is no figure of the map: not read.")


def _killings(settling: Settling) -> str:
    """What says that all events of a table are killings, whose victims are the dead; "" where nothing does."""
    if _KILLINGS.search(folded(settling.cells.file.partition(".")[0])):
        return "the name of the file"
    taken = [heading for column in ("title", *_KINDS) for heading in settling.columns.get(column, ())]
    for heading in [*taken, *(option.heading for option in settling.sure("title"))]:
        if _KILLINGS.search(folded(heading)):
            return quoted([heading])
    for heading in taken:
        texts = settling.looks[heading].texts
        if texts and all(_KILLINGS.search(folded(text)) for text in texts):
            return quoted([heading])
    return ""


def _settle_estimates(settling: Settling) -> None:
    """The columns best, low and high, which are those of deaths where lists of violence have them. Who counts civilian
    casualties from the fewest to the most, as lists of air strikes do, counts the dead."""
    civilian = [
        o[0] for end in ("low", "high") if (o := settling.sure(f"victims_{end}")) and "civilian" in o[0].hit.rest
    ]
    if len(civilian) == 2 and not {"deaths", "deaths_low", "deaths_high"} & settling.columns.keys():
        for end, option in zip(("low", "high"), civilian, strict=True):
            settling.take_option(f"deaths_{end}", [option])
        words = "the fewest and the most deaths, though the word may count the injured too"
        settling.told.append(f"{quoted([option.heading for option in civilian])} are read as {words}.")
    found = {end: settling.sure(end)[:1] for end in ("low", "best", "high")}
    if "deaths" not in settling.columns and found["best"]:
        settling.take_option("deaths", found["best"])
    if "deaths" in settling.columns and found["low"] and found["high"]:
        for end in ("low", "high"):
            if f"deaths_{end}" not in settling.columns:
                settling.take_option(f"deaths_{end}", found[end])
    is_open = {"deaths_low", "deaths_high", "injured", "detained"} & settling.columns.keys() or settling.sure("crowd")
    if "deaths" not in settling.columns and not is_open and found["low"] and found["high"]:
        dead = sorted(heading for heading in settling.looks if _DEAD.search(folded(heading)))
        if what := quoted(dead[:1]) if dead else _of_the_dead(settling):
            for end in ("low", "high"):
                settling.take_option(f"deaths_{end}", found[end])
            ends = quoted([found[end][0].heading for end in ("low", "high")])
            settling.told.append(f"{ends} are read as the fewest and the most deaths, of which {what} speaks.")


def _of_the_dead(settling: Settling) -> str:
    """The name of the file, where it speaks of the dead; "" where it does not."""
    name = folded(settling.cells.file.partition(".")[0])
    return "the name of the file" if _DEAD.search(name) or _KILLINGS.search(name) else ""


def settle_texts(settling: Settling) -> None:
    """Settle title, actors, notes and sources. There is always something to make a title of: it is never asked for."""
    titles = _people_first(settling, [option for option in settling.sure("title") if option.has_values])
    if "title" not in settling.columns and titles:
        best, *titles = titles
        settling.take("title", best.heading, why=reason(best), others=titles, sureness=best.score)
    for column in ("notes", "actors", "source"):
        if column not in settling.columns:
            found = settling.sure(column)[:_MOST]
            # A second title is a text too: nothing of it is to be lost.
            found += [o for o in titles if o.score >= 0.75 and o not in found] if column == "notes" else []
            found = [option for option in found if option.heading not in settling.used]
            _take_several(settling, column, found)
    if "title" not in settling.columns:
        _settle_title(settling)


def _people_first(settling: Settling, titles: list[Option]) -> list[Option]:
    """The titles, the names of people before the codes of events that a list of people has beside them."""
    name = next(iter(headings_of_people(settling.looks)), "")
    if not titles or titles[0].look.words >= _NAME or titles[0].look.different > _FEW_KINDS:
        return titles
    return sorted(titles, key=lambda option: option.heading != name)


def _take_several(settling: Settling, column: str, options: list[Option]) -> None:
    ordered = sorted(options, key=lambda o: (o.meaning != column, -o.hit.strength, o.hit.rank, o.hit.number, o.order))
    headings = tuple(dict.fromkeys(option.heading for option in ordered))
    if headings:
        why = reason(ordered[0]) if len(headings) == 1 else "by their names, one after the other"
        settling.take(column, *headings, why=why, sureness=ordered[0].score)


def _settle_title(settling: Settling) -> None:
    looks = settling.looks
    telling = [h for h in settling.unknown() if looks[h].words >= 3 and looks[h].different >= 0.5]
    telling = [h for h in telling if not any(text[:1] in "{[" for text in looks[h].texts)]  # what programs wrote
    telling = [h for h in telling if not looks[h].projected]
    telling = [
        h for h in telling if looks[h].letters > 0.8 and max(looks[h].day, looks[h].address, looks[h].point) < 0.5
    ]
    most = max((looks[heading].filled for heading in telling), default=0)
    telling = [heading for heading in telling if looks[heading].filled >= _FEW * most]
    if telling and "notes" not in settling.columns:
        best = min(telling, key=lambda heading: looks[heading].length)
        settling.take("title", best, why=f"the shortest text that tells something{seen(looks[best])}")
        settling.told.append(f"{quoted([best])} is the title, by its values.")
