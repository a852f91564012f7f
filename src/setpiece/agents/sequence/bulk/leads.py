"""Leads from a CSV file, whatever tool wrote it."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from setpiece.kernel.errors import Invalid

_MOST_CELL_CHARACTERS = 1_000_000
FIELD_BY_HEADER = {
    "email": "email",
    "emailaddress": "email",
    "workemail": "email",
    "firstname": "firstName",
    "lastname": "lastName",
    "surname": "lastName",
    "jobtitle": "jobTitle",
    "title": "jobTitle",
    "position": "jobTitle",
    "company": "companyName",
    "companyname": "companyName",
    "organization": "companyName",
    "account": "companyName",
    "companydomain": "companyDomain",
    "domain": "companyDomain",
    "website": "companyDomain",
    "companywebsite": "companyDomain",
    "websiteurl": "companyDomain",
    "linkedin": "linkedInProfile",
    "linkedinurl": "linkedInProfile",
    "linkedinprofile": "linkedInProfile",
    "crmcontactid": "crmContactId",
    "crmleadid": "crmLeadId",
    "crmaccountid": "crmAccountId",
    "lang": "lang",
    "language": "lang",
    "runtimecontext": "runtimeContext",
    "context": "runtimeContext",
    "playbookselectioncontext": "playbookSelectionContext",
}
"""A header without case and punctuation, and the field of the request it gives."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One line of the list. `key` stays the same when other lines come or go: it is made from the content."""

    row: int
    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeadList:
    leads: Sequence[Lead]
    ignored: Sequence[str]
    """Headers of columns that no field is known for."""


def read_leads(content: bytes) -> LeadList:
    """The leads of a CSV file with a header line, parted by commas, semicolons or tabs.

    Raises:
        Invalid: it is not UTF-8 text, has no header that names a field, or is not a CSV file.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Invalid(
            f"The list is not UTF-8 text (byte {problem.start}); save it as 'CSV UTF-8'."
        ) from problem
    lines = _lines(text)
    header = next(lines, [])
    fields = [FIELD_BY_HEADER.get(re.sub(r"[^a-z]", "", one.lower())) for one in header]
    if not any(fields):
        raise Invalid(
            "The first line names no field of a lead; it needs columns such as email, first_name, job_title, company."
        )
    ignored = [name for name, field in zip(header, fields, strict=True) if field is None and name.strip()]
    return LeadList(list(_leads(lines, fields)), ignored)


def _lines(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_MOST_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from (line for line in reader if any(cell.strip() for cell in line))
    except csv.Error as problem:
        raise Invalid(f"Line {reader.line_num} of the list is not CSV: {problem}.") from problem


def _leads(lines: Iterator[list[str]], fields: Sequence[str | None]) -> Iterator[Lead]:
    seen: Counter[str] = Counter()
    for row, line in enumerate(lines, start=1):
        given: dict[str, str] = {}
        for field, cell in zip(fields, line, strict=False):
            if field and cell.strip():
                given.setdefault(field, cell.strip())
        digest = hashlib.sha256(
            "\n".join(f"{name}={value}" for name, value in sorted(given.items())).encode()
        )
        key = digest.hexdigest()[:12]
        seen[key] += 1
        yield Lead(row, f"{key}-{seen[key]}", given)
