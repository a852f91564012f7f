"""One CSV table for each tool: its own names for a person's fields, and two columns for each email.

Column names are those that the tools' importers recognise; `docs/exports.md` says how a campaign uses the email columns.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from setpiece.agents.sequence.exports.model import Ready

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """How one tool wants it.

    `person` gives the tool's column for each field of the contract; `subject` and `body` name an email's columns, with
    `{n}` for its number. A tool whose fields are put into HTML templates gets `<br>` for line breaks.
    """

    person: Mapping[str, str]
    subject: str
    body: str
    in_html: bool
    chosen: Mapping[str, str]


_CHOSEN = {"playbook": "playbook", "persona": "persona", "personaConfidence": "persona_confidence"}

_SNAKE = {
    "email": "email",
    "firstName": "first_name",
    "lastName": "last_name",
    "companyName": "company_name",
    "companyDomain": "website",
    "linkedInProfile": "linkedin_url",
    "jobTitle": "job_title",
}
_CONTRACT = ("email", "firstName", "lastName", "jobTitle", "companyName", "companyDomain", "linkedInProfile")

TABLES: Mapping[str, Table] = {
    "csv": Table(
        person={field: field for field in _CONTRACT},
        subject="subject_{n}",
        body="body_{n}",
        in_html=False,
        chosen={"product": "product", **_CHOSEN},
    ),
    "smartlead": Table(
        person=_SNAKE | {"linkedInProfile": "linkedin_profile"},
        subject="subject_{n}",
        body="body_{n}",
        in_html=True,
        chosen=_CHOSEN,
    ),
    "instantly": Table(
        person=_SNAKE,
        subject="subject_{n}",
        body="body_{n}",
        in_html=True,
        chosen=_CHOSEN,
    ),
    "lemlist": Table(
        person={
            "email": "email",
            "firstName": "firstName",
            "lastName": "lastName",
            "companyName": "companyName",
            "companyDomain": "companyDomain",
            "linkedInProfile": "linkedinUrl",
            "jobTitle": "jobTitle",
        },
        subject="subject{n}",
        body="body{n}",
        in_html=True,
        chosen={"playbook": "playbook", "persona": "persona", "personaConfidence": "personaConfidence"},
    ),
    "hubspot": Table(
        person={
            "email": "Email",
            "firstName": "First Name",
            "lastName": "Last Name",
            "companyName": "Company Name",
            "companyDomain": "Website URL",
            "linkedInProfile": "LinkedIn URL",
            "jobTitle": "Job Title",
        },
        subject="Email {n} Subject",
        body="Email {n} Body",
        in_html=False,
        chosen={"playbook": "Playbook", "persona": "Persona", "personaConfidence": "Persona Confidence"},
    ),
}


def as_csv(table: Table, sequences: Iterable[Ready], *, emails: int | None = None) -> str:
    """The table with a row for each sequence; `emails` fixes how many have columns, else the longest decides."""
    found = list(sequences)
    count = emails or max((len(one.emails) for one in found), default=0)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns(table, count))
    writer.writerows(row(table, one, count) for one in found)
    return out.getvalue()


def columns(table: Table, emails: int) -> list[str]:
    """The header for that many emails."""
    numbered = [
        name.format(n=number) for number in range(1, emails + 1) for name in (table.subject, table.body)
    ]
    return [*table.person.values(), *numbered, *table.chosen.values()]


def row(table: Table, sequence: Ready, emails: int) -> list[str]:
    """One sequence under that header; what is not known is empty."""
    written: list[str] = []
    for email in list(sequence.emails)[:emails]:
        written += [email.subject, email.body_html if table.in_html else email.body]
    written += [""] * (2 * emails - len(written))
    person = [sequence.person.get(field, "") for field in table.person]
    return inert([*person, *written, *(sequence.chosen.get(field, "") for field in table.chosen)])


def inert(cells: Sequence[str]) -> list[str]:
    """Cells that no spreadsheet runs as a formula: an apostrophe stands before what could be one.

    Source: OWASP, "CSV Injection".
    """
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
