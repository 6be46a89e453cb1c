"""A claim, a range, a category and a measure in words: all tables of them."""

from __future__ import annotations

from geodata.language.figure import say_figure
from geodata.language.language import Language
from geodata.phrases import page_phrase, phrase, phrases
from geodata.record.model import Claim, Event
from geodata.record.ranges import Range

# A figure with its measure.
MEASURE_WORDS = {
    "deaths": phrase("{figure} deaths"),
    "injured": phrase("{figure} injured"),
    "detained": phrase("{figure} detained"),
    "flights": phrase("{figure} flights"),
    "personnel": phrase("{figure} personnel"),
    "attacks": phrase("{figure} attacks"),
}
# Populations that are said in any language; others are said as in the data.
POPULATIONS = (phrase("civilians"), phrase("security forces"), phrase("children"), phrase("protesters"))
# The fate of a claim, alone and with the day on which it met it: in charts and cards of the page.
STATUS_WORDS = {
    "standing": page_phrase("standing"), "superseded": phrase("superseded"), "retracted": phrase("retracted"),
}  # fmt: skip
STATUS_ON_WORDS = {
    "standing": page_phrase("standing on {day}"), "superseded": page_phrase("superseded on {day}"),
    "retracted": page_phrase("retracted on {day}"),
}  # fmt: skip


def say_claim(claim: Claim, language: Language) -> str:
    """A claim in one line: figure, measure, voice, day, and its fate unless it stands."""
    figure = say_figure(claim.low, claim.high, claim.qualifier, language)
    figure = language.say(MEASURE_WORDS[claim.measure], figure=figure)
    if claim.population != "all":
        figure = language.say("{text} ({note})", text=figure, note=say_population(claim.population, language))
    day = say_said_on(claim, language)
    said = language.say("{figure}: {claimant}, {day}", figure=figure, claimant=claim.claimant, day=day)
    return language.listed([said] if claim.status == "standing" else [said, language.say(claim.status)])


def say_said_on(claim: Claim, language: Language) -> str:
    """The day, or the month, on which a claim was said."""
    return language.days(claim.said_on.first, claim.said_on.last)


def say_fate(claim: Claim, language: Language) -> str:
    """What became of a claim, with the day if it is known: "standing", "superseded on 9 January 2022"."""
    if claim.status_on is None:
        return language.say(STATUS_WORDS[claim.status])
    return language.say(STATUS_ON_WORDS[claim.status], day=language.day(claim.status_on))


def say_unsettled(event: Event, language: Language) -> str:
    """The names of an event's places that were not settled, with the words for that; "" for none."""
    if not event.unsettled:
        return ""
    return language.say("place not settled: {names}", names=language.listed_apart(event.unsettled))


def say_population(population: str, language: Language) -> str:
    """Who is counted, in words."""
    return language.say(population) if population in POPULATIONS else population


def say_range(found: Range, claims: dict[str, Claim], language: Language) -> str:
    """A range in words: a single claim's as it was said, "over 500", "100–164"; "at least 26" of several."""
    qualifiers = {claims[claim_id].qualifier for claim_id in found.claims}
    return say_figure(found.low, found.high, qualifiers.pop() if len(qualifiers) == 1 else "at least", language)


CATEGORY_WORDS = {
    "deployment": phrases("{count} deployment", "{count} deployments"),
    "clash": phrases("{count} clash", "{count} clashes"),
    "protest": phrases("{count} protest", "{count} protests"),
    "detention": phrases("{count} detention", "{count} detentions"),
    "political": phrases("{count} political event", "{count} political events"),
    "other": phrases("{count} other event", "{count} other events"),
}
CATEGORY_NAMES = {
    "deployment": phrase("deployments"),
    "clash": phrase("clashes"),
    "protest": phrase("protests"),
    "detention": phrase("detentions"),
    "political": phrase("political events"),
    "other": phrase("other events"),
}
HARM_WORDS = {"deaths": phrase("{figure} killed"), "injured": phrase("{figure} injured")}
MARK_WORDS = {
    "deployment": phrase("Forces present"),
    "clash": phrase("Clash"),
    "protest": phrase("Protest"),
    "detention": phrase("Detention"),
    "political": phrase("Political event"),
    "other": phrase("Other event"),
}
TAG_WORDS = {
    "deaths": phrase("deaths: {figures}"),
    "injured": phrase("injured: {figures}"),
    "detained": phrase("detained: {figures}"),
}
# Parts of the ground that hold more events than can be told apart, and what is not in their sums.
EVENTS = phrases("{number} event", "{number} events")
GROUND = {
    "cells": phrases(
        "{events} in {number} cell with sides of {side} km", "{events} in {number} cells with sides of {side} km"
    ),
    "regions": phrases("{events} in {number} region", "{events} in {number} regions"),
    "countries": phrases("{events} in {number} country", "{events} in {number} countries"),
}
IN_NONE = phrase("{text}, {events} in none")
LOWEST = phrase("Killed, sums of the lowest figures")
NOT_ADDED = phrases(
    "Not added: {number} event with a toll for several places, for some of the people, inside others, or taken back",
    "Not added: {number} events with tolls for several places, for some of the people, inside others, or taken back",
)
NO_TOLL = phrases("{number} event without a figure of killed", "{number} events without a figure of killed")
