"""What the surface forgives."""

from typing import Any

import pytest

from setpiece.api.gtm import lenient

EMPTY: dict[str, Any] = {"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": False, "g": " "}


def test_null_and_whatever_is_empty_is_not_given():
    assert lenient.given(EMPTY) == {"e": 0, "f": False, "g": " "}


def test_what_holds_nothing_but_such_is_not_given_either():
    body = {"a": {"b": {"c": ""}}, "d": [None, "", [{}]], "e": [EMPTY, "x"], "f": {"g": [], "h": "y"}}
    assert lenient.given(body) == {"e": [{"e": 0, "f": False, "g": " "}, "x"], "f": {"h": "y"}}


def test_what_an_agent_keeps_in_data_stays_as_it_is():
    body = {"name": "N", "tone": "", "data": EMPTY}
    assert lenient.settings(body) == {"name": "N", "data": EMPTY}
    assert lenient.settings({"name": "N", "data": {}}) == {"name": "N"}


def test_fields_under_data_count_as_if_they_stood_at_the_top_and_the_top_wins():
    body = {
        "name": "N",
        "painPoints": ["top"],
        "data": {"painPoints": ["inner"], "keyConcerns": ["c"], "x": ""},
    }
    assert lenient.entity(body) == {"name": "N", "painPoints": ["top"], "keyConcerns": ["c"]}


@pytest.mark.parametrize("odd", ["text", 5, ["list"], True])
def test_data_that_is_no_object_is_left_for_the_check_to_name(odd: Any):
    assert lenient.entity({"name": "N", "data": odd}) == {"name": "N", "data": odd}


def test_a_person_may_be_nested_under_inputs_and_person():
    body = {"agentOId": "ca_1", "inputs": {"person": {"email": "a@b.example", "firstName": ""}, "lang": "en"}}
    assert lenient.person(body) == {"agentOId": "ca_1", "email": "a@b.example", "lang": "en"}
