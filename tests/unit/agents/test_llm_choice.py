"""Which language model an agent writes with."""

from typing import Any

import pytest

from setpiece.agents.llm_choice import choose_llm
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.scripted import ScriptedVendor, scripted_model

HERE = ConfiguredModel(scripted_model(ScriptedVendor({}), provider="openai", model="own"), ("further",))


def chosen(llm: Any, configured: ConfiguredModel | None = HERE) -> tuple[bool, str, bool]:
    found = choose_llm(configured, {"data": {"llm": llm}})
    return found.configured is not None, found.model, bool(found.note)


@pytest.mark.parametrize(
    "settings", [{}, {"data": None}, {"data": {}}, {"data": {"llm": None}}, {"data": []}], ids=str
)
def test_without_a_wish_the_installations_model_writes(settings: dict[str, Any]):
    found = choose_llm(HERE, settings)
    assert (found.configured, found.model, found.note) == (HERE, "own", "")


WISHES: dict[str, tuple[Any, tuple[bool, str, bool]]] = {
    "embedded": ({"provider": "embedded"}, (False, "", False)),
    "the same provider": ({"provider": "openai"}, (True, "own", False)),
    "another provider": ({"provider": "anthropic"}, (False, "", True)),
    "a model that is allowed": ({"model": "further"}, (True, "further", False)),
    "a model that is not": ({"model": "dear"}, (True, "own", True)),
    "something kept before it was read": ({"provider": 7}, (True, "own", False)),
    "a text kept before it was read": ("fast", (True, "own", False)),
}


@pytest.mark.parametrize(("llm", "expected"), WISHES.values(), ids=WISHES.keys())
def test_a_wish_is_met_or_said(llm: Any, expected: tuple[bool, str, bool]):
    assert chosen(llm) == expected


def test_where_there_is_no_model_a_wish_for_one_is_said():
    assert chosen({"model": "own"}, None) == (False, "", True)
    assert chosen({"provider": "embedded"}, None) == (False, "", False)
