"""The file of results survives whatever ends the process, and nothing else is written over."""

import csv
import io
from pathlib import Path

import pytest

from setpiece.agents.sequence.bulk.leads import Lead, read_leads
from setpiece.agents.sequence.bulk.results import open_results
from setpiece.agents.sequence.bulk.write import Result, Status
from setpiece.agents.sequence.exports import TABLES, Ready, ReadyEmail
from setpiece.kernel.errors import Conflict, Invalid

LEADS = read_leads(b"email\na@example.com\nb@example.com").leads
TABLE = TABLES["csv"]


def result_for(request_id: str, lead: Lead) -> Result:
    emails = [ReadyEmail("Subject", 'Hi,\n\nA "quoted" word,\r\nand a break.')]
    return Result(Ready(request_id, lead.fields, emails, {}), Status.WRITTEN, "1 email written.")


def written(path: Path, *leads: Lead) -> str:
    with open_results(path, TABLE, 2) as results:
        for lead in leads:
            results.add(lead, result_for(results.request_id(lead), lead))
        return results.batch


def test_a_second_opening_knows_what_has_a_row_and_goes_on_under_the_same_ids(tmp_path: Path):
    path = tmp_path / "out.csv"
    batch = written(path, LEADS[0])
    with open_results(path, TABLE, 2) as results:
        assert results.done == {LEADS[0].key}
        assert results.batch == batch
    written(path, LEADS[1])
    rows = list(csv.DictReader(io.StringIO(path.read_text(), newline="")))
    assert [row["email"] for row in rows] == ["a@example.com", "b@example.com"]
    assert {row["request_id"] for row in rows} == {f"{batch}-{lead.key}" for lead in LEADS}
    assert rows[0]["subject_2"] == ""


@pytest.mark.parametrize("lost", [1, 2, 30, 60])
def test_a_row_that_was_cut_is_taken_off_and_written_again(tmp_path: Path, lost: int):
    path = tmp_path / "out.csv"
    written(path, *LEADS)
    whole = path.read_bytes()
    path.write_bytes(whole[:-lost])
    with open_results(path, TABLE, 2) as results:
        assert results.done == {LEADS[0].key}
        results.add(LEADS[1], result_for(results.request_id(LEADS[1]), LEADS[1]))
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "content", [b"email,first_name\na@example.com,Ada\n", b"\x00\xff", b"no line break"], ids=repr
)
def test_another_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes):
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(Conflict, match="--out"):
        open_results(path, TABLE, 2)
    assert path.read_bytes() == content


def test_a_folder_cannot_be_written(tmp_path: Path):
    with pytest.raises(Invalid, match="cannot be written"):
        open_results(tmp_path, TABLE, 2)
