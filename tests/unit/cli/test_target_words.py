from typing import Any

import pytest

from setpiece.cli.calls import target_of


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("dominant", {"strategy": "dominant"}),
        ("ent_0AbC", {"strategy": "entity_id", "entity_id": "ent_0AbC"}),
        ("1:02-1:40", {"strategy": "timerange", "timerange": {"start_seconds": 62, "end_seconds": 100}}),
        ("1:00:05 -", {"strategy": "timerange", "timerange": {"start_seconds": 3605}}),
        ("-0:30", {"strategy": "timerange", "timerange": {"end_seconds": 30}}),
        ("-", {"strategy": "magic_hint", "hint": "-"}),
        ("the buyer", {"strategy": "magic_hint", "hint": "the buyer"}),
    ],
)
def test_a_target_is_read_from_what_was_typed(words: str, target: dict[str, Any]):
    assert target_of(words) == target
