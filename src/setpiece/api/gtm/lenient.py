"""What this surface forgives: its clients fill every unset field with '', [], {} or null, at any depth."""

from collections.abc import Mapping
from typing import Any

_NOT_GIVEN: tuple[Any, ...] = (None, "", [], {})


def given(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without what means 'not given': fields and entries that hold nothing, or nothing but such."""
    return {name: kept for name, value in content.items() if (kept := _kept(value)) not in _NOT_GIVEN}


def entity(content: dict[str, Any]) -> dict[str, Any]:
    """The body of a library record; fields under `data` count as if they stood at the top."""
    return _lifted(content, "data")


def person(content: dict[str, Any]) -> dict[str, Any]:
    """A run body; some clients nest the person, or everything under `inputs`."""
    return _lifted(_lifted(content, "inputs"), "person")


def settings(content: dict[str, Any]) -> dict[str, Any]:
    """An agent's body; what stands under `data` is the client's own and stays as it is."""
    return given(content) | ({"data": content["data"]} if content.get("data") else {})


def _lifted(content: dict[str, Any], wrapper: str) -> dict[str, Any]:
    inner = content.get(wrapper)
    if not isinstance(inner, dict):
        return given(content)
    outer = {name: value for name, value in content.items() if name != wrapper}
    return {**given(inner), **given(outer)}


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return given(value)
    if isinstance(value, list):
        return [kept for one in value if (kept := _kept(one)) not in _NOT_GIVEN]
    return value
