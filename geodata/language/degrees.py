"""Degrees in words: "43.3° N", "77° E"."""

from __future__ import annotations

from geodata.language.language import ENGLISH, Language


def say_lat(lat: float, language: Language = ENGLISH) -> str:
    """As "43.3° N"."""
    degrees = language.number(abs(lat))
    return language.say("{degrees}° N", degrees=degrees) if lat >= 0 else language.say("{degrees}° S", degrees=degrees)


def say_lon(lon: float, language: Language = ENGLISH) -> str:
    """As "77° E", of any turn."""
    lon = round((lon + 180) % 360 - 180, 1)
    degrees = language.number(abs(lon))
    return language.say("{degrees}° E", degrees=degrees) if lon >= 0 else language.say("{degrees}° W", degrees=degrees)
