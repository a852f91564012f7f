import pytest
from pydantic import ValidationError

from setpiece.kernel.field_problems import findings, sentence
from setpiece.reports.targets.schemas import TargetSelector


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "'strategy' is required"),
        ({"strategy": "loudest"}, "'strategy' must be one of"),
        ({"strategy": "dominant", "on_miss": "guess"}, "'on_miss' must be one of"),
        ({"strategy": "timerange"}, "must have 'timerange' when 'strategy' is 'timerange'"),
        ({"strategy": "timerange", "timerange": {}}, "must have 'start_seconds', 'end_seconds' or both"),
        (
            {"strategy": "timerange", "timerange": {"start_seconds": None, "end_seconds": None}},
            "must have 'start_seconds', 'end_seconds' or both",
        ),
        (
            {"strategy": "timerange", "timerange": {"start_seconds": 5, "end_seconds": 5}},
            "before 'end_seconds'",
        ),
        ({"strategy": "timerange", "timerange": {"end_seconds": 0}}, "before 'end_seconds'"),
        ({"strategy": "timerange", "timerange": {"start_seconds": -1}}, "must be 0.0 or more"),
        ({"strategy": "timerange", "timerange": {"start_seconds": "5"}}, "start_seconds"),
        ({"strategy": "magic_hint", "hint": "  "}, "must have a 'hint' that is not blank"),
        ({"strategy": "magic_hint", "hint": None}, "must have 'hint'"),
        ({"strategy": "magic_hint", "hint": "x" * 1025}, "must have at most 1024 characters"),
        ({"strategy": "entity_id", "entity_id": " "}, "must have a 'entity_id' that is not blank"),
        ({"strategy": "entity_id", "entity_id": "e" * 257}, "must have at most 256 characters"),
        ({"strategy": "speaker_index"}, "must have 'speaker_index'"),
        ({"strategy": "speaker_index", "speaker_index": -1}, "must be 0 or more"),
        ({"strategy": "speaker_index", "speaker_index": True}, "speaker_index"),
    ],
)
def test_a_selector_that_cannot_be_followed_is_refused_with_a_sentence(given, told):
    with pytest.raises(ValidationError) as refused:
        TargetSelector.model_validate(given)
    assert told in sentence(findings(refused.value)[0])


def test_null_fields_and_unknown_ones_are_legal():
    given = {
        "strategy": "timerange",
        "on_miss": None,
        "timerange": {"start_seconds": 15, "end_seconds": None},
        "entity_id": None,
        "hint": None,
        "extra": 1,
    }
    selector = TargetSelector.model_validate(given)
    assert selector.echo() == {
        "strategy": "timerange",
        "on_miss": "error",
        "timerange": {"start_seconds": 15.0},
    }
