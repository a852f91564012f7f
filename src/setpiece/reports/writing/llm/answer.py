"""The shape of a model's answer, and the answer as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.providers.llm.port import Schema


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


_TEXT = {"type": "string"}
_STATEMENT = _object(title=_TEXT, text=_TEXT, points={"type": "array", "items": _TEXT})
SCHEMA: Schema = _object(
    sections={
        "type": "array",
        "items": _object(key=_TEXT, statements={"type": "array", "items": _STATEMENT}),
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of the model."""

    title: str
    text: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    key: str
    statements: tuple[Said, ...]


def read_answer(output: Mapping[str, Any]) -> tuple[Answered, ...]:
    """The answer as values; `output` has the shape of SCHEMA."""
    return tuple(
        Answered(
            one["key"],
            tuple(
                Said(said["title"].strip(), said["text"].strip(), tuple(dict.fromkeys(said["points"])))
                for said in one["statements"]
            ),
        )
        for one in output["sections"]
    )
