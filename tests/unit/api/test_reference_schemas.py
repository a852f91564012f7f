"""What the page says of a schema: its fields, its limits, and examples."""

import json
import shlex
from typing import Any

import pytest

from setpiece.api.reference.curl import command
from setpiece.api.reference.examples import UNKNOWN, Examples, nearest
from setpiece.api.reference.schemas import FieldRow, Schemas

COMPONENTS: dict[str, Any] = {
    "Person": {
        "type": "object",
        "properties": {
            "oId": {"type": "string", "example": "pe_1"},
            "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Person"}},
        },
        "required": ["oId"],
    },
    "Colour": {"type": "string", "enum": ["RED", "BLUE"]},
}
SCHEMAS = Schemas(COMPONENTS)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def fields(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def row_of(schema: dict[str, Any]) -> FieldRow:
    return next(SCHEMAS.rows(fields(it=schema)))


TYPES = {
    "plain": ({"type": "integer"}, "integer", False),
    "format": ({"type": "string", "format": "date-time"}, "date-time", False),
    "list of lists": (
        {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        "string[][]",
        False,
    ),
    "nullable": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string", True),
    "alternatives": (
        {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
        "string or integer",
        True,
    ),
    "map": ({"type": "object", "additionalProperties": {"type": "boolean"}}, "map to boolean", False),
    "reference": (ref("Colour"), "string", False),
    "anything": ({}, "any", False),
}


@pytest.mark.parametrize(("schema", "said", "nullable"), TYPES.values(), ids=TYPES)
def test_a_type_is_said_in_a_few_words(schema: dict[str, Any], said: str, nullable: bool):
    row = row_of(schema)
    assert (row.type, row.nullable) == (said, nullable)


LIMITS = {
    "length": ({"type": "string", "minLength": 1, "maxLength": 20000}, "1 to 20,000 characters"),
    "longest": ({"type": "string", "maxLength": 5}, "at most 5 characters"),
    "shortest": ({"type": "string", "minLength": 2}, "at least 2 characters"),
    "exactly": ({"type": "array", "items": {}, "minItems": 3, "maxItems": 3}, "exactly 3 items"),
    "range and default": ({"type": "integer", "minimum": 1, "maximum": 7, "default": 3}, "1 to 7, default 3"),
    "list and its items": (
        {"type": "array", "items": {"type": "string", "maxLength": 9}, "maxItems": 4},
        "at most 4 items, each at most 9 characters",
    ),
    "no default worth saying": ({"type": "string", "default": ""}, ""),
    "false": ({"type": "boolean", "default": False}, "default false"),
    "none": ({"type": "string"}, ""),
}


@pytest.mark.parametrize(("schema", "said"), LIMITS.values(), ids=LIMITS)
def test_limits_are_said_in_words(schema: dict[str, Any], said: str):
    assert row_of(schema).limits == said


def test_nested_fields_follow_the_field_that_holds_them():
    rows = SCHEMAS.rows(fields(team={"type": "array", "items": ref("Person")}))
    assert [(row.parent + row.name, row.required) for row in rows] == [
        ("team", False),
        ("team[].oId", True),
        ("team[].friends", False),
    ]


def test_a_component_described_elsewhere_is_linked_and_not_unfolded():
    (row,) = SCHEMAS.rows(fields(team={"type": "array", "items": ref("Person")}), frozenset({"Person"}))
    assert (row.type, row.record) == ("Person[]", "Person")


def test_the_fields_of_all_parts_of_a_schema_are_shown():
    rows = SCHEMAS.rows({"allOf": [fields(extra={"type": "string"}), ref("Person")]})
    assert [row.name for row in rows if not row.parent] == ["extra", "oId", "friends"]


def test_choices_replace_the_example():
    row = row_of({**COMPONENTS["Colour"], "example": "RED"})
    assert (row.choices, row.example) == (("RED", "BLUE"), None)


BUILT = {
    "its own example": ({"type": "string", "example": "x"}, "x"),
    "the first of several": ({"type": "string", "examples": ["x", "y"]}, "x"),
    "a choice": (ref("Colour"), "RED"),
    "a moment that has not come": (
        {"anyOf": [{"type": "string", "format": "date-time", "example": "2026"}, {"type": "null"}]},
        None,
    ),
    "a nullable text without example": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
    "a text without example": ({"type": "string"}, UNKNOWN),
    "a list of such texts": ({"type": "array", "items": {"type": "string"}}, []),
    "a list that may not be empty": (
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        [UNKNOWN],
    ),
    "an id known by another name": (
        fields(person=fields(oId={"type": "string"})),
        {"person": {"oId": "pe_2"}},
    ),
}


@pytest.mark.parametrize(("schema", "example"), BUILT.values(), ids=BUILT)
def test_an_answer_is_built_from_examples(schema: dict[str, Any], example: Any):
    assert Examples(SCHEMAS, {"personOId": "pe_2"}).answer(schema) == example


def test_a_component_that_holds_itself_comes_to_an_end():
    assert json.dumps(Examples(SCHEMAS, {}).answer(ref("Person"))).count("pe_1") > 1
    assert nearest(SCHEMAS, ref("Person")) == {"oId": "pe_1"}


def test_a_request_holds_what_is_required_and_what_has_an_example():
    schema = fields(a={"type": "string"}, b={"type": "string", "example": "x"}, c={"type": "string"})
    assert Examples(SCHEMAS, {"a": "known"}).request(schema | {"required": ["a"]}) == {"a": "known", "b": "x"}


def test_a_command_survives_the_shell():
    body = {"text": 'it\'s $HOME `date` "quoted"'}
    words = shlex.split(command("PUT", "/x y", {"q": '$(id)"&'}, body).replace("\\\n", " "))
    assert words[:4] == ["curl", "-X", "PUT", "$SETPIECE_URL/x%20y?q=%24%28id%29%22%26"]
    assert json.loads(words[-1]) == body
