"""Sequences as the tools that send them take them."""

import csv
import email
import email.policy
import io
import zipfile
from collections.abc import Sequence

import pytest

from setpiece.agents.sequence.exports import TABLES, Ready, ReadyEmail, as_csv, as_drafts
from setpiece.agents.sequence.exports.model import plain_text
from setpiece.agents.sequence.writer import DraftEmail, render
from setpiece.agents.sequence.writer.model import Sections

PERSON = {"email": "ada@example.com", "firstName": "Ada", "companyName": "Example, Inc."}
EMAILS = (
    ReadyEmail("The close", 'Hi Ada,\n\nThe close takes < 11 days & "more".\n\nWorth a look?'),
    ReadyEmail("Receipts", "Hi Ada,\n\nAuditors ask for receipts."),
)


def ready(person: dict[str, str] | None = None, emails: Sequence[ReadyEmail] = EMAILS) -> Ready:
    return Ready(
        "run 1", PERSON if person is None else person, emails, {"playbook": "Close", "persona": "Controller"}
    )


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("tool", TABLES)
def test_a_table_has_a_row_for_each_sequence_and_every_email_in_its_columns(tool: str):
    table = TABLES[tool]
    first, second = rows_of(as_csv(table, [ready(), ready(emails=EMAILS[:1])]))
    assert first[table.person["email"]] == "ada@example.com"
    assert first[table.person["companyName"]] == "Example, Inc."
    assert first[table.subject.format(n=2)] == "Receipts"
    assert second[table.subject.format(n=2)] == ""
    body = first[table.body.format(n=1)]
    expected = EMAILS[0].body_html if table.in_html else EMAILS[0].body
    assert body == expected


def test_a_body_for_a_template_is_escaped_and_keeps_its_paragraphs():
    assert EMAILS[0].body_html == (
        'Hi Ada,<br><br>The close takes &lt; 11 days &amp; "more".<br><br>Worth a look?'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_run_as_a_formula(start: str):
    row = rows_of(as_csv(TABLES["hubspot"], [ready({"firstName": f"{start}cmd()"})]))[0]
    assert row["First Name"] == f"'{start}cmd()"


def test_drafts_are_messages_that_say_the_same_in_text_and_html():
    archive = zipfile.ZipFile(io.BytesIO(as_drafts([ready()])))
    assert archive.namelist() == ["0001-run-1/1.eml", "0001-run-1/2.eml"]
    draft = email.message_from_bytes(archive.read("0001-run-1/1.eml"), policy=email.policy.default)
    assert draft["To"] == "Ada <ada@example.com>"
    assert draft["Subject"] == "The close"
    assert draft["X-Unsent"] == "1"
    text, page = draft.get_body(("plain",)), draft.get_body(("html",))
    assert text is not None
    assert page is not None
    assert text.get_content().strip().splitlines() == EMAILS[0].body.splitlines()
    assert "&lt; 11 days &amp;" in page.get_content()


def test_the_same_sequences_give_the_same_archive():
    assert as_drafts([ready()]) == as_drafts([ready()])


@pytest.mark.parametrize(
    "address", ["a@example.com, b@example.com", "x@example.com\r\nBcc: b@example.com", "not an address", ""]
)
def test_a_draft_goes_to_one_address_or_to_none(address: str):
    content = as_drafts([ready({"email": address, "firstName": "Ada\nBcc: b@example.com"})])
    archive = zipfile.ZipFile(io.BytesIO(content))
    draft = email.message_from_bytes(archive.read(archive.namelist()[0]), policy=email.policy.default)
    assert draft["To"] is None
    assert draft["Bcc"] is None


def test_a_file_name_cannot_leave_the_archive():
    sequence = Ready("../../etc/passwd", PERSON, EMAILS[:1], {})
    assert zipfile.ZipFile(io.BytesIO(as_drafts([sequence]))).namelist() == ["0001-etc-passwd/1.eml"]


@pytest.mark.parametrize("written_as", ["text", "html", "markdown"])
def test_every_format_comes_back_as_the_same_text(written_as: str):
    sections = Sections(
        greeting=("Hi Ada,",),
        opening=("1. A <b> & *c* costs $5_000.", "A second paragraph."),
        body=("- a dash, a \\ slash",),
        signature=("Best,", "Example Sender"),
    )
    draft = DraftEmail("s", "", sections, ())
    written = render(draft, written_as).email  # type: ignore[arg-type] # parametrised
    assert plain_text(written, written_as) == render(draft, "text").email
