"""What this surface forgives: its clients fill every unset field with '', [], {} or null."""

from collections.abc import Callable, Mapping
from typing import Any

Keep = Callable[[Mapping[str, Any]], dict[str, Any]]


def given(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without the fields that hold null or ''."""
    return {name: value for name, value in content.items() if value is not None and value != ""}


def given_nonempty(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without empty lists and objects either: in an update they mean 'not given'."""
    return {name: value for name, value in given(content).items() if value not in ([], {})}


def entity(content: dict[str, Any]) -> dict[str, Any]:
    """A create body; fields under `data` count as if they stood at the top."""
    return _lifted(content, "data", given)


def entity_update(content: dict[str, Any]) -> dict[str, Any]:
    """An update body."""
    return _lifted(content, "data", given_nonempty)


def person(content: dict[str, Any]) -> dict[str, Any]:
    """A run body; some clients nest the person, or everything under `inputs`."""
    for wrapper in ("inputs", "person"):
        content = _lifted(content, wrapper, given)
    return given(content)


def _lifted(content: dict[str, Any], wrapper: str, keep: Keep) -> dict[str, Any]:
    inner = content.get(wrapper)
    if not isinstance(inner, dict):
        return keep(content)
    outer = {name: value for name, value in content.items() if name != wrapper}
    return {**keep(inner), **keep(outer)}
