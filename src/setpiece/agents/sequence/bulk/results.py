"""The file of results: a row for each lead, written one at a time, so that a run that was cut short can go on."""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from setpiece.agents.sequence.bulk.leads import Lead
from setpiece.agents.sequence.bulk.write import Result
from setpiece.agents.sequence.exports.tables import Table, columns, inert, row
from setpiece.kernel.errors import Conflict, Invalid
from setpiece.kernel.ids import new_uuid

_OWN = ("lead", "request_id", "status", "message")


@dataclass(slots=True)
class Results:
    """An open file of results; `done` are the keys of the leads that have a row."""

    table: Table
    emails: int
    batch: str
    done: frozenset[str]
    _file: int = field(repr=False)

    def request_id(self, lead: Lead) -> str:
        """The same for a lead each time this file is gone on with, so that a run is not done twice."""
        return f"{self.batch}-{lead.key}"

    def add(self, lead: Lead, result: Result) -> None:
        """One write for one row: whatever ends the process, no row is half there."""
        own = inert([lead.key, result.ready.request_id, result.status, result.message])
        os.write(self._file, _line([*own, *row(self.table, result.ready, self.emails)]))

    def __enter__(self) -> "Results":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)


def open_results(path: Path, table: Table, emails: int) -> Results:
    """Begin the file, or go on with what is there.

    Raises:
        Conflict: the file was made with other columns, or is something else.
        Invalid: it cannot be written.
    """
    header = [*_OWN, *columns(table, emails)]
    try:
        finished = _finished(path, header)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        if finished is None:
            os.write(file, _line(header))
    except OSError as problem:
        raise Invalid(f"{path} cannot be written: {problem.strerror}.") from problem
    first = finished[0] if finished else None
    batch = first[1].removesuffix(f"-{first[0]}") if first else f"bulk-{new_uuid()}"
    return Results(table, emails, batch, frozenset(one[0] for one in finished or ()), file)


def _finished(path: Path, header: Sequence[str]) -> list[list[str]] | None:
    """The rows that are whole, without the header; a last one that a power failure cut is taken off the file.

    None when there is no such file yet.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if not content:
        return None
    if not content.startswith(_line(header)):
        raise Conflict(
            f"{path} holds something else than results with these columns; choose another file with --out."
        )
    whole = _end_of_last_row(content)
    if whole < len(content):
        os.truncate(path, whole)
    _, *rows = csv.reader(io.StringIO(content[:whole].decode("utf-8", "replace"), newline=""))
    return rows


def _end_of_last_row(content: bytes) -> int:
    """Where the last line break stands that is not inside quotes."""
    end = content.rfind(b"\r\n")
    while end >= 0 and content.count(b'"', 0, end) % 2:
        end = content.rfind(b"\r\n", 0, end)
    return end + 2 if end >= 0 else 0


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
