"""The grounded writer: from a brief of facts to the emails of a sequence, each claim tied to its field.

Pure functions: no I/O, no clock, no randomness; the same brief gives the same draft. It enters at `write`, or at `plan`
for the choice of jobs and facts alone, and goes `detect` (the facts' language) -> `phrase` (facts made speakable: `clean`,
`shape`, `casing`, `person`) -> `plan` (one job for each email, its argument: `kinship`, `pool`) -> `realise` (frames of
`tongues`, `letter`) -> `check` and `grade` (the last gates). `render` prints a draft, `fill` fills a template made with
placeholders as the recipient's fields.
"""

from setpiece.agents.sequence.writer.fill import fill
from setpiece.agents.sequence.writer.kinship import Relatedness
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    Craft,
    Draft,
    DraftEmail,
    Fact,
    FactRole,
    Goal,
    Job,
    Length,
    Part,
    Recipient,
    Sections,
    Sender,
    SequenceType,
    Source,
    Step,
    Style,
    Tone,
)
from setpiece.agents.sequence.writer.planned import EmailPlan, PlannedFact, SequencePlan
from setpiece.agents.sequence.writer.render import RenderedEmail, render
from setpiece.agents.sequence.writer.write import plan, write

__all__ = [
    "Brief",
    "Claim",
    "Craft",
    "Draft",
    "DraftEmail",
    "EmailPlan",
    "Fact",
    "FactRole",
    "Goal",
    "Job",
    "Length",
    "Part",
    "PlannedFact",
    "Recipient",
    "Relatedness",
    "RenderedEmail",
    "Sections",
    "Sender",
    "SequencePlan",
    "SequenceType",
    "Source",
    "Step",
    "Style",
    "Tone",
    "fill",
    "plan",
    "render",
    "write",
]
