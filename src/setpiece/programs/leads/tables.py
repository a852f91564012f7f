"""A table of leads, as whatever tool wrote it: CSV in any usual encoding, or JSON. Row by row: a long list is never held whole."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, TextIO

from setpiece.kernel.errors import Invalid
from setpiece.programs.leads.model import Problem, Row
from setpiece.programs.leads.objects import read_objects
from setpiece.providers.web.charset import CODEC_BY_LABEL, CODEC_BY_MARK

_DELIMITERS = ",;\t|"
_LOOKED_AT = 20  # rows that a delimiter is judged by
_HEAD_BYTES = 4096
_PIECE = 1 << 20
_KINDS_BY_MARK = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
}
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)
_LONGEST_LINE = 1_000_000  # characters; a row of 117 values, each as long as may be, has a quarter of it
_MOST_COLUMNS = 1_000
"""The widest exports of CRMs have some hundreds; a person keeps a hundred values."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is to be read.

    Attributes:
        codec: Python's name of the encoding.
        is_guessed: The file is no UTF-8 and nobody named its encoding.
        delimiter: None for JSON.
    """

    codec: str
    is_guessed: bool
    delimiter: str | None


def find_layout(file: IO[bytes], *, encoding: str | None = None, delimiter: str | None = None) -> Layout:
    """How to read the file, by what was said of it, else by what it looks like.

    Raises:
        Invalid: it is empty or no text, the encoding is not known, or the file is not in it.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    _check_kind(head)
    codec, is_guessed = (_named_codec(encoding), False) if encoding else _codec_of(file, head)
    if encoding and not _decodes(file, codec):
        raise Invalid(
            f"The list is not in {encoding[:40]}; leave 'encoding' out or name the right one.",
            code="wrong_encoding",
        )
    if _text(file, codec).read(_HEAD_BYTES).lstrip()[:1] in (
        "[",
        "{",
    ):  # with which no line of column names begins
        return Layout(codec, is_guessed, None)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise Invalid("'delimiter' must be one character, such as ';'.", code="wrong_delimiter")
    return Layout(codec, is_guessed, delimiter or _delimiter_of(file, codec))


def read_rows(file: IO[bytes], layout: Layout) -> Iterator[Row | Problem]:
    """The rows of the file. A row that cannot be read is a problem, and the next one follows.

    Raises:
        Invalid: a CSV file without a header, or JSON that is no list of leads.
    """
    if layout.delimiter is None:
        yield from read_objects(_text(file, layout.codec))
    else:
        yield from _csv_rows(file, layout.codec, layout.delimiter)


def read_header(file: IO[bytes], layout: Layout) -> list[str]:
    """The columns of the file; of JSON, the names that its first objects use."""
    if layout.delimiter is not None:
        return _header(_reader(file, layout.codec, layout.delimiter)[0])
    names: dict[str, None] = {}
    for row in islice(read_rows(file, layout), _LOOKED_AT):
        names |= dict.fromkeys(row.cells) if isinstance(row, Row) else {}
    return list(names)


def _check_kind(head: bytes) -> None:
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Invalid(
            "The list is empty; it needs a line of column names and a line for each lead.", code="empty_list"
        )
    for mark, kind in _KINDS_BY_MARK.items():
        if head.startswith(mark):
            raise Invalid(f"The file is {kind}; save it as CSV and send that.", code="not_a_list")


def _named_codec(label: str) -> str:
    codec = CODEC_BY_LABEL.get(label.strip().lower())
    if codec is None:
        raise Invalid(
            f"'{label[:40]}' is no encoding that is known; use a name such as utf-8, windows-1252 or shift_jis.",
            code="unknown_encoding",
        )
    return codec


def _codec_of(file: IO[bytes], head: bytes) -> tuple[str, bool]:
    """By its mark, by the zeros of UTF-16, as UTF-8; else the encoding that spreadsheets write in Western Europe."""
    for mark, codec in CODEC_BY_MARK.items():
        if head.startswith(mark):
            if not _decodes(file, codec):
                raise Invalid(
                    f"The list begins as {codec} and is not; save it as 'CSV UTF-8'.", code="wrong_encoding"
                )
            return codec, False
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) // 3 and _decodes(file, codec):
            return codec, False
    return ("utf-8", False) if _decodes(file, "utf-8") else ("cp1252", True)


