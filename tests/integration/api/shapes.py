"""Compares an answer with a documented one, key by key."""

from collections.abc import Iterator
from typing import Any

NULLABLE = {"updatedAt", "archivedAt", "deletedAt", "internalName", "description", "primaryUrl"}
"""Keys whose documented value is a text, and which the contract also shows as null."""


def departures(documented: Any, ours: Any, where: str = "answer") -> Iterator[str]:
    """A line for each documented key that is missing or of another JSON type; more keys than documented are fine."""
    if documented is None:
        return
    if ours is None and where.rpartition(".")[2] in NULLABLE:
        return
    if json_type(documented) != json_type(ours):
        yield f"{where}: {json_type(ours)} instead of {json_type(documented)}"
    elif isinstance(documented, dict):
        for name, value in documented.items():
            if name in ours:
                yield from departures(value, ours[name], f"{where}.{name}")
            else:
                yield f"{where}.{name}: missing"
    elif isinstance(documented, list):
        for position, one in enumerate(ours):
            yield from departures(documented[0], one, f"{where}[{position}]")


def json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return {dict: "object", list: "array", str: "string", type(None): "null"}[type(value)]
