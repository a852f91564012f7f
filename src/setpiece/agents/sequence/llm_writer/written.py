"""The shape of a model's answer, and the answer as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from setpiece.providers.llm.port import Schema
from setpiece.providers.llm.shapes import TEXT, TEXTS, closed_object

Section = Literal["opening", "body", "closing", "cta", "ps"]
SECTIONS: tuple[Section, ...] = get_args(Section)


SCHEMA: Schema = closed_object(
    emails={
        "type": "array",
        "items": closed_object(
            step={"type": "integer"},
            subject=TEXT,
            subject_facts=TEXTS,
            sentences={
                "type": "array",
                "items": closed_object(
                    section={"type": "string", "enum": list(SECTIONS)}, text=TEXT, facts=TEXTS
                ),
            },
        ),
    }
)
"""Greeting and signature are not the model's: they are made from the request and the agent."""


@dataclass(frozen=True, slots=True)
class Sentence:
    section: Section
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenEmail:
    step: int
    subject: str
    subject_facts: tuple[str, ...]
    sentences: tuple[Sentence, ...]


def read_written(output: Mapping[str, Any]) -> tuple[WrittenEmail, ...]:
    """The answer as values; `output` has the shape of SCHEMA."""
    return tuple(
        WrittenEmail(
            email["step"],
            email["subject"].strip(),
            tuple(dict.fromkeys(email["subject_facts"])),
            tuple(
                Sentence(one["section"], one["text"].strip(), tuple(dict.fromkeys(one["facts"])))
                for one in email["sentences"]
            ),
        )
        for email in output["emails"]
    )
