"""The shape of a model's answer, and the answer as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.providers.llm.port import Schema
from setpiece.providers.llm.shapes import TEXT, TEXTS, closed_object

_STATEMENT = closed_object(title=TEXT, text=TEXT, points=TEXTS)
SCHEMA: Schema = closed_object(
    sections={
        "type": "array",
        "items": closed_object(key=TEXT, statements={"type": "array", "items": _STATEMENT}),
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
