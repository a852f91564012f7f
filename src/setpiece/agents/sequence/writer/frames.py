"""Sentences with a place for a fact, by what the fact is for and which shape it has.

`{f}` is the fact inside a sentence, `{F}` the same with a capital, `{g}` and `{G}` a deed in its -ing form. A frame that
starts with "1|" is for the first email only, "#|" for facts with a number, "~|" for a fact that is near to the sentence
before it, "=|" for one that also answers it because that sentence says how things are, "-|" for when nothing else is
left, "L" for long emails, "!|" for any tone but the formal one. Apart from `REUSABLE_FRAMES`, a frame is used once in a
sequence. Frames on the reader's side state a situation in general or as a condition, never as known of the reader's company. No frame
makes `{f}` the subject of a verb that would have to agree with it, and none claims a link that may not hold ("so",
"on top of that") between facts that merely stand together.
"""

from collections.abc import Mapping
from enum import StrEnum

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.frames_offer import OFFER_FRAMES
from setpiece.agents.sequence.writer.frames_proof import PROOF_FRAMES
from setpiece.agents.sequence.writer.frames_reader import READER_FRAMES
from setpiece.agents.sequence.writer.shape import Shape


class Use(StrEnum):
    """What a sentence does in an email."""

    PROBLEM = "problem"
    CONCERN = "concern"
    OBJECTIVE = "objective"
    RESPONSIBILITY = "responsibility"
    SEGMENT = "segment"
    TRIGGER = "trigger"
    CONTEXT = "context"
    STATUS_QUO = "status_quo"
    INSIGHT = "insight"
    OBJECTION = "objection"
    OFFER_FIRST = "offer_first"
    OFFER_MORE = "offer_more"
    SERVICE_FIRST = "service_first"
    SERVICE_MORE = "service_more"
    BENEFIT = "benefit"
    USE_CASE = "use_case"
    APPROACH = "approach"
    PROOF = "proof"
    REFERENCE = "reference"
    GAP = "gap"
    ANSWER = "answer"
    ATTACHED = "attached"


_ALL: Mapping[str, Mapping[Shape, tuple[str, ...]]] = READER_FRAMES | OFFER_FRAMES | PROOF_FRAMES
REUSABLE_FRAMES = frozenset(
    {
        "{F}.",
        "{offering} {f}.",
        "{entity} {f}.",
        "It {f}.",
        "It also {f}.",
        "{offering} is {f}.",
        "You can {f}.",
        "With {offering}, {f}.",
    }
)
"""Frames that add nothing of their own but a name, so that using them again is not heard."""


def frames_for(use: Use, shape: Shape) -> tuple[str, ...]:
    """The frames of a use for a shape; for a shape it has none for, those that hold any shape."""
    by_shape = _ALL[use.value]
    if shape is Shape.LACK:
        shape = shape if shape in by_shape else Shape.NOUN
    return by_shape.get(shape) or by_shape[Shape.FRAGMENT]


def fits(frame: str, text: str) -> bool:
    """Whether frame and fact read well together: no word twice, no comma before the frame's own verb."""
    said = {"nobody", "writing"}.intersection(frame.lower().split(" "))
    if said.intersection(text.lower().split(" ")):
        return False
    if "," in text and frame.startswith(("{F} ", "{G} ")):
        return False
    return not (frame.startswith("Too often, ") and _opens_aside(text))


def _opens_aside(text: str) -> bool:
    """Whether a clause starts with one of its own conditions, or with "there": no adverb fits before it."""
    return text.split(" ", 1)[0].lower() in lex.SUBORDINATORS | {"there", "nobody", "each", "every", "one"}
