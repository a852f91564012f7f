"""A file becomes leads of a program, or is looked at first."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Any
from uuid import UUID

from setpiece.kernel.errors import Invalid, LimitExceeded
from setpiece.kernel.ids import new_uuid
from setpiece.programs.leads.columns import field_of, map_columns, named, own_name
from setpiece.programs.leads.intake import Intake, Told
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.model import MOST_ROWS, LeadList, Person, Problem, Row, Source
from setpiece.programs.leads.people import person_of
from setpiece.programs.leads.tables import Layout, find_layout, read_header, read_rows
from setpiece.workspaces.work import OpenWork

_BATCH = 1_000
"""Rows of one statement: some 30 ms of this process, so that other requests are served between."""
_LOOKED_AT = 1_000  # rows that a preview judges
_SHOWN = 5  # rows that a preview shows


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, and what its sender says of it.

    Attributes:
        content: Can be read several times; stays open.
        name: As the sender calls it.
        mapping: A field for a column, None to leave the column out; over what the names of columns say.
    """

    content: IO[bytes]
    name: str
    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose rows can be read."""

    layout: Layout
    fields: Mapping[str, str | None]
    """The field that each column becomes; None is left out."""
    rows: Iterator[Row | Problem]

    @property
    def about(self) -> dict[str, Any]:
        """How it is read, to be shown."""
        return {
            "encoding": self.layout.codec,
            "encodingGuessed": self.layout.is_guessed,
            "delimiter": self.layout.delimiter,
            "mapping": dict(self.fields),
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would make of the first rows.

    Attributes:
        looked_at: How many rows these are.
        examples: For each column, its first values.
        people: The first people.
        problems: The first rows that tell of nobody.
        invalid: How many such rows there are.
    """

    about: Mapping[str, Any]
    looked_at: int
    examples: Mapping[str, Sequence[str]]
    people: Sequence[tuple[int, Person]]
    problems: Sequence[Problem]
    invalid: int


async def preview_file(sent: Sent) -> Preview:
    """What an import of the file would make of it; nothing is kept.

    Raises:
        Invalid: it cannot be read at all.
    """
    return await asyncio.to_thread(_preview, sent)


async def import_file(open_work: OpenWork, program_id: UUID, sent: Sent) -> LeadList:
    """Add the people of the file to the program's leads: all of them or, when it cannot be read or is too long, none.

    `open_work` opens a transaction.

    Raises:
        Invalid: it cannot be read, or has no column that says who somebody is.
        LimitExceeded: it has more than `MOST_ROWS` rows.
    """
    opened = await asyncio.to_thread(_open, sent)
    _check_columns(opened.fields)
    async with open_work() as work:
        made = LeadList(
            new_uuid(), program_id, Source.MANUAL, sent.name, "", None, True, {}, opened.about, work.at
        )
        repository, leads = LeadListRepository(work.scope), LeadRepository(work.scope)
        await leads.lock_leads(program_id)
        await repository.insert_list(made, work.author.id)
        intake = Intake(work, made)
        while batch := await asyncio.to_thread(_next_batch, opened):
            if intake.counts["rows"] == _BATCH:  # it is a long list: what that costs at once is won back
                await intake.hold_known()
                await leads.expect_many()
            if intake.counts["rows"] + len(batch) > MOST_ROWS:
                raise LimitExceeded(
                    f"The list has more than {MOST_ROWS:,} rows; send it in parts.", code="body_too_large"
                )
            told = [one for one in batch if isinstance(one, Told)]
            await intake.take(told, [one for one in batch if isinstance(one, Problem)])
        await repository.move_list(made.id, intake.counts, None, is_complete=True)
        return replace(made, counts=intake.counts)


def _open(sent: Sent) -> Opened:
    layout = find_layout(sent.content, encoding=sent.encoding, delimiter=sent.delimiter)
    fields = map_columns(read_header(sent.content, layout), sent.mapping)
    return Opened(layout, fields, read_rows(sent.content, layout))


def _check_columns(fields: Mapping[str, str | None]) -> None:
    if not {"email", "phone", "externalId", "linkedInProfile", "crmContactId", "crmLeadId"} & set(
        fields.values()
    ):
        raise Invalid(
            "No column says who somebody is; the first line needs a name such as email, phone, external_id or linkedin, "
            "or 'mapping' says which column is one.",
            code="no_identifying_column",
        )


def _next_batch(opened: Opened) -> list[Told | Problem]:
    return [_told(row, opened.fields) for row in islice(opened.rows, _BATCH)]


def _told(row: Row | Problem, fields: Mapping[str, str | None]) -> Told | Problem:
    if isinstance(row, Problem):
        return row
    # A later object of a JSON list may have a name that the first ones did not use.
    known = {name: fields[name] if name in fields else field_of(name) or own_name(name) for name in row.cells}
    try:
        return Told(row.line, f"row {row.line}", person_of(named(row.cells, known)))
    except Invalid as wrong:
        return Problem(row.line, wrong.message)


def _preview(sent: Sent) -> Preview:
    opened = _open(sent)
    rows = list(islice(opened.rows, _LOOKED_AT))
    found = [_told(row, opened.fields) for row in rows]
    problems = [one for one in found if isinstance(one, Problem)]
    people = [(one.line, one.person) for one in found if isinstance(one, Told)]
    return Preview(
        opened.about,
        len(rows),
        _examples(opened.fields, rows),
        people[:_SHOWN],
        problems[:_SHOWN],
        len(problems),
    )


def _examples(columns: Mapping[str, Any], rows: Sequence[Row | Problem]) -> dict[str, list[str]]:
    """The first different values of each column."""
    found: dict[str, dict[str, None]] = {column: {} for column in columns}
    for row in rows:
        for column, value in row.cells.items() if isinstance(row, Row) else ():
            seen = found.get(column)
            if seen is not None and len(seen) < 3 and value.strip():
                seen[value.strip()[:100]] = None
    return {column: list(values) for column, values in found.items()}
