"""Whatever is written is read back as it was, by us and by others."""

import orjson
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from setpiece.library.transfer.reading import parse
from setpiece.library.transfer.writing import dump

HOSTILE = [
    "yes", "No", "null", "~", "true", "1", "1e3", "0x1F", "1_000", "12:30:45", "2026-01-01", ".5", "=", "<<",
    "- dash", "-", "---", "...", "? x", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a", "{a", "[a",
    "'", '"', "\\", "\\n", " lead", "trail ", "a\nb", "a\n", "\na", "a\n\n", "a\n  b", "  a\nb", "a \nb", "a\n\nb",
    "\t", "a\tb", "a\rb", "a\r\nb", "\x00", "\x07", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\ufffe", "😀", "Ä",
    "word " * 60, "x" * 300, ("word " * 60).strip(), "two  spaces " * 30, f"{'long ' * 40}# not a comment", "",
    f"{'wide ' * 30}\n{'wide ' * 30}",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=300))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)
ENTRIES = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5)
DOCUMENTS = st.fixed_dictionaries({"setpiece": st.just(1), "personas": st.lists(ENTRIES, max_size=4)})


@given(document=DOCUMENTS)
def test_a_document_survives_being_written_as_yaml(document: dict):
    text = dump(document, "yaml")
    assert parse(text.encode(), "yaml") == document
    assert yaml.load(text, yaml.CSafeLoader) == document


@given(document=DOCUMENTS)
def test_a_document_survives_being_written_as_json(document: dict):
    assert parse(dump(document, "json").encode()) == document


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_a_hostile_text_survives_as_a_value_and_as_a_name(text: str):
    document = {"personas": [{"name": text, "list": [text, [text]], "by label": {text: [text]}}]}
    written = dump(document)
    assert parse(written.encode(), "yaml") == document
    assert yaml.load(written, yaml.CSafeLoader) == document


def test_a_long_text_is_folded_and_a_text_with_lines_keeps_them():
    document = {"personas": [{"key": "a", "long": "some words " * 15 + "end", "lines": "one\ntwo\n"}]}
    assert dump(document).splitlines()[2:] == [
        "  - key: a",
        "    long: >-",
        *[f"      {line}" for line in (("some words " * 9).strip(), ("some words " * 6) + "end")],
        "    lines: |",
        "      one",
        "      two",
    ]


def test_json_is_written_with_one_value_a_line():
    assert dump({"setpiece": 1, "personas": [{"key": "a"}]}, "json").count("\n") == 8
    assert orjson.loads(dump({"setpiece": 1}, "json")) == {"setpiece": 1}
