"""The caller's JSON schema: read safely, filled from facts, checked."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material_example import entity, material

from setpiece.agents.generate_content.json_fill import Filler
from setpiece.agents.generate_content.json_meaning import Meaning
from setpiece.agents.generate_content.json_schema import problems, read_schema
from setpiece.agents.generate_content.piece import compose
from setpiece.agents.sequence.writer.instruct import Directives


def schema_of(properties: Any, **more: Any) -> Any:
    return {"type": "object", "properties": properties} | more


def filled(schema: Any, **wanted: Any) -> tuple[dict[str, Any], list[str]]:
    read = read_schema({"data": {"jsonSchema": schema}})
    assert read.schema is not None, read.problem
    found = material(**wanted)
    content = Filler(Meaning(found, compose(found, [], Directives()))).fill(read.schema)
    return content, problems(read.schema, content)


STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("painPoint", "The month-end close eats the first two weeks"),
        ("biggest_problem", "The month-end close eats the first two weeks"),
        ("key-concern", "Another tool that auditors question"),
        ("Goal", "Close the books before the board meets"),
        ("productName", "Example Ledger"),
        ("companyName", "Example Corp"),
        ("jobTitle", "Controller"),
        ("differentiator", "Every figure links to the bank line it came from"),
        ("statusQuo", "Finance teams copy figures between spreadsheets"),
        ("title", "Example Ledger for Example Corp"),
    ],
)
def test_a_field_gets_what_its_name_asks_for(name: str, value: str):
    content, broken = filled(schema_of({name: STRING}, required=[name]))
    assert content == {name: value}
    assert broken == []


def test_a_field_without_a_telling_name_is_read_by_its_description():
    content, _ = filled(schema_of({"line1": {"type": "string", "description": "Their main concern"}}))
    assert content == {"line1": "Another tool that auditors question"}


def test_a_value_that_was_told_under_the_same_name_comes_first():
    schema = schema_of(
        {
            "industry": STRING,
            "company_size": {"type": "integer"},
            "hiring": {"type": "boolean"},
            "stage": {"enum": ["SEED", "GROWTH"]},
        }
    )
    content, broken = filled(
        schema, context={"Industry": "Brewing", "companySize": "1,200", "hiring": "yes", "stage": "growth"}
    )
    assert content == {"industry": "Brewing", "company_size": 1200, "hiring": True, "stage": "GROWTH"}
    assert broken == []


def test_two_fields_of_one_kind_hold_two_facts_and_a_list_holds_each_once():
    content, _ = filled(schema_of({"pain1": STRING, "pains": {"type": "array", "items": STRING}}))
    assert content["pain1"] not in content["pains"]
    assert len(set(content["pains"])) == len(content["pains"]) > 0


def test_an_objection_stands_beside_its_own_answer():
    row = schema_of({"objection": STRING, "response": STRING})
    beside = tuple(
        entity(
            "objection",
            name,
            underlyingConcern=[f"Worry about {name}"],
            reframeAndResponse=[f"Answer on {name}"],
        )
        for name in ("cost", "time")
    )
    content, _ = filled(schema_of({"objections": {"type": "array", "items": row}}), beside=beside)
    assert content["objections"] == [
        {"objection": "Worry about cost", "response": "Answer on cost"},
        {"objection": "Worry about time", "response": "Answer on time"},
    ]


def test_what_nothing_grounds_is_null_or_left_out_and_a_missing_required_field_is_said():
    schema = schema_of(
        {
            "revenue": {"type": ["number", "null"]},
            "mood": {"anyOf": [STRING, {"type": "null"}]},
            "shoeSize": STRING,
            "score": {"type": "number"},
        },
        required=["score"],
    )
    content, broken = filled(schema)
    assert content == {"revenue": None, "mood": None, "score": None}
    assert broken == ["'score' has nothing to rest on"]


def test_bounds_of_the_schema_choose_among_the_facts():
    schema = schema_of(
        {"pain": {"type": "string", "maxLength": 35}, "pains": {"type": "array", "maxItems": 1}}
    )
    content, broken = filled(schema)
    assert content["pain"] == "Chasing receipts that nobody finds"
    assert len(content["pains"]) == 1
    assert broken == []


def test_references_within_the_schema_are_followed():
    schema = schema_of(
        {"contact": {"$ref": "#/$defs/who"}}, **{"$defs": {"who": schema_of({"jobTitle": STRING})}}
    )
    assert filled(schema)[0] == {"contact": {"jobTitle": "Controller"}}


@pytest.mark.parametrize(
    ("given_schema", "problem"),
    [
        ("Return JSON with a headline.", "not a JSON Schema"),
        ("[1]", "not a JSON Schema"),
        ('{"type": "object"}', "no 'properties'"),
        ('{"type": "banana", "properties": {"a": {}}}', "not a valid JSON Schema"),
        ('{"properties": {"a": {"$ref": "https://example.com/x"}}}', "only references within it"),
        ('{"properties": {"a": {"$ref": "#/$defs/x"}}}', "is not in it"),
        ('{"properties": {"a": {"$ref": "#"}}}', "only references within it"),
        (
            '{"$defs": {"x": {"$ref": "#/$defs/x"}}, "properties": {"a": {"$ref": "#/$defs/x"}}}',
            "leads back to itself",
        ),
        (json.dumps({"properties": {f"f{n}": {"type": "string"} for n in range(900)}}), "too large"),
        ("{" * 100_000, "not a JSON Schema"),
    ],
    ids=range(10),
)
def test_a_schema_that_cannot_be_used_is_answered_with_why(given_schema: str, problem: str):
    read = read_schema({"jsonSchemaInstructions": given_schema})
    assert read.schema is None
    assert problem in read.problem


def test_references_that_multiply_are_refused():
    levels = {f"l{n}": {"allOf": [{"$ref": f"#/$defs/l{n + 1}"}] * 2} for n in range(20)} | {"l20": STRING}
    read = read_schema(
        {"data": {"jsonSchema": schema_of({"a": {"$ref": "#/$defs/l0"}}, **{"$defs": levels})}}
    )
    assert "too large" in read.problem


def test_a_pattern_is_left_out_and_said():
    read = read_schema({"data": {"schema": schema_of({"pain": {"type": "string", "pattern": "(a+)+$"}})}})
    assert read.schema == schema_of({"pain": STRING})
    assert read.notes == ("Patterns in the JSON schema are not checked.",)


def test_a_field_may_be_called_like_a_keyword():
    content, _ = filled(
        schema_of(
            {
                "pattern": {"type": ["string", "null"]},
                "definitions": {"type": "string", "description": "a pain"},
            }
        )
    )
    assert content == {"pattern": None, "definitions": "The month-end close eats the first two weeks"}


FIELD = st.sampled_from(
    ["pain", "score", "companyName", "objection", "body", "x", "first name", "proofs", "$ref", "items"]
)
LEAF = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["string", "number", "integer", "boolean", "null", ["string", "null"], ["integer", "null"]]
        ),
        "enum": st.lists(
            st.one_of(st.text(max_size=4), st.integers(), st.none()), min_size=1, max_size=3, unique_by=repr
        ),
        "maxLength": st.integers(0, 60),
        "minLength": st.integers(0, 60),
        "description": st.text(max_size=20),
        "default": st.one_of(st.none(), st.text(max_size=3)),
    },
)
SCHEMA = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner},
            optional={"maxItems": st.integers(0, 30), "minItems": st.integers(0, 30)},
        ),
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(FIELD, inner, max_size=3)},
            optional={"required": st.lists(FIELD, max_size=2, unique=True)},
        ),
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=2)}),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(FIELD, SCHEMA, min_size=1, max_size=4))
def test_whatever_the_schema_the_answer_follows_it_or_says_where_not(properties: Any):
    read = read_schema({"data": {"jsonSchema": schema_of(properties)}})
    if read.schema is None:
        assert read.problem
        return
    found = material(context={"score": "7"})
    filler = Filler(Meaning(found, compose(found, [], Directives())))
    content = filler.fill(read.schema)
    assert isinstance(problems(read.schema, content), list)
    for one in filler.cited:
        assert one.fact
    json.dumps(content)
