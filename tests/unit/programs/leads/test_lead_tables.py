"""Files of leads, as different tools write them."""

import io

import orjson
import pytest

from setpiece.kernel.errors import Invalid
from setpiece.programs.leads.columns import map_columns, named
from setpiece.programs.leads.model import Problem, Row
from setpiece.programs.leads.tables import find_layout, read_header, read_rows


def _read(content: bytes, **said: str) -> list[Row | Problem]:
    file = io.BytesIO(content)
    return list(read_rows(file, find_layout(file, **said)))


_TABLE = 'E-Mail;Vorname;Firma\r\nann@acme.example;Jörg;"Müller; Söhne"\r\n'
_CELLS = {"E-Mail": "ann@acme.example", "Vorname": "Jörg", "Firma": "Müller; Söhne"}


@pytest.mark.parametrize(
    "content",
    [
        _TABLE.encode(),
        _TABLE.encode("utf-8-sig"),
        _TABLE.encode("utf-16"),
        _TABLE.encode("utf-16-be"),
        _TABLE.encode("cp1252"),
        _TABLE.replace(";", "\t").replace("Müller\t", "Müller;").encode(),
        ("sep=;\r\n" + _TABLE).encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16 without mark", "windows-1252", "tabs", "sep line"],
)
def test_the_same_table_is_read_from_every_usual_form(content: bytes) -> None:
    (row,) = _read(content)
    assert isinstance(row, Row)
    assert row.cells == _CELLS


def test_an_encoding_can_be_named_and_only_a_guess_is_called_one() -> None:
    content = "email,firma\nann@acme.example,Łódź\n".encode("cp1250")
    (row,) = _read(content, encoding="windows-1250")
    assert isinstance(row, Row)
    assert row.cells["firma"] == "Łódź"
    assert find_layout(io.BytesIO(content)).is_guessed
    assert not find_layout(io.BytesIO(_TABLE.encode())).is_guessed


@pytest.mark.parametrize(
    ("content", "said", "told"),
    [
        (b"", {}, "is empty"),
        (b"\xef\xbb\xbf \n", {}, "is empty"),
        (b"PK\x03\x04rest", {}, "Excel workbook"),
        (b"email\nx", {"encoding": "klingon"}, "no encoding"),
        ("email\nJörg".encode("cp1252"), {"encoding": "utf-8"}, "is not in utf-8"),
        (b"email\nx", {"delimiter": '"'}, "one character"),
        (b'[{"email": "a"', {}, "Lead 1 is not valid JSON"),
        (b"[" * 100_000, {}, "not valid JSON"),
        (b'[{"email": "a"},', {}, "without its closing bracket"),
        (b"email\nann@acme.example\n" + b"x" * 3_000_000, {}, "Line 3 of the list has 1,000,000 characters"),
        (b"a," * 450_000 + b"a\nx", {}, "450,001 columns and may have 1,000"),
        (b'[{"a": "' + b"x" * 4_000_000 + b'"}]', {}, "Lead 1 is not valid JSON, or longer"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(content: bytes, said: dict[str, str], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        _read(content, **said)


def test_a_row_that_cannot_be_read_is_told_and_the_next_one_follows() -> None:
    rows = _read(
        b'email,company\nann@acme.example,"Un"quoted\nbob@acme.example,B\n\ncarl@acme.example,C,more\n'
    )
    assert [(one.line, isinstance(one, Problem)) for one in rows] == [(2, True), (3, False), (5, True)]
    (lost,) = _read(b'email,company\nann@acme.example,"never closed\nbob@acme.example,B\n')
    assert isinstance(lost, Problem)
    assert "never closed" in lost.why


@pytest.mark.parametrize(
    "content",
    [
        b'[{"email": "ann@acme.example", "employees": 12, "vip": true, "note": null}, 3, {"x": [1]}]',
        b'{"leads": [{"email": "ann@acme.example", "employees": 12, "vip": true}, 3, {"x": [1]}]}',
        b'{"email": "ann@acme.example", "employees": 12, "vip": true}\n3\n{"x": [1]}\n',
    ],
)
def test_json_is_a_list_an_object_with_a_list_or_an_object_to_a_line(content: bytes) -> None:
    first, *others = _read(content)
    assert isinstance(first, Row)
    assert first.cells == {"email": "ann@acme.example", "employees": "12", "vip": "true"}
    assert [type(one) for one in others] == [Problem, Problem]


def test_json_of_any_length_is_read_through_a_window() -> None:
    """A note as long as the window, and numbers that stand across its edges."""
    values = [{"n": f"{n}", "note": "x" * n} for n in range(0, 70_000, 7_001)] + [12345] * 40_000
    rows = _read(orjson.dumps({"leads": values}))
    assert [one.cells for one in rows if isinstance(one, Row)] == values[:10]
    assert len(rows) == len(values)


def test_a_name_that_no_column_holds_can_be_told() -> None:
    (problem,) = _read(b'[{"a\\u0000\\ud800": []}]')
    assert isinstance(problem, Problem)
    assert problem.why == r"'a\x00\ud800' must be a text or a number."


def test_columns_are_known_in_several_languages_and_others_keep_their_name() -> None:
    mapping = map_columns(["Correo electrónico", "Prénom", "Nachname", "Region", "Notes"], {"Notes": None})
    assert list(mapping.values()) == ["email", "firstName", "lastName", "Region", None]
    assert named({"Region": "North", "Notes": "x", "Prénom": " "}, mapping) == {"Region": "North"}
    with pytest.raises(Invalid, match="which the list does not have"):
        map_columns(["email"], {"Mail": "email"})


def test_two_columns_of_one_name_lose_no_value() -> None:
    file = io.BytesIO(b"email,Note,Note\nann@acme.example,a,b\n")
    assert read_header(file, find_layout(file)) == ["email", "Note", "Note 2"]
