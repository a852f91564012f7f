"""The prompt of one program: a pure function of what is known, so that the same program gives the same text."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from string import Template

from setpiece.programs.prompts import wording
from setpiece.programs.prompts.buddies import ROLES, reply_schema
from setpiece.programs.prompts.model import Prompt, Subject
from setpiece.programs.prompts.quoting import quoted

VERSION = "program_v1"


@cache
def _frame() -> Template:
    return Template(files(__package__).joinpath(f"{VERSION}.md").read_text(encoding="utf-8"))


def write_prompt(subject: Subject) -> Prompt:
    """The exact text for the program's buddy."""
    spec = subject.spec
    role = ROLES[spec.buddy_id]
    text = _frame().substitute(
        version=VERSION,
        buddy=spec.buddy_id,
        work=role.work,
        tools=role.tools,
        playbook=wording.about_playbook(subject),
        name=quoted(spec.name),
        hypothesis=quoted(spec.strategy.hypothesis),
        leads=wording.about_leads(spec.lead_source),
        channels=wording.about_channels(spec.strategy),
        success=wording.about_success(spec),
        adaptation=wording.about_adaptation(spec.adaptation, subject.evidence),
        history=wording.about_history(subject.changes),
        reply=json.dumps(reply_schema(spec.buddy_id), separators=(",", ":")),
    )
    return hashed(VERSION, text)


def hashed(version: str, text: str) -> Prompt:
    return Prompt(version, hashlib.sha256(text.encode()).hexdigest(), text)
