"""What writing needs of a language."""

from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.reports.moments import Topic


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of reports.

    Attributes:
        frames: Sentences with slots, by name; every language has the same names and slots (a test compares them).
        this_speaker: Instead of a name that is not known; so is `the_other`.
        quotation: What stands before and after words that were said.
        minutes: A length of two minutes or more; `seconds` a shorter one.
        languages: Names of languages, by code.
        contractions: What two words become that stand together after slots are filled; quotations are left alone.
    """

    code: str
    frames: Mapping[str, tuple[str, ...]]
    this_speaker: str
    the_other: str
    topics: Mapping[Topic, str]
    quotation: tuple[str, str]
    word_and: str
    decimal: str
    minutes: str
    seconds: str
    languages: Mapping[str, str]
    contractions: tuple[tuple[str, str], ...]
    library_kinds: Mapping[str, str]
    section_titles: Mapping[str, str]
