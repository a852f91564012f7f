"""The prompt: rules from a versioned file, material as JSON."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from setpiece.providers.llm.port import Message, Prompt
from setpiece.reports.writing.llm.check import Problem

VERSION = "report_v1"
"""Kept with each report. A change of the file's meaning is a new file."""


@cache
def rules() -> str:
    return files(__package__).joinpath("prompts", f"{VERSION}.md").read_text(encoding="utf-8")


def first_prompt(material: Mapping[str, Any]) -> Prompt:
    told = json.dumps(material, ensure_ascii=False, separators=(",", ":"))
    return Prompt(rules(), (Message("user", told),))


def again(prompt: Prompt, answer: Mapping[str, Any], problems: Sequence[Problem]) -> Prompt:
    """The prompt after an answer that did not pass: the last answer and what is wrong with it, no older ones."""
    told = "\n".join(f"- {problem}" for problem in problems)
    correction = (
        "This was checked against the points and may not be printed. Write the whole report again, by the same rules, without "
        f"these faults:\n{told}"
    )
    turns = (Message("assistant", json.dumps(answer, ensure_ascii=False)), Message("user", correction))
    return Prompt(prompt.system, (prompt.messages[0], *turns))
