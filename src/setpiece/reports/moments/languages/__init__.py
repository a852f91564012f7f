"""The languages that moments are found in: a file of rules each, and one line here."""

from functools import cache

from setpiece.reports.moments.languages.language import Language
from setpiece.reports.moments.languages.reading import read_language

CODES = ("en", "es", "pt")


@cache
def language_of(code: str) -> Language | None:
    """What is known of a language, read when first asked for; None for a language that has no rules."""
    return read_language(code) if code in CODES else None
