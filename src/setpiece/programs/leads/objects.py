"""Leads as JSON: a list of objects, `{"leads": [...]}`, or one object to a line. Read through a window, so that a file is never held whole."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from setpiece.kernel.errors import Invalid
from setpiece.programs.leads.model import Problem, Row
from setpiece.programs.leads.people import shown_name

_PIECE = 1 << 16  # characters; most objects have some hundreds
_LONGEST = 1_500_000
"""Characters of one object: 117 values of 2,000, each character spelt as an escape."""
_LEADS = re.compile(r'\{\s*"leads"\s*:\s*(?=\[)')
_BLANK = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


class _Window:
    """The part of a text from `place` on, as far as it was needed."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.seen = text.read(_PIECE)
        self.place = 0

    @property
    def next(self) -> str:
        """The character that stands here; empty at the end of the text."""
        return self.seen[self.place : self.place + 1]

    def skip_blanks(self) -> None:
        while True:
            self.place = _BLANK.match(self.seen, self.place).end()  # type: ignore[union-attr]  # it matches anything
            if self.place < len(self.seen) or not self.grow():
                return

    def grow(self) -> bool:
        """See twice as much; False when all of it was seen."""
        left = self.seen[self.place :]
        if more := self._text.read(max(_PIECE, len(left))):
            self.seen, self.place = left + more, 0
        return bool(more)

    def take(self, number: int) -> Any:
        """The value that stands here.

        Raises:
            Invalid: it is no JSON, or longer than any lead.
        """
        while True:
            try:
                found, end = _DECODER.raw_decode(self.seen, self.place)
            except (ValueError, RecursionError) as wrong:
                if len(self.seen) - self.place > _LONGEST or not self.grow():
                    raise Invalid(
                        f"Lead {number} is not valid JSON, or longer than {_LONGEST:,} characters.",
                        code="invalid_json",
                    ) from wrong
                continue
            if end < len(self.seen) or not self.grow():  # a number may go on behind what was seen
                self.place = end
                return found


def read_objects(text: TextIO) -> Iterator[Row | Problem]:
    """The leads of the text.

    Raises:
        Invalid: it is no list of leads.
    """
    window = _Window(text)
    window.skip_blanks()
    if opening := _LEADS.match(window.seen, window.place):
        window.place = opening.end()
    is_list = window.next == "["
    window.place += is_list
    number = 0
    while True:
        window.skip_blanks()
        if is_list and window.next == "]":
            return
        if not window.next:
            if is_list:
                raise Invalid(
                    f"The list ends after lead {number} without its closing bracket.", code="invalid_json"
                )
            return
        number += 1
        yield _object(number, window.take(number))


def _object(number: int, found: Any) -> Row | Problem:
    if not isinstance(found, dict):
        return Problem(number, "Is no object with a name for each value.")
    cells: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, dict | list):
            return Problem(number, f"'{shown_name(name)}' must be a text or a number.")
        if value is not None:
            cells[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return Row(number, cells)
