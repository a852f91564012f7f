"""The grounded writer: from a brief of facts to the emails of a sequence, each claim tied to its field.

Pure functions: no I/O, no clock, no randomness; the same brief gives the same draft. It enters at `write` and goes
`phrase` (facts made speakable: `clean`, `shape`, `casing`, `person`) -> `plan` (one job per email, its facts) ->
`realise` (frames, letter) -> `check` (the last gate). `render` prints a draft, `fill` fills a template made with
placeholders as the recipient's fields.
"""

from setpiece.agents.sequence.writer.fill import fill
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    Draft,
    DraftEmail,
    Fact,
    FactRole,
    Goal,
    Length,
    Recipient,
    Sections,
    Sender,
    SequenceType,
    Source,
    Style,
    Tone,
)
from setpiece.agents.sequence.writer.render import RenderedEmail, render
from setpiece.agents.sequence.writer.write import write

__all__ = [
    "Brief",
    "Claim",
    "Draft",
    "DraftEmail",
    "Fact",
    "FactRole",
    "Goal",
    "Length",
    "Recipient",
    "RenderedEmail",
    "Sections",
    "Sender",
    "SequenceType",
    "Source",
    "Style",
    "Tone",
    "fill",
    "render",
    "write",
]
