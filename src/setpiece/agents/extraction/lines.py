"""A text as statements: sentences and list items, each with the heading it stands under."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from setpiece.agents.sequence.writer.clean import clean_text, count_words, split_sentences

_MARKED_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<x>.+?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-*•‣▪–—]|\(?\d{1,2}[.)])\s+\S")
_LABELLED = re.compile(r"^(?P<label>[^:.!?]{2,60}):\s+(?P<rest>\S.*)$")
_STOP = re.compile(r"[.!?…:;,]$")
_HEADING_WORDS = 8
_TITLE_WORDS = 10
_MOST_LINES = 2_000
"""Lines looked at. A page keeps 50,000 characters, which are some eight hundred lines of text."""
_LONGEST_LINE = 2_000
"""Characters of a paragraph that are looked at: looking for the ends of sentences takes quadratic time on hostile input."""
_ITEMS_UNDER_UNMARKED = 10
"""Short lines that still belong to a heading without a mark. On a page nothing says where its list ends, so a long run of
short lines is taken for something else: a menu, a table."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item, in the source's own words; `heading` is empty at the top of a text."""

    text: str
    heading: str = ""
    is_item: bool = False


IsFieldHeading = Callable[[str], bool]
"""Whether a short line without any mark is the heading of a field."""


@dataclass(slots=True)
class _Under:
    """The heading that the next line stands under. One without a mark covers a run of short lines, or one line of prose."""

    heading: str = ""
    is_marked: bool = False
    lines: int = 0

    def covers(self, *, short: bool) -> bool:
        """Count a line in, and say whether it still stands under the heading."""
        self.lines += 1
        if self.is_marked:
            return True
        if not short and self.lines > 1:
            self.heading = ""
        return self.lines <= _ITEMS_UNDER_UNMARKED


def statements(text: str, is_field_heading: IsFieldHeading) -> Iterator[Statement]:
    """The statements of a text, in order.

    A heading is a line marked with `#`, a short line that ends with a colon, or a short line that names a field. What
    follows a label ("Job titles: CFO; Controller") stands under that label.
    """
    under = _Under()
    for raw in _lines(text):
        line = clean_text(raw)
        if not line:
            continue
        if (found := _heading(raw, line, is_field_heading)) is not None:
            under = found
        elif (label := _LABELLED.match(line)) and is_field_heading(label["label"]):
            parts = [part for part in (one.strip() for one in label["rest"].split(";")) if part]
            yield from (Statement(part, label["label"], is_item=True) for part in parts)
        else:
            yield from _stated(under, line, short=_ITEM.match(raw) is not None or _is_short(line))


def _lines(text: str) -> list[str]:
    return [line[:_LONGEST_LINE] for line in text.splitlines()[:_MOST_LINES]]


def _stated(under: _Under, line: str, *, short: bool) -> Iterator[Statement]:
    heading = under.heading if under.covers(short=short) else ""
    if short:
        yield Statement(line, heading, is_item=True)
    else:
        yield from (Statement(sentence, under.heading) for sentence in split_sentences(line))


def title_in(text: str, is_field_heading: IsFieldHeading) -> str | None:
    """What the text calls itself: `Name: …`, a first line marked as a heading, or a short first line that is none of a field."""
    for raw in _lines(text):
        line = clean_text(raw)
        if not line:
            continue
        named = re.match(r"(?:name|title)\s*:\s*(.{1,200})$", line, re.IGNORECASE)
        if named:
            return named[1].strip()
        if _ITEM.match(raw):
            return None
        marked = _MARKED_HEADING.match(raw)
        title = clean_text(marked["x"]) if marked else line
        return title if _is_title(title, bool(marked), is_field_heading) else None
    return None


def _is_title(line: str, marked: bool, is_field_heading: IsFieldHeading) -> bool:
    if is_field_heading(line) or not any(char.isalpha() for char in line):
        return False
    return count_words(line) <= _TITLE_WORDS and (marked or not _STOP.search(line))


def _heading(raw: str, line: str, is_field_heading: IsFieldHeading) -> _Under | None:
    if marked := _MARKED_HEADING.match(raw):
        return _Under(clean_text(marked["x"]).rstrip(":"), is_marked=True)
    if count_words(line) > _HEADING_WORDS or _ITEM.match(raw):
        return None
    if line.endswith(":"):
        return _Under(line.rstrip(":"), is_marked=True)
    return _Under(line) if not _STOP.search(line) and is_field_heading(line) else None


def _is_short(line: str) -> bool:
    return count_words(line) <= _HEADING_WORDS and not _STOP.search(line)
