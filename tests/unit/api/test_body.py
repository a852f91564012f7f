"""Reading JSON, whatever is sent."""

import pytest

from setpiece.api.body import parse_object
from setpiece.kernel.errors import Invalid

WRONG = {
    b"": "The body is empty",
    b" \n": "The body is empty",
    b"[]": "must be a JSON object",
    b"{": "not valid JSON",
    b'{"a": "\\ud800"}': "not valid JSON",
    b'{"a": {"b": ["\\u0000"]}}': "'a.b[0]' contains a NUL character",
    b'{"\\u0000": 1}': "A field name contains a NUL character",
    b'{"a": ' + b"[" * 33 + b"]" * 33 + b"}": "nested more than 32 levels",
    b"[" * 100_000: "not valid JSON",
    b"[" * 1_000_000: "more than 200,000 lists and objects",
    b'{"a": [' + b"[]," * 300_000 + b"[]]}": "more than 200,000 lists and objects",
    b'{"a": [' + b"1," * 300_000 + b"1]}": "more than 200,000 values",
}


@pytest.mark.parametrize(("body", "said"), WRONG.items(), ids=[str(one[:20]) for one in WRONG])
def test_what_is_no_object_of_storable_texts_is_refused_with_its_place(body: bytes, said: str):
    with pytest.raises(Invalid, match=said.replace("[", r"\[").replace("(", r"\(")):
        parse_object(body)


def test_an_object_comes_back_as_it_is():
    assert parse_object(b'{"a": [1, {"b": "\\u00e9"}], "c": null}') == {"a": [1, {"b": "é"}], "c": None}


def test_as_deep_as_any_real_body_is_fine():
    assert parse_object(b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}")
