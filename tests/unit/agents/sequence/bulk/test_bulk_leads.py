"""A list of leads, whatever tool wrote it."""

import pytest

from setpiece.agents.sequence.bulk.leads import read_leads
from setpiece.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("email,first_name\na@example.com,Ada", {"email": "a@example.com", "firstName": "Ada"}),
        ("Work Email;Title;Company\na@example.com;CFO;Example", {"email": "a@example.com", "jobTitle": "CFO", "companyName": "Example"}),
        ("jobTitle\tCompany Domain\nCFO\texample.com", {"jobTitle": "CFO", "companyDomain": "example.com"}),
        ("\ufeffEmail,Company\r\na@example.com,\"Example, Inc.\"\r\n", {"email": "a@example.com", "companyName": "Example, Inc."}),
        ("title,position\n,CFO", {"jobTitle": "CFO"}),
        ("title,context\nCFO,\"Two\nlines\"", {"jobTitle": "CFO", "runtimeContext": "Two\nlines"}),
    ],
    ids=["contract names", "semicolons", "tabs", "byte order mark and a quoted comma", "first that is given", "line break in a cell"],
)  # fmt: skip
def test_columns_are_known_by_the_names_that_tools_give_them(text: str, fields: dict[str, str]):
    (lead,) = read_leads(text.encode()).leads
    assert lead.fields == fields


def test_columns_without_a_field_are_told():
    assert read_leads(b"email,Notes,\na@example.com,x,y").ignored == ["Notes"]


def test_a_lead_keeps_its_key_when_others_come_and_go():
    before = read_leads(b"email\na@example.com\nb@example.com")
    after = read_leads(b"email\nnew@example.com\nb@example.com\na@example.com")
    assert {one.key for one in before.leads} < {one.key for one in after.leads}


def test_the_same_line_twice_is_two_leads():
    first, second = read_leads(b"email\na@example.com\na@example.com").leads
    assert first.key != second.key


def test_a_line_with_more_or_fewer_cells_is_read_as_far_as_it_goes():
    short, long = read_leads(b"email,title\na@example.com\nb@example.com,CFO,more").leads
    assert short.fields == {"email": "a@example.com"}
    assert long.fields == {"email": "b@example.com", "jobTitle": "CFO"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "names no field"),
        (b"colour,shape\nred,round", "names no field"),
        (b"email\n\xff\xfe", "not UTF-8"),
        (b'email\n"a@example.com', "not CSV"),
    ],
    ids=["empty", "other columns", "another encoding", "an open quote"],
)
def test_what_is_not_a_list_is_refused_with_a_sentence(content: bytes, told: str):
    with pytest.raises(Invalid, match=told):
        read_leads(content)
