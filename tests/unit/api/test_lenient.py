"""What the surface forgives."""

from typing import Any

import pytest

from setpiece.api.gtm import lenient

EMPTY: dict[str, Any] = {"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": False, "g": " "}


def test_in_a_create_null_and_the_empty_text_are_not_given():
    assert lenient.given(EMPTY) == {"c": [], "d": {}, "e": 0, "f": False, "g": " "}


def test_in_an_update_empty_lists_and_objects_are_not_given_either():
    assert lenient.given_nonempty(EMPTY) == {"e": 0, "f": False, "g": " "}


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
