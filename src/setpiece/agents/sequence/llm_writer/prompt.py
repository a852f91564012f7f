"""The prompt: rules from a versioned file, material as JSON."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from setpiece.agents.sequence.llm_writer.check import Problem
from setpiece.agents.sequence.llm_writer.outline import Citable, EmailOutline, Outline
from setpiece.agents.sequence.llm_writer.support import ABOUT_US
from setpiece.agents.sequence.writer.model import Brief
from setpiece.providers.llm.port import Message, Prompt

VERSION = "sequence_v1"
"""Kept with each run. A change of the file's meaning is a new file."""
_LONGEST_WISH = 2_000  # as the embedded writer reads of one


@cache
def rules() -> str:
    return files(__package__).joinpath("prompts", f"{VERSION}.md").read_text(encoding="utf-8")


def first_prompt(outline: Outline) -> Prompt:
    return Prompt(rules(), (Message("user", _material(outline)),))


def again(prompt: Prompt, answer: Mapping[str, Any], problems: Sequence[Problem]) -> Prompt:
    """The prompt after an answer that did not pass: the last answer and what is wrong with it, no older ones."""
    told = "\n".join(f"- {problem}" for problem in problems)
    correction = (
        "This was checked against the facts and may not be sent. Write the whole sequence again, by the same rules, without "
        f"these faults:\n{told}"
    )
    turns = (Message("assistant", json.dumps(answer, ensure_ascii=False)), Message("user", correction))
    return Prompt(prompt.system, (prompt.messages[0], *turns))


def _material(outline: Outline) -> str:
    brief = outline.brief
    content = {
        "offering": {"name": brief.offering_name, "kind": brief.offering_kind},
        "reader": _reader(brief),
        "tone": brief.style.tone.value,
        "sequenceType": brief.style.sequence_type.value,
        "wishes": {step: text[:_LONGEST_WISH] for step, text in brief.instructions.items()},
        "emails": [_email(email) for email in outline.emails],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _reader(brief: Brief) -> dict[str, str]:
    person = brief.recipient
    told = {"firstName": person.first_name, "jobTitle": person.job_title, "company": person.company_name}
    return {name: value for name, value in told.items() if value}


def _email(email: EmailOutline) -> dict[str, Any]:
    return {
        "step": email.step,
        "job": email.job,
        "goal": email.goal.value,
        "words": email.words,
        "facts": [_fact(fact) for fact in email.facts],
    }


def _fact(fact: Citable) -> dict[str, str]:
    about = "reader only" if fact.is_outside else "us" if fact.role in ABOUT_US else "reader"
    return {"id": fact.id, "place": fact.place, "role": fact.role.value, "about": about, "text": fact.said}
