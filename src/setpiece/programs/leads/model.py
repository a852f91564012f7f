"""Leads, the lists they stand in, and what a draw gives. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

LEAD_PREFIX = "lead"
LIST_PREFIX = "ll"
MOST_ROWS = 100_000
"""Rows of one import and people of one gathering. Source: issue 5."""
COUNTED = ("rows", "added", "known", "duplicates", "invalid", "suppressed")
"""What a list says of its rows: how many there were, became leads, were leads before, and were left out for which reason."""
NO_FIELDS: Mapping[str, str] = MappingProxyType({})


class Source(StrEnum):
    """What a list was made from; `local` are lists of other playbooks; those after it are called by what reads them (`providers/lead_sources`)."""

    MANUAL = "manual"
    LOCAL = "local"
    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"
    ATTIO = "attio"
    TWENTY = "twenty"
    CUSTOMERIO = "customerio"
    ORANGE_SLICE = "orangeslice"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a row tells of them, tidied and not stored yet.

    Attributes:
        key: What makes the person the same again: `email:…`, else `phone:…`, `external:…` or `linkedin:…`.
        account_key: See `accounts`.
        phone: Digits with a plus before them where the country is known, without where it is not.
        fields: Whatever else the row says, under the names of the sequence agent's request where it knows one.
    """

    key: str
    account_key: str
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    company: str | None = None
    domain: str | None = None
    external_id: str | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a lead stands: in which list, and there where.

    Attributes:
        reference: The line of a file, or the id that the source gives the person.
    """

    source: Source
    list_id: UUID
    list_name: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lead:
    """A person of a program. See `Person` for the fields they share."""

    id: UUID
    program_id: UUID
    key: str
    account_key: str
    email: str | None
    phone: str | None
    first_name: str | None
    last_name: str | None
    title: str | None
    company: str | None
    domain: str | None
    external_id: str | None
    fields: Mapping[str, str]
    created_at: datetime
    drawn_at: datetime | None = None
    sources: Sequence[Provenance] = ()
    """Every list that the lead stands in, the first one first."""

    @property
    def request(self) -> dict[str, str]:
        """The lead as the sequence agent is asked about it."""
        given = {
            "email": self.email,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "jobTitle": self.title,
            "companyName": self.company,
            "companyDomain": self.domain,
        }
        named = {name: value for name in AGENT_FIELDS if (value := self.fields.get(name))}
        return named | {name: value for name, value in given.items() if value}


AGENT_FIELDS = (
    "linkedInProfile", "crmContactId", "crmLeadId", "crmAccountId", "lang", "runtimeContext", "playbookSelectionContext",
)  # fmt: skip
"""Fields of the sequence agent's request that a lead keeps in `fields`."""


@dataclass(frozen=True, slots=True)
class LeadList:
    """An import or a gathering.

    Attributes:
        query: What the source was asked; empty for a file.
        cursor: Where a gathering goes on; None when it is complete.
        is_complete: Whether all of it was read.
        counts: A number for each of `COUNTED`; empty before the first row.
        about: How the file was read: `encoding`, `delimiter`, `mapping`, `ignored`.
    """

    id: UUID
    program_id: UUID
    source: Source
    name: str
    query: str
    cursor: str | None
    is_complete: bool
    counts: Mapping[str, int]
    about: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out, and why; not what stood in it, so that a person is stored in one place only."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: where it begins (the line; of JSON, the object's number) and its cells by column."""

    line: int
    cells: Mapping[str, str]


class Excluded(StrEnum):
    """Why a lead is not drawn; the first that holds is the reason."""

    DRAWN = "already_drawn"
    SUPPRESSED = "suppressed"
    UNREACHABLE = "unreachable"
    CLAIMED = "account_of_another_program"


SENTENCES: Mapping[Excluded, str] = {
    Excluded.DRAWN: "Drawn by an earlier run of this playbook.",
    Excluded.SUPPRESSED: "On the suppression list of the workspace.",
    Excluded.UNREACHABLE: "Has no address that the channels of this playbook can use.",
    Excluded.CLAIMED: "Another active playbook works this account.",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Which addresses will do; any one of them is enough."""

    email: bool = True
    phone: bool = False
    linkedin: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample.

    Attributes:
        leads: At most as many as asked for, in the order of the draw.
        excluded: How many of the pool could not be drawn, by reason.
        counted: People that the lead source has now, those that are excluded too.
        seed: What the order was made from, so that it can be made again.
        left_out: Of a trial: rows of the lists that became nobody who could be drawn, by the sentence that says why.
    """

    leads: Sequence[Lead]
    excluded: Mapping[Excluded, int]
    counted: int
    seed: str
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def drawable(self) -> int:
        """How many could be drawn, those that were included."""
        return self.counted - sum(self.excluded.values())
