"""A figure as it was said: "over 500", "100–164"."""

from __future__ import annotations

from geodata.language.language import ENGLISH, Language


def say_figure(low: int | None, high: int | None, qualifier: str = "", language: Language = ENGLISH) -> str:
    """A figure in words: "164", "26–164", "over 500", "hundreds", "up to 30", "no figure"."""
    say, number = language.say, language.number
    if low is None:
        return say("no figure") if high is None else say("up to {number}", number=number(high))
    if high is None:
        if qualifier == "hundreds":
            return say("hundreds")
        if qualifier == "at least":
            return say("at least {number}", number=number(low))
        return say("over {number}", number=number(low))
    figure = number(low) if low == high else say("{low}–{high}", low=number(low), high=number(high))
    return say("about {number}", number=figure) if qualifier == "about" else figure