def _decodes(file: IO[bytes], codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(file: IO[bytes], codec: str) -> "_Kept":
    """The file as text, without its mark and left open."""
    file.seek(0)
    text = _Kept(file, encoding=codec, errors="replace", newline="")
    if text.read(1) != "\ufeff":
        text.seek(0)
    return text


class _Kept(io.TextIOWrapper):
    """Does not close the file when it is thrown away: the file is read several times."""

    def __del__(self) -> None:
        with suppress(ValueError):  # an error that is on its way, or another thread, can outlive the file
            self.detach()


def _delimiter_of(file: IO[bytes], codec: str) -> str:
    """The one that gives most rows as many cells as the header; among those, the one with most cells."""
    first = _text(file, codec).readline(_LONGEST_LINE)
    if told := _SEPARATOR_LINE.fullmatch(first):
        return told[1]

    def fit(delimiter: str) -> tuple[bool, int, int]:
        rows = list(islice(_lenient(csv.reader(_lines(_text(file, codec)), delimiter=delimiter)), _LOOKED_AT))
        width = len(rows[0]) if rows else 0
        return width > 1, sum(len(row) == width for row in rows), width

    return max(_DELIMITERS, key=fit)


def _lines(text: TextIO) -> Iterator[str]:
    """Raises Invalid for one that no table has: it would be held whole, several times."""
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise Invalid(
                f"Line {number} of the list has {_LONGEST_LINE:,} characters or more; is it a table with a line for each lead?",
                code="line_too_long",
            )
        yield line


def _lenient(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from (row for row in reader if any(row))
    except csv.Error:
        return


def _reader(file: IO[bytes], codec: str, delimiter: str) -> tuple[Any, int]:
    """A reader, and how many lines stand before what it reads: one where a spreadsheet wrote `sep=;`."""
    text = _text(file, codec)
    start = text.tell()
    skipped = 1 if _SEPARATOR_LINE.fullmatch(text.readline(_LONGEST_LINE)) else 0
    if not skipped:
        text.seek(start)
    return csv.reader(_lines(text), delimiter=delimiter, strict=True), skipped


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        header = next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error as problem:
        raise Invalid(f"The line of column names cannot be read: {problem}.", code="no_header") from problem
    if len(header) > _MOST_COLUMNS:
        raise Invalid(
            f"The list has {len(header):,} columns and may have {_MOST_COLUMNS:,}; leave out those that are not needed.",
            code="too_many_columns",
        )
    return _distinct([cell.strip() for cell in header])


def _distinct(names: list[str]) -> list[str]:
    """A second column of the same name gets a number, so that no value is lost."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    counted: dict[str, int] = {}
    found = []
    for name in names:
        counted[name] = counted.get(name, 0) + 1
        found.append(f"{name} {counted[name]}" if name and counted[name] > 1 else name)
    return found


def _csv_rows(file: IO[bytes], codec: str, delimiter: str) -> Iterator[Row | Problem]:
    reader, skipped = _reader(file, codec, delimiter)
    header = _header(reader)
    if not header:
        raise Invalid("The list has no line of column names.", code="no_header")
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield Problem(line, _why_not(problem))
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(line, header, cells)


def _why_not(problem: csv.Error) -> str:
    if "end of data" in str(problem):
        return "A quote that opens in this row is never closed; nothing after it was read."
    return f"Is not CSV: {problem}."


def _row(line: int, header: list[str], cells: list[str]) -> Row | Problem:
    if any(cell.strip() for cell in cells[len(header) :]):
        return Problem(
            line,
            f"Has {len(cells)} cells under {len(header)} columns; a text with the delimiter in it needs quotes.",
        )
    return Row(line, dict(zip(header, cells, strict=False)))
