"""YAML as a library file uses it."""

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.library.transfer.yaml_text import parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: no", {"a": "no"}, id="no is a text"),
        pytest.param("a: 2026-01-01", {"a": "2026-01-01"}, id="a date is a text"),
        pytest.param("a: true", {"a": True}, id="true"),
        pytest.param("a:", {"a": None}, id="nothing is null"),
        pytest.param("a: 1", {"a": 1}, id="number"),
        pytest.param("a: '1'", {"a": "1"}, id="quoted number is a text"),
        pytest.param("yes: [a, b]", {"yes": ["a", "b"]}, id="a name is always a text"),
        pytest.param("a: >-\n  one\n  two\nb: |\n  x\n", {"a": "one two", "b": "x\n"}, id="blocks"),
        pytest.param("", None, id="empty"),
        pytest.param("{a: {b: []}}", {"a": {"b": []}}, id="flow"),
    ],
)
def test_values_are_read_by_the_rules_of_yaml_1_2(text: str, value: object):
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("a: &x [1]\nb: *x", "aliases", id="alias"),
        pytest.param("a: !!python/object:os.system x", "tags", id="object"),
        pytest.param("a: !!set {}", "tags", id="tagged mapping"),
        pytest.param("a: 1\nb: 2\na: 3", "'a' stands twice in one mapping at line 3", id="repeated name"),
        pytest.param("? [a]\n: b", "name of a field", id="list as a name"),
        pytest.param("a: 1\n---\nb: 2", "more than one document", id="two documents"),
        pytest.param("[" * 100_000, "nested more than", id="deep flow"),
        pytest.param("".join(" " * i + "a:\n" for i in range(500)), "nested more than", id="deep block"),
        pytest.param("a: 'b", "line 1", id="open quote"),
        pytest.param("a: b: c", "line 1, column 5", id="two colons"),
        pytest.param("a: \x01", "not valid YAML", id="control character"),
    ],
)
def test_what_a_library_file_has_no_use_for_is_refused_with_its_place(text: str, told: str):
    with pytest.raises(Invalid, match="not valid YAML") as refused:
        parse_yaml(text)
    assert told in refused.value.message


def test_aliases_cannot_grow_a_small_file_into_a_large_one():
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}]\n" for i in range(20))
    with pytest.raises(Invalid, match="aliases"):
        parse_yaml(bomb)
