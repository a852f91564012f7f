"""What a prompt is made of, and a prompt. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from setpiece.programs.spec.model import Spec


@dataclass(frozen=True, slots=True)
class Change:
    """How one epoch became the next.

    Attributes:
        epoch: The one that began.
        by: `u_…`, `auto` or `judge:<model>`.
        why: Somebody's reason, or what was done: `edited`.
    """

    epoch: int
    at: datetime
    by: str
    why: str
    before: Spec
    after: Spec


@dataclass(frozen=True, slots=True)
class Subject:
    """A program as its agent is told of it.

    Attributes:
        run_id: The run that the agent works on, if it is one.
        evidence: Where the present epoch stands, in plain sentences; None when nobody has looked.
        changes: The last ones, the newest first.
    """

    id: str
    spec: Spec
    version: int
    epoch: int
    run_id: str | None = None
    evidence: str | None = None
    changes: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """Exactly what is sent.

    Attributes:
        version: Of the words around what is given: a change of their meaning is another version.
        hash: SHA-256 of the text, in hex.
    """

    version: str
    hash: str
    text: str
